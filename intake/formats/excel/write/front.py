"""The first sheet: what the form is, how to fill it, whom to ask; how far it is filled."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from intake.formats.excel.write import look
from intake.formats.excel.write.cells import put
from intake.formats.excel.write.front_words import (
    KIND,
    NOTE,
    PART,
    REFERENCE,
    TEXT,
    TITLE,
    Row,
    heading,
    rows,
)
from intake.formats.excel.write.measure import text_height
from intake.formats.excel.write.progress import draw_progress
from intake.formats.excel.write.tally import Part
from intake.ports import FormRequest
from intake.words.catalogue import Words

WIDTHS = (6.0, 52.0, 11.0, 11.0, 16.0, 22.0)
"""Letter or number, then text: over the other columns too, but in the list of sheets."""
_GAP = 4.0
_STATUS = "status"
_STYLES = {
    KIND: look.KIND, TITLE: look.FORM_TITLE, NOTE: look.NOTE, REFERENCE: look.REFERENCE,
    PART: look.PART, TEXT: look.TEXT, _STATUS: look.STATUS,
}  # fmt: skip


def draw_front(
    sheet: Worksheet, words: Words, request: FormRequest, title: str, parts: Sequence[Part]
) -> str:
    """Write the first sheet and return its stamp's cell.

    ``title`` is the form's own, for a study without one; ``parts`` are the other sheets, where they
    expect answers.
    """
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    above = [*heading(words, request, title)]
    status = len(above) + 1
    above += [*([("", "", _STATUS, 24.0)] if parts else []), *rows(words, request)]
    for number, row in enumerate(above, start=1):
        _write(sheet, number, row)
    if parts:
        draw_progress(sheet, words, parts, (status, len(above) + 1))
    stamped = next(n for n, row in enumerate(above, start=1) if row[2] == REFERENCE)
    return f"$B${stamped}"


def _write(sheet: Worksheet, number: int, row: Row) -> None:
    mark, text, what, least = row
    size = 18.0 if what == TITLE else 10.0
    put(sheet.cell(number, 1), mark, look.NUMBER)
    put(sheet.cell(number, 2), text, _STYLES[what])
    sheet.merge_cells(start_row=number, end_row=number, start_column=2, end_column=len(WIDTHS))
    needed = text_height(text, size, sum(WIDTHS[1:]), bold=size > 10)
    sheet.row_dimensions[number].height = max(least, ceil(needed + _GAP))
