"""Fill and change Excel forms with openpyxl, as scripts and hospital exports do."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.cell import Cell

from intake.demo.fill_excel import fill_by_hand as fill

__all__ = ["NAME", "fill", "missing", "named_cell", "saved"]

NAME = "openpyxl"


def missing() -> str | None:
    return None


def named_cell(book: Workbook, address: str) -> Cell:
    """Return the cell that has a name."""
    sheet, cell = next(iter(book.defined_names[address].destinations))
    return book[sheet][cell.replace("$", "")]


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
