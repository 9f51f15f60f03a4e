"""Two returned forms joined into one file, as people do before they send them."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import pypdf

from tests.kit.fillers.process import run

Merge = Callable[[bytes, bytes], bytes]


def by_pypdf(first: bytes, second: bytes) -> bytes:
    """Join with pypdf: the second form's fields fall together with the first one's."""
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(first))
    writer.append(io.BytesIO(second))
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def by_qpdf(first: bytes, second: bytes) -> bytes:
    """Join with qpdf: the second form's fields are called ``name+1``."""
    return _joined(first, second, ["qpdf", "--empty", "--pages", "{a}", "{b}", "--", "{out}"])


def by_pdftk(first: bytes, second: bytes) -> bytes:
    """Join with pdftk: the second form's fields are called ``1.name``."""
    return _joined(first, second, ["pdftk", "{a}", "{b}", "cat", "output", "{out}"])


def by_poppler(first: bytes, second: bytes) -> bytes:
    """Join with pdfunite, which leaves holes in the field tree."""
    return _joined(first, second, ["pdfunite", "{a}", "{b}", "{out}"])


def _joined(first: bytes, second: bytes, command: list[str]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        names = {key: str(Path(folder, f"{key}.pdf")) for key in ("a", "b", "out")}
        Path(names["a"]).write_bytes(first)
        Path(names["b"]).write_bytes(second)
        run([part.format(**names) for part in command])
        return Path(names["out"]).read_bytes()
