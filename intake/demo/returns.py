"""The demonstration: a new workspace, fictional returns in three formats, one run.

PDF forms are filled by PDFium, Word and Excel forms by edits of the file that LibreOffice,
where it is installed, opens and saves again.

The returns are data shipped beside the schemas; nothing here knows what they ask.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import pikepdf

from intake.channels.files import write_atomically
from intake.demo import fill_excel, fill_pdf, fill_word
from intake.execution.libreoffice import is_installed, saved_again
from intake.model.address import places
from intake.model.definition import FormDefinition
from intake.model.errors import StudyError
from intake.model.submission import FileFormat
from intake.pipeline.forms.generate import form_name
from intake.wiring.app import App
from intake.wiring.forms import build_forms, chosen_writers, kept_folder, order_forms, publish
from intake.wiring.setup import set_up_workspace
from intake.wiring.study.settings import change_settings
from intake.workspace.new import shipped_folder
from intake.workspace.places import CENTRES_FILE

Blank = Callable[[str, str | None, FileFormat], bytes]
"""The blank form of a language, centre and format; each is built once."""
HANDS: Mapping[FileFormat, Callable[[bytes, Mapping[str, str]], bytes]] = {
    FileFormat.PDF: fill_pdf.fill_by_hand,
    FileFormat.WORD: fill_word.fill_by_hand,
    FileFormat.EXCEL: fill_excel.fill_by_hand,
}
"""What fills a blank form of each format as a person does: answers by address to bytes."""
_FIRST_SECOND = 1_790_000_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the demonstration made before the run: blank forms and returned files."""

    app: App
    forms: tuple[Path, ...]
    returns: tuple[str, ...]


def prepare(folder: Path) -> Prepared:
    """Make a workspace with blank forms and an inbox of returns. Raises StudyError.

    The folder must be new or empty.
    """
    if folder.exists() and any(folder.iterdir()):
        raise StudyError(f"{folder}: is not empty. Give the name of a new or empty folder.")
    set_up_workspace(folder)
    fill_in(folder)
    app = App.open(folder)
    blank: Blank = cache(partial(_blank, app))
    forms = _write_forms(app, blank)
    made = _made(app, _returns(), blank)
    for number, (name, content) in enumerate(made.items()):
        path = app.places.inbox / name
        write_atomically(path, content)
        os.utime(path, (_FIRST_SECOND + number, _FIRST_SECOND + number))
    return Prepared(app, forms, tuple(made))


def fill_in(folder: Path) -> None:
    """Write fictional centres and a fictional service where a new workspace has placeholders."""
    centres = (shipped_folder() / "demo" / CENTRES_FILE).read_bytes()
    write_atomically(folder / CENTRES_FILE, centres)
    change_settings(folder, _demo_json("study.json"))


def _write_forms(app: App, blank: Blank) -> tuple[Path, ...]:
    """Write the blank forms in every language and format."""
    folder, built = kept_folder(app, app.definition), {}
    for language in app.definition.languages:
        order = order_forms(app, version=None, language=language, centre=None)
        for file_format, writer in chosen_writers(None).items():
            name = form_name(order, language, writer.extension)
            built[name] = blank(language, None, file_format)
            write_atomically(folder / name, built[name])
    publish(app, app.definition, built)
    return tuple(folder / name for name in built)


def _blank(app: App, language: str, centre: str | None, file_format: FileFormat) -> bytes:
    order = order_forms(app, version=None, language=language, centre=centre)
    return next(content for _, content in build_forms(order, file_format.value))


def _made(app: App, returns: list[Mapping[str, Any]], blank: Blank) -> dict[str, bytes]:
    """Return the files of the demonstration by name, as centres would send them."""

    def filled(*, in_office: bool) -> dict[str, bytes]:
        own = (e for e in returns if (e.get("format", "pdf") != "pdf") is in_office)
        return {str(entry["file"]): _filled(app.definition, entry, blank) for entry in own}

    with ThreadPoolExecutor() as threads:
        edited = filled(in_office=True)
        saving = _saved_by_office(threads, edited)
        files = filled(in_office=False) | edited
        for saved in saving:
            files |= saved.result()
    return {str(entry["file"]): _sent(entry, files) for entry in returns}


def _filled(definition: FormDefinition, entry: Mapping[str, Any], blank: Blank) -> bytes:
    """Return one form filled by hand; nothing yet for a copy of another file."""
    if entry.get("foreign"):
        return _other_document()
    if "same_as" in entry:
        return b""
    file_format = FileFormat(entry.get("format", "pdf"))
    form = blank(entry["language"], entry.get("centre"), file_format)
    if "answers" not in entry:
        return form
    answers = _demo_json(entry["answers"])
    if file_format is FileFormat.EXCEL:
        answers = _as_chosen(definition, answers, entry["language"])
    return HANDS[file_format](form, answers)


def _as_chosen(
    definition: FormDefinition, answers: Mapping[str, str], language: str
) -> dict[str, str]:
    """Return answers as they stand in a workbook: the labels of lists, ``x`` for a tick."""
    chosen = dict(answers)
    for place in places(definition):
        written = answers.get(place.address)
        if written is None or not place.item.is_choice:
            continue
        option = place.item.option(written)
        chosen[place.address] = option.title[language] if option else "x"
    return chosen


def _saved_by_office(
    threads: ThreadPoolExecutor, files: Mapping[str, bytes]
) -> list[Future[dict[str, bytes]]]:
    """Have LibreOffice, where it is installed, save Word and Excel files while others are made."""
    kinds = ("docx", "xlsx") if is_installed() else ()
    own = {kind: {n: f for n, f in files.items() if n.endswith(f".{kind}")} for kind in kinds}
    return [threads.submit(saved_again, own[kind], kind) for kind in kinds]


def _sent(entry: Mapping[str, Any], made: Mapping[str, bytes]) -> bytes:
    content = made[entry.get("same_as", entry["file"])]
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
