"""Fill with PDFium as Chrome and Edge do: clicks on buttons, text typed into the focus."""

from __future__ import annotations

from intake.demo.fill_pdf import fill_by_hand as fill

__all__ = ["BORROWED", "NAME", "fill", "missing"]

NAME = "pdfium"
BORROWED = "–’…«»"
"""Drawn in a font of the system, if it has a Chinese one: right to see, not to read back."""


def missing() -> str | None:
    return None
