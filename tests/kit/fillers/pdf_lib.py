"""Fill with pdf-lib, as web portals do: a full rewrite, labels where others store codes."""

from __future__ import annotations

import shutil
from collections.abc import Mapping

from tests.kit.fillers.kinds import labels
from tests.kit.fillers.process import fill_with
from tests.kit.places import PROGRAMS

NAME = "pdf-lib"


def missing() -> str | None:
    if shutil.which("node") is None:
        return "node is not installed"
    if not (PROGRAMS / "node_modules" / "pdf-lib").is_dir():
        return "pdf-lib is not installed: run `npm ci` in tests/kit/programs"
    return None


def fill(blank: bytes, answers: Mapping[str, str]) -> bytes:
    return fill_with(["node", str(PROGRAMS / "fill_pdf_lib.mjs")], blank, as_stored(blank, answers))


def as_stored(blank: bytes, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers as this program stores them: a label for the code of a list."""
    lists = labels(blank)
    return {name: lists.get(name, {}).get(text, text) for name, text in answers.items()}
