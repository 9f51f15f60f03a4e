"""The answer cells of a table: where each place stands, and what is filled in."""

from __future__ import annotations

from openpyxl.utils import get_column_letter

from intake.formats.excel.write import look
from intake.formats.excel.write.lines import Line
from intake.formats.excel.write.table.sheet import TableSheet
from intake.model.address import Place


def draw_answers(on: TableSheet, row: int, line: Line) -> None:
    """Write the answer cells of one line; the cells of its places are kept in the book."""
    if not line.places:
        is_one = on.is_group or on.book.definition.sheet is not None
        several = "" if is_one else on.book.words.text("excel.several")
        for column in range(on.first, on.last + 1):
            on.put(row, column, several, look.BLANK)
        return
    for column, place in enumerate(line.places, start=on.first):
        style = look.ANSWER if line.option is None else look.TICK
        text = _prefilled(on, place)
        if line.printed:
            style, text = look.PRINTED, line.printed[column - on.first]
        on.put(row, column, text, style)
        cell = f"${get_column_letter(column)}${row}"
        on.book.cells[place.address] = (on.sheet.title, cell)


def _prefilled(on: TableSheet, place: Place) -> str:
    value = on.book.prefill.get(place.address, "")
    if place.option is not None:
        return on.book.words.text("excel.yes") if value else ""
    option = place.item.option(value) if place.item.is_choice else None
    return on.book.words.local(option.title) if option else value
