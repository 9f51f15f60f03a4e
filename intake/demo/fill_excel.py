"""Fill an Excel form as a person at a spreadsheet does: text or a list's label in each cell.

openpyxl rewrites the workbook, as scripts and hospital exports do; it knows nothing of our
reader. Used by the demonstration; never on returned files.
"""

from __future__ import annotations

import io
from collections.abc import Mapping

from openpyxl import load_workbook


def fill_by_hand(blank: bytes, answers: Mapping[str, str]) -> bytes:
    """Return the form with answers typed in, by address: a text, or the label of a list.

    Raises ValueError for an address that the form does not have.
    """
    book = load_workbook(io.BytesIO(blank))
    for address, text in answers.items():
        if address not in book.defined_names:
            raise ValueError(f"nothing could be entered in {address}")
        sheet, cell = next(iter(book.defined_names[address].destinations))
        target = book[sheet][cell.replace("$", "")]
        target.value = text
        target.data_type = "s"  # typed into a cell formatted as text
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
