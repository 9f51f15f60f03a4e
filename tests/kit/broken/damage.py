"""Change a filled form the way programs, mail gateways and attackers do."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping

import pikepdf
from pikepdf import Name, String

from tests.kit.broken.small import saved


def opened(content: bytes) -> pikepdf.Pdf:
    """Return an open, changeable file."""
    return pikepdf.open(io.BytesIO(content))


def field(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    """Return a field of a flat form by name."""
    return next(f for f in pdf.Root.AcroForm.Fields if str(f.get("/T", "")) == name)


def filled(content: bytes, answers: Mapping[str, str]) -> bytes:
    """Return a form holding some answers, written straight into its fields."""
    with opened(content) as pdf:
        for entry in pdf.Root.AcroForm.Fields:
            text = answers.get(str(entry.T))
            if text is not None:
                _write(entry, text)
        return saved(pdf)


def _write(entry: pikepdf.Object, text: str) -> None:
    if entry.get("/FT") != "/Btn":
        entry.V = String(text)
        if entry.get("/FT") == "/Ch" and "/AP" in entry:
            del entry.AP  # to be drawn by whoever shows it
        return
    kids = list(entry.get("/Kids", [entry]))
    state = "/Off" if not text else f"/{text}" if "/Kids" in entry else "/Yes"
    entry.V = Name(state)
    for kid in kids:
        kid.AS = Name(state if state in kid.AP.N else "/Off")


def changed(content: bytes, change: Callable[[pikepdf.Pdf], None], **options: object) -> bytes:
    """Return a file after a change made to its open form."""
    with opened(content) as pdf:
        change(pdf)
        return saved(pdf, **options)


def appended(content: bytes, name: str, text: str) -> bytes:
    """Return the file with one value saved behind it, as pdf.js and poppler save."""
    with opened(content) as pdf:
        entry = field(pdf, name)
        number = entry.objgen[0]
        entry.V = String(text)
        body = b"%d 0 obj\n%s\nendobj\n" % (number, entry.unparse(resolved=True))
        size, root = int(pdf.trailer.Size), pdf.Root.objgen[0]
    start = re.findall(rb"startxref\s+(\d+)", content)[-1]
    table = len(content) + 1 + len(body)
    return b"".join(
        (
            content,
            b"\n" + body,
            b"xref\n%d 1\n%010d 00000 n \n" % (number, len(content) + 1),
            b"trailer\n<</Size %d /Root %d 0 R /Prev %s>>\n" % (size, root, start),
            b"startxref\n%d\n%%%%EOF\n" % table,
        )
    )
