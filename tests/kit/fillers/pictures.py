"""How programs draw the pages of a form: one picture a page, in grey."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image

from tests.kit.fillers import pdf_js
from tests.kit.fillers.process import run
from tests.kit.places import PROGRAMS

SCALE = 2
"""Dots a point."""
_RESOLUTION = str(72 * SCALE)


@dataclass(frozen=True)
class Drawer:
    """One program that draws pages."""

    name: str
    draw: Callable[[bytes], Sequence[Image.Image]]
    missing: Callable[[], str | None] = lambda: None


def by_pdfium(content: bytes) -> list[Image.Image]:
    """Draw as Chrome and Edge do."""
    with pypdfium2.PdfDocument(content) as document:
        document.init_forms()
        pages = [document[number] for number in range(len(document))]
        drawn = [page.render(scale=SCALE, may_draw_forms=True).to_pil() for page in pages]
        for page in pages:
            page.close()
        return [picture.convert("L") for picture in drawn]


def _by(*command: str) -> Callable[[bytes], list[Image.Image]]:
    """Return what draws with a program; ``{in}`` and ``{out}`` are the file and the pictures."""

    def draw(content: bytes) -> list[Image.Image]:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "in.pdf")
            source.write_bytes(content)
            names = {"{in}": str(source), "{out}": folder}
            run([_named(part, names) for part in command])
            made = sorted(Path(folder).glob("*.p[gn][mg]"), key=_number)
            return [Image.open(path).convert("L") for path in made]

    return draw


def _named(part: str, names: dict[str, str]) -> str:
    for name, path in names.items():
        part = part.replace(name, path)
    return part


def _number(path: Path) -> int:
    return int("".join(filter(str.isdecimal, path.stem)))


def _needs(program: str) -> Callable[[], str | None]:
    return lambda: None if shutil.which(program) else f"{program} is not installed"


DRAWERS = (
    Drawer("PDFium", by_pdfium),
    Drawer(
        "poppler",
        _by("pdftoppm", "-r", _RESOLUTION, "-gray", "{in}", "{out}/p"),
        _needs("pdftoppm"),
    ),
    Drawer(
        "pdf.js",
        _by("node", str(PROGRAMS / "draw.mjs"), "{in}", "{out}", str(SCALE)),
        pdf_js.missing,
    ),
    Drawer(
        "Ghostscript",
        _by("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pnggray", "-dGraphicsAlphaBits=4",
            f"-r{_RESOLUTION}", "-o", "{out}/%d.png", "{in}"),
        _needs("gs"),
    ),
    Drawer(
        "MuPDF",
        _by("mutool", "draw", "-q", "-r", _RESOLUTION, "-c", "gray", "-o", "{out}/%d.png", "{in}"),
        _needs("mutool"),
    ),
)  # fmt: skip
