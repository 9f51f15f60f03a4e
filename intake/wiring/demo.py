"""The demonstration: a new workspace, fictional returns filled by PDFium, one run.

The returns are data shipped beside the schemas; nothing here knows what they ask.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf

from intake.channels.files import write_atomically
from intake.formats.pdf.by_hand import fill_by_hand
from intake.model.errors import StudyError
from intake.model.submission import FileFormat
from intake.study.new_workspace import shipped_folder
from intake.study.workspace import CENTRES_EXAMPLE, CENTRES_FILE
from intake.wiring.app import App
from intake.wiring.forms import build_forms, kept_folder, order_forms
from intake.wiring.setup import set_up_workspace

_FIRST_SECOND = 1_790_000_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the demonstration made before the run: blank forms and returned files."""

    app: App
    forms: tuple[Path, ...]
    returns: tuple[str, ...]


def prepare(folder: Path, progress: Callable[[str], None]) -> Prepared:
    """Make a workspace with blank forms and an inbox of returns. Raises StudyError.

    The folder must be new or empty.
    """
    if folder.exists() and any(folder.iterdir()):
        raise StudyError(f"{folder}: is not empty. Give the name of a new or empty folder.")
    set_up_workspace(folder)
    write_atomically(folder / CENTRES_FILE, (folder / CENTRES_EXAMPLE).read_bytes())
    app = App.open(folder)
    forms = _write_forms(app)
    returns = _returns()
    blank = cache(lambda language, centre: _blank(app, language, centre))
    made: dict[str, bytes] = {}
    for number, entry in enumerate(returns):
        name = str(entry["file"])
        made[name] = _returned(entry, blank, made)
        path = app.places.inbox / name
        write_atomically(path, made[name])
        os.utime(path, (_FIRST_SECOND + number, _FIRST_SECOND + number))
        progress(name)
    return Prepared(app, forms, tuple(made))


def _write_forms(app: App) -> tuple[Path, ...]:
    order = order_forms(app, version=None, language=None, centre=None)
    folder = kept_folder(app, order.definition)
    paths = []
    for name, content in build_forms(order, None):
        write_atomically(folder / name, content)
        paths.append(folder / name)
    return tuple(paths)


def _blank(app: App, language: str, centre: str | None) -> bytes:
    order = order_forms(app, version=None, language=language, centre=centre)
    return next(content for _, content in build_forms(order, FileFormat.PDF.value))


def _returned(
    entry: Mapping[str, Any], blank: Callable[[str, str | None], bytes], made: Mapping[str, bytes]
) -> bytes:
    """Return the bytes of one file as a centre would send it."""
    if entry.get("foreign"):
        return _other_document()
    if "same_as" in entry:
        return made[entry["same_as"]]
    form = blank(entry["language"], entry.get("centre"))
    if "answers" not in entry:
        return form
    content = fill_by_hand(form, _demo_json(entry["answers"]))
    return content[: int(len(content) * entry.get("keep", 1))]


def _other_document() -> bytes:
    """Return a PDF that has nothing to do with the study."""
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def _returns() -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = _demo_json("returns.json")["returns"]
    return found


def _demo_json(name: str) -> dict[str, Any]:
    path = shipped_folder() / "demo" / name
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
