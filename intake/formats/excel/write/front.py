"""The first sheet: what the form is, how to fill it, whom to ask; how far it is filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from intake.formats.excel.write import look
from intake.formats.excel.write.cells import put
from intake.formats.excel.write.entry import reason_words
from intake.formats.excel.write.measure import text_height
from intake.formats.excel.write.progress import draw_progress
from intake.formats.excel.write.tally import Part
from intake.formats.wording.captions import joined
from intake.model.definition import MissingReason
from intake.ports import FormRequest
from intake.words.catalogue import Words

WIDTHS = (6.0, 52.0, 11.0, 11.0, 16.0, 22.0)
"""Letter or number, then text: over the other columns too, but in the list of sheets."""
STEPS = 7
REASONS = (MissingReason.NOTDONE, MissingReason.NAV, MissingReason.UNK)
_GAP = 4.0

Row = tuple[str, str, str, float]
"""Number, text, style and least height."""


def draw_front(
    sheet: Worksheet, words: Words, request: FormRequest, title: str, parts: Sequence[Part]
) -> str:
    """Write the first sheet and return its stamp's cell.

    ``title`` is the form's own, for a study without one; ``parts`` are the other sheets.
    """
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    above = [*_heading(words, request, title)]
    status = len(above) + 1
    above += [("", "", look.STATUS, 24.0), *_rows(words, request)]
    for number, row in enumerate(above, start=1):
        _write(sheet, number, row)
    draw_progress(sheet, words, parts, (status, len(above) + 1))
    stamped = next(n for n, row in enumerate(above, start=1) if row[2] == look.REFERENCE)
    return f"$B${stamped}"


def _heading(words: Words, request: FormRequest, title: str) -> Iterator[Row]:
    stamp = request.stamp
    version = words.text("form.version", version=stamp.version)
    line = [stamp.form.upper(), version, request.sponsor]
    yield "", words.text("form.kind").upper(), look.KIND, 22
    yield "", request.study_title or title, look.FORM_TITLE, 34
    yield "", "  ·  ".join(part for part in line if part), look.NOTE, 20
    yield "", stamp.text, look.REFERENCE, 22


def _rows(words: Words, request: FormRequest) -> Iterator[Row]:
    yield from _part(words.text("form.how"), _steps(words))
    yield from _part(words.text("form.who"), [("", words.text("form.who_text"))])
    contact = request.contact or (words.text("form.contact_text"),)
    yield from _part(words.text("form.contact"), [("", text) for text in contact])
    if request.closing_date is not None:
        closing = words.text("form.closing_text", date=words.date(request.closing_date.isoformat()))
        yield from _part(words.text("form.closing"), [("", closing)])


def _part(title: str, texts: Iterable[tuple[str, str]]) -> Iterator[Row]:
    yield "", title, look.PART, 28
    for number, text in texts:
        yield number, text, look.TEXT, 17


def _steps(words: Words) -> list[tuple[str, str]]:
    context = {
        "yes": words.text("excel.yes"),
        "required": words.text("form.required"),
        "reasons": joined(words, [reason_words(words, reason) for reason in REASONS], "or"),
    }
    return [(str(n), words.text(f"excel.step.{n}", **context)) for n in range(1, STEPS + 1)]


def _write(sheet: Worksheet, number: int, row: Row) -> None:
    mark, text, style, least = row
    size = 18.0 if style == look.FORM_TITLE else 10.0
    put(sheet.cell(number, 1), mark, look.NUMBER)
    put(sheet.cell(number, 2), text, style)
    sheet.merge_cells(start_row=number, end_row=number, start_column=2, end_column=len(WIDTHS))
    needed = text_height(text, size, sum(WIDTHS[1:]), bold=size > 10)
    sheet.row_dimensions[number].height = max(least, ceil(needed + _GAP))
