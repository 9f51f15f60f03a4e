"""The first sheet: what the form is, how to fill it, where each section stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from intake.formats.captions import joined
from intake.formats.excel import look
from intake.formats.excel.cells import put
from intake.formats.excel.entry import reason_words
from intake.formats.excel.measure import text_height
from intake.model.definition import MissingReason
from intake.ports import FormRequest
from intake.words.catalogue import Words

NUMBER_WIDTH, TEXT_WIDTH = 7.0, 100.0
STEPS = 6
REASONS = (MissingReason.NOTDONE, MissingReason.NAV, MissingReason.UNK)
_GAP = 4.0

Row = tuple[str, str, str, float]
"""Number, text, style and least height."""


def draw_front(
    sheet: Worksheet,
    words: Words,
    request: FormRequest,
    title: str,
    contents: Iterable[tuple[str, str, str]],
) -> str:
    """Write the first sheet and return its stamp's cell.

    ``title`` is the form's own, for a study without one; ``contents`` are letter, title and
    sheet of each part of the form.
    """
    sheet.column_dimensions["A"].width = NUMBER_WIDTH
    sheet.column_dimensions["B"].width = TEXT_WIDTH
    number = stamped = 0
    for number, row in enumerate(_rows(words, request, title), start=1):
        _write(sheet, number, row)
        if row[2] == look.REFERENCE:
            stamped = number
    for letter, part, target in contents:
        number += 1
        _write(sheet, number, (letter, part, look.LINK, 19.0))
        cell = sheet.cell(number, 2)
        place = "'{}'!A1".format(target.replace("'", "''"))
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
        cell.style = look.LINK
    return f"$B${stamped}"


def _rows(words: Words, request: FormRequest, title: str) -> Iterator[Row]:
    stamp = request.stamp
    version = words.text("form.version", version=stamp.version)
    line = [stamp.form.upper(), version, request.sponsor]
    yield "", words.text("form.kind").upper(), look.KIND, 22
    yield "", request.study_title or title, look.FORM_TITLE, 34
    yield "", "  ·  ".join(part for part in line if part), look.NOTE, 20
    yield "", stamp.text, look.REFERENCE, 22
    yield from _part(words.text("form.how"), _steps(words))
    yield from _part(words.text("form.who"), [("", words.text("form.who_text"))])
    contact = request.contact or (words.text("form.contact_text"),)
    yield from _part(words.text("form.contact"), [("", text) for text in contact])
    if request.closing_date is not None:
        closing = words.text("form.closing_text", date=words.date(request.closing_date.isoformat()))
        yield from _part(words.text("form.closing"), [("", closing)])
    yield from _part(words.text("excel.contents"), [])


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
    first, second = sheet.cell(number, 1), sheet.cell(number, 2)
    put(first, mark, look.NUMBER)
    put(second, text, style)
    needed = text_height(text, size, TEXT_WIDTH, bold=size > 10)
    sheet.row_dimensions[number].height = max(least, round(needed + _GAP, 2))
