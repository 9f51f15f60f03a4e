"""Real programs that lay words, strokes and pictures over a filled form."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Dictionary
from PIL import Image

from tests.kit.additions import Change
from tests.kit.fillers.process import run
from tests.kit.places import PROGRAMS
from tests.whole.clients.libreoffice import PYTHON

_A4 = (595, 842)


@dataclass(frozen=True)
class Overlay:
    """One program, and what lays a file of stamps over a form."""

    name: str
    command: tuple[str, ...]

    @property
    def missing(self) -> str:
        """Say why it cannot run here; empty when it can."""
        return "" if shutil.which(self.command[0]) else f"{self.command[0]} not installed"


BELOW = (
    Overlay("pdftk multibackground", ("pdftk", "form", "multibackground", "over", "output", "out")),
    Overlay("qpdf underlay", ("qpdf", "form", "--underlay", "over", "--", "out")),
)
OVERLAYS = (
    Overlay("pdftk multistamp", ("pdftk", "form", "multistamp", "over", "output", "out")),
    Overlay("qpdf overlay", ("qpdf", "form", "--overlay", "over", "--", "out")),
    *BELOW,
)
STAMP = Overlay("pdftk stamp", ("pdftk", "form", "stamp", "over", "output", "out"))
GHOSTSCRIPT = Overlay(
    "Ghostscript",
    ("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", "-o", "out", "over", "form"),
)


def stamps(pages: int, *changes: Change) -> bytes:
    """Return a file of pages that are empty but for some changes."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=_A4)
            pdf.pages[-1].obj.Resources = Dictionary()
        for change in changes:
            change(pdf)
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


def end_of_page(page: int, drawn: str) -> bytes:
    """Return PostScript that draws at the end of one page, from 1."""
    is_it = f"{page - 1} eq"
    return (
        f"<< /EndPage {{ 2 ne {{ {is_it} {{ gsave {drawn} grestore }} if true }}"
        " { pop false } ifelse } >> setpagedevice\n"
    ).encode()


def laid_over(form: bytes, over: bytes, overlay: Overlay) -> bytes:
    """Return a form with a file of stamps laid over its pages."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: str(Path(folder, name)) for name in ("form", "over", "out")}
        Path(paths["form"]).write_bytes(form)
        Path(paths["over"]).write_bytes(over)
        run([paths.get(part, part) for part in overlay.command])
        return Path(paths["out"]).read_bytes()


def by_libreoffice(form: bytes, kind: str, saved_as: str) -> Mapping[str, bytes]:
    """Return a filled form with each thing that a person adds in LibreOffice, by its name."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"form.{kind}")
        source.write_bytes(form)
        Image.new("RGB", (60, 30), "red").save(Path(folder, "picture.png"))
        script, profile = str(PROGRAMS / "libreoffice_add.py"), f"{folder}/profile"
        run([PYTHON, script, str(source), saved_as, folder, profile])
        made = (path for path in Path(folder).glob(f"*.{saved_as}") if path != source)
        return {path.stem: path.read_bytes() for path in made}
