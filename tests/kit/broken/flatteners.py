"""Programs that print or flatten a filled form: answers drawn on the pages, no fields left."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as c

from tests.kit import places
from tests.kit.fillers.process import run

JAVA = places.PROGRAMS / "PdfBoxFlatten.java"
JARS = "/usr/share/java"


@dataclass(frozen=True)
class Flattener:
    """One way to lose the fields of a form: its name, what it needs, what it does."""

    name: str
    flatten: Callable[[bytes], bytes]
    needs: tuple[str, ...] = ()

    @property
    def missing(self) -> str:
        lost = [need for need in self.needs if not (shutil.which(need) or Path(need).exists())]
        return f"{', '.join(lost)} not installed" if lost else ""


def by_qpdf_library(content: bytes) -> bytes:
    """Draw every field anew and flatten, without a program."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("all")
        if "/AcroForm" in pdf.Root:
            del pdf.Root.AcroForm
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


def by_pdfium(content: bytes) -> bytes:
    """Flatten as the print dialogue of Chrome and Edge does."""
    target = io.BytesIO()
    with pypdfium2.PdfDocument(content) as document:
        for number in range(len(document)):
            page = document[number]
            c.FPDFPage_Flatten(page.raw, c.FLAT_PRINT)
            page.close()
        document.save(target)
    return target.getvalue()


def _by(*command: str) -> Callable[[bytes], bytes]:
    """Return a flattener that is a command with ``{in}`` and ``{out}`` in it."""

    def flatten(content: bytes) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder, "in.pdf"), Path(folder, "out", "in.pdf")
            source.write_bytes(content)
            target.parent.mkdir()
            words = {"{in}": str(source), "{out}": str(target), "{to}": str(target.parent)}
            run([_filled(part, {**words, "{folder}": folder}) for part in command])
            return target.read_bytes()

    return flatten


def _filled(part: str, words: dict[str, str]) -> str:
    for sign, text in words.items():
        part = part.replace(sign, text)
    return part


PDFBOX = (f"{JARS}/pdfbox2.jar", f"{JARS}/fontbox2.jar", f"{JARS}/commons-logging.jar")
DRAW = "/usr/lib/libreoffice/program/libsdlo.so"
"""The part of LibreOffice that opens PDF files."""
IN_PROCESS = (Flattener("qpdf library", by_qpdf_library), Flattener("PDFium", by_pdfium))
PROGRAMS: Sequence[Flattener] = (
    Flattener("pdftk", _by("pdftk", "{in}", "output", "{out}", "flatten"), ("pdftk",)),
    Flattener("qpdf", _by("qpdf", "--flatten-annotations=all", "{in}", "{out}"), ("qpdf",)),
    Flattener(
        "Ghostscript",
        _by("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", "-o", "{out}", "{in}"),
        ("gs",),
    ),
    Flattener("pdftocairo", _by("pdftocairo", "-pdf", "{in}", "{out}"), ("pdftocairo",)),
    Flattener(
        "printed on Letter",
        _by("pdftocairo", "-pdf", "-paper", "letter", "-expand", "{in}", "{out}"),
        ("pdftocairo",),
    ),
    Flattener(
        "LibreOffice Draw",
        _by(
            "soffice", "-env:UserInstallation=file://{folder}/profile", "--headless",
            "--infilter=draw_pdf_import", "--convert-to", "pdf:draw_pdf_Export",
            "--outdir", "{to}", "{in}",
        ),
        ("soffice", DRAW),
    ),
    Flattener(
        "PDFBox", _by("java", "-cp", ":".join(PDFBOX), str(JAVA), "{in}", "{out}"),
        ("java", *PDFBOX),
    ),
)  # fmt: skip
