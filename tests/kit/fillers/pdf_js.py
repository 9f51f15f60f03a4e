"""Fill with pdf.js, the viewer of Firefox: an appended save."""

from __future__ import annotations

import shutil
from collections.abc import Mapping

from tests.kit.fillers.process import fill_with
from tests.kit.places import PROGRAMS

NAME = "pdf.js"


def missing() -> str | None:
    if shutil.which("node") is None:
        return "node is not installed"
    if not (PROGRAMS / "node_modules" / "pdfjs-dist").is_dir():
        return "pdfjs-dist is not installed: run `npm ci` in tests/kit/programs"
    return None


def fill(blank: bytes, answers: Mapping[str, str]) -> bytes:
    return fill_with(["node", str(PROGRAMS / "fill.mjs")], blank, answers)
