"""Change a filled form the way programs, mail gateways and attackers do."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pikepdf
from pikepdf import Name, String

from tests.broken.small import saved


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
        return
    kids = list(entry.get("/Kids", [entry]))
    state = "/Off" if not text else f"/{text}" if "/Kids" in entry else "/Yes"
    entry.V = Name(state)
    for kid in kids:
        kid.AS = Name(state if state in kid.AP.N else "/Off")
