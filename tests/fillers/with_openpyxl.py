"""Fill an Excel form with openpyxl, as scripts and hospital exports do: a full rewrite.

Answers are what a person types or chooses: texts, labels of lists, by address.
"""

from __future__ import annotations

import io
from collections.abc import Mapping

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

NAME = "openpyxl"


def missing() -> str | None:
    return None


def fill(blank: bytes, answers: Mapping[str, str]) -> bytes:
    book = load_workbook(io.BytesIO(blank))
    for address, text in answers.items():
        cell = named_cell(book, address)
        cell.value = text
        cell.data_type = "s"  # typed into a cell formatted as text
    return saved(book)


def named_cell(book: Workbook, address: str) -> Cell:
    """Return the cell that has a name."""
    sheet, cell = next(iter(book.defined_names[address].destinations))
    return book[sheet][cell.replace("$", "")]


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
