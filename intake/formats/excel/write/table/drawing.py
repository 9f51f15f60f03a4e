"""Draw the questions of a table on its sheet: words, answer cells, lists, colours."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from intake.formats.excel.write.entry import Entries
from intake.formats.excel.write.lines import Table
from intake.formats.excel.write.table.answers import draw_answers
from intake.formats.excel.write.table.colours import draw_colours
from intake.formats.excel.write.table.sheet import HEAD_ROW, Book, TableSheet
from intake.formats.excel.write.table.words import draw_head, draw_words


def draw_table(book: Book, table: Table, sheet: Worksheet) -> None:
    """Write a table on its sheet; the cells of its places are kept in the book."""
    on = TableSheet(book, table, sheet)
    entries = Entries(book.words, book.lists)
    draw_head(on)
    for number, line in enumerate(table.lines, start=HEAD_ROW + 1):
        draw_words(on, number, line)
        draw_answers(on, number, line)
        if line.places and not line.printed:
            entries.add(line.item, on.span(number))
    draw_colours(on)
    entries.write(sheet)
    sheet.freeze_panes = f"{get_column_letter(on.first)}{HEAD_ROW + 1}"
