"""The same patients in Excel: blank forms of a centre, filled as a spreadsheet program does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from intake.formats.office.repack import packed, unpacked
from intake.model.submission import FileFormat
from tests.kit.blanks import blank
from tests.kit.broken.workbook import (
    COMMENTS,
    drop_names,
    merge,
    place_of,
    replaced,
    sheet_part,
    with_cell,
)
from tests.kit.fillers import with_openpyxl
from tests.kit.fillers.typed_texts import in_lists
from tests.kit.kept import kept
from tests.kit.office.office import demo_answers, the_form
from tests.kit.places import DM_SAM

NUMBER, DATE = "lab_hb_dx", "mas_dx_date"


def blank_excel(centre: str | None = "ZAA", language: str = "fr") -> bytes:
    """Return the blank Excel form of a centre."""
    return blank(DM_SAM, FileFormat.EXCEL, language, centre)


def filled_excel(
    answers: Mapping[str, str] | None = None, *, centre: str | None = "ZAA", language: str = "fr"
) -> bytes:
    """Return an Excel form filled with a patient's answers (the first demo patient's)."""
    written = demo_answers() if answers is None else answers
    return _filled(tuple(sorted(written.items())), centre, language)


@cache
def _filled(answers: tuple[tuple[str, str], ...], centre: str | None, language: str) -> bytes:
    typed = in_lists(the_form(), dict(answers), language)
    empty = blank_excel(centre, language)
    return kept("excel", answers, centre, language, make=lambda: with_openpyxl.fill(empty, typed))


def with_number(inside: str, *, kind: str = "", shown: str = "") -> bytes:
    """Return a form in which one number is stored in another way."""
    return with_cell(filled_excel(), NUMBER, inside, kind=kind, shown=shown)


def with_serial_date(number: int, *, shown: str) -> bytes:
    """Return a form in which one date is a number of days."""
    return with_cell(filled_excel(), DATE, f"<v>{number}</v>", shown=shown)


def without_names() -> bytes:
    """Return a form that has lost its defined names."""
    return drop_names(filled_excel())


def without_names_and_stamps() -> bytes:
    """Return a form that has lost its names and every carrier of its stamp."""
    parts = unpacked(without_names())
    return packed({name: part.replace(b"DM-SAM 1.0.0", b"-") for name, part in parts.items()})


def with_typed(typed: Mapping[str, str]) -> bytes:
    """Return the first patient's form with some cells typed over."""
    return with_openpyxl.fill(filled_excel(), typed)


def merged() -> bytes:
    """Return a form in which an answer was merged into its question."""
    content = filled_excel()
    row = place_of(content, NUMBER)[1][1:]
    return merge(content, NUMBER, f"B{row}:C{row}")


def with_words_beside() -> bytes:
    """Return a form with words beside an answer."""
    content = filled_excel()
    row = b'<row r="900"><c r="H900" t="inlineStr"><is><t>voir CR</t></is></c></row></sheetData>'
    return replaced(
        content, sheet_part(content, place_of(content, NUMBER)[0]), b"</sheetData>", row
    )


def with_comments() -> bytes:
    """Return a form with comments on cells."""
    return packed({**unpacked(filled_excel()), "xl/comments1.xml": COMMENTS})
