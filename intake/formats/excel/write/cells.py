"""Put a value into a cell as what it is: a text never becomes a formula."""

from __future__ import annotations

from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText

from intake.words.spelling import normal_text


def put(cell: Cell, value: object, style: str) -> None:
    """Write a value in a named style; an empty text leaves the cell empty."""
    if isinstance(value, CellRichText | int):
        cell.value = value
    elif isinstance(value, str) and value:
        cell.value = normal_text(value)
        cell.data_type = "s"  # a text that begins with = is no formula
    cell.style = style
