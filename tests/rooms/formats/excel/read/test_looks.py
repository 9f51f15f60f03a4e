"""A cell is read as a person sees it: struck, raised, in signs, hidden, behind its format."""

from __future__ import annotations

import datetime as dt
import io
from functools import cache

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color

from intake.formats.excel.read.number_format import shown_by
from intake.formats.excel.read.reader import ExcelReader
from intake.model.finding_codes import FindingCode as Code
from tests.kit.fillers.excel_forms import blank
from tests.kit.fillers.forms import definition, few, few_blank
from tests.kit.fillers.with_openpyxl import named_cell, saved

READER = ExcelReader()
PLATELETS, NOTES, TICK, ONSET = "lab_plt_dx", "comments", "comorbidities__hta", "dm_dx_date"
BIRTH = "birth_date"


def read(address, change):
    """Return the text of one answer after a change to its cell, and what is said of it."""
    book = load_workbook(io.BytesIO(few_blank()), rich_text=True)
    change(named_cell(book, address))
    raw = READER.read(READER.inspect(saved(book)), few())
    texts = {answer.address: answer.text for answer in raw.answers}
    return texts.get(address, ""), [(f.code, f.context.get("kind", "")) for f in raw.findings]


def in_one_book(items, changes):
    """Return what is read of a form in which each change was made to a cell of its own."""
    book = load_workbook(io.BytesIO(blank()), rich_text=True)
    for item, change in zip(items, changes, strict=False):
        change(named_cell(book, item))
    raw = READER.read(READER.inspect(saved(book)), definition())
    texts = {answer.address: answer.text for answer in raw.answers}
    told = [
        (item, [(f.code, f.context.get("kind", "")) for f in raw.findings if f.item == item])
        for item in items
    ]
    return [(texts.get(item, ""), said) for item, said in told[: len(changes)]]


def runs(*parts):
    """Return what writes runs into a cell: a text, or a font and a text."""

    def change(cell):
        made = [p if isinstance(p, str) else TextBlock(InlineFont(**p[0]), p[1]) for p in parts]
        cell.value = CellRichText(*made)

    return change


def typed(value, **look):
    """Return what writes a value into a cell and sets it."""

    def change(cell):
        cell.value = value
        for name, kind in look.items():
            setattr(cell, name, kind)

    return change


STRUCK = [(Code.ANSWER_UNSURE, "struck")]
BEHIND = [(Code.CELL_SHOWN_OTHERWISE, "")]


LOOKS = (
    (typed("74", font=Font(strike=True)), "", STRUCK),
    (typed(74, font=Font(strike=True)), "", STRUCK),
    (runs(({"strike": True}, "7"), "4"), "4", STRUCK),
    (runs("340", ({"vertAlign": "superscript"}, "1")), "340¹", []),
    (runs("10", ({"vertAlign": "superscript"}, "2")), "10²", []),
    (runs("64 ", ({"rFont": "Symbol"}, "m"), "g/L"), "64 µg/L", []),
    (runs("64 ", ({"rFont": "Symbol"}, "\uf06d"), "g/L"), "64 µg/L", []),
    (runs(({"rFont": "Symbol"}, "³"), " 40"), "≥ 40", []),
    (typed("\uf0a8", font=Font(name="Wingdings")), "☐", []),
    (typed("74", font=Font(color="FFFFFFFF")), "74", [(Code.TEXT_HIDDEN, "")]),
    (typed("74", font=Font(color=Color(theme=0))), "74", [(Code.TEXT_HIDDEN, "")]),
    (typed("74", font=Font(sz=1)), "74", [(Code.TEXT_HIDDEN, "")]),
    (typed("74", font=Font(color="FFFF0000", b=True)), "74", []),
)
FORMATS = (
    (30, '"<"0', "<30", []),
    ("30", '"<"@', "<30", []),
    ("85", '@" mg/dL"', "85 mg/dL", []),
    (85, 'General" mg/dL"', "85 mg/dL", []),
    (85, "0 [$mg/dL]", "85 mg/dL", []),
    (1234, "# ##0", "1234", []),
    (-5, "0_);(0)", "-5", []),
    (7.5, "# ?/?", "7.5", []),
    (7, "# ?/2", "7", BEHIND),
    (7, "# ??/16", "7", BEHIND),
    (1234, '0"."0', "1234", BEHIND),
    (12, "0\\-0", "12", BEHIND),
    (0, "#", "0", BEHIND),
    (0, "0;-0;;@", "0", BEHIND),
    (-5, "0;0", "-5", BEHIND),
    (7.43, "0.0", "7.43", BEHIND),
    ("30", ";;;", "30", BEHIND),
)


@cache
def numbers():
    """Return what is read of every look and every format, each in a number of its own."""
    items = [item.name for item in definition().single_items if item.is_number]
    shown = [typed(value, number_format=form) for value, form, _, _ in FORMATS]
    return in_one_book(items, [*(change for change, _, _ in LOOKS), *shown])


@pytest.mark.parametrize("case", range(len(LOOKS)))
def test_a_number_is_read_as_it_is_set(case):
    assert numbers()[case] == LOOKS[case][1:]


@pytest.mark.parametrize("case", range(len(FORMATS)))
def test_a_number_is_read_as_its_format_shows_it_or_asked_about(case):
    assert numbers()[len(LOOKS) + case] == FORMATS[case][2:]


DATES = (
    ("mm/dd/yyyy", dt.date(2016, 3, 4), Code.CELL_DATE_TURNED),
    ("m/d/yy", dt.date(2016, 3, 4), Code.CELL_DATE_TURNED),
    ("yyyy/dd/mm", dt.date(2016, 3, 4), Code.CELL_DATE_TURNED),
    ("mm/dd/yyyy", dt.date(2016, 3, 14), Code.CELL_DATE_CONVERTED),
    ("mm/dd/yyyy", dt.date(2016, 3, 3), Code.CELL_DATE_CONVERTED),
    ("dd/mm/yyyy", dt.date(2016, 3, 4), Code.CELL_DATE_CONVERTED),
    ("yyyy-mm-dd", dt.date(2016, 3, 4), Code.CELL_DATE_CONVERTED),
    ("mmm d, yyyy", dt.date(2016, 3, 4), Code.CELL_DATE_CONVERTED),
)


@cache
def dates():
    """Return what is read of every date format, each in a date of its own."""
    items = [i.name for i in definition().single_items if i.is_date and not i.identifying]
    return in_one_book(items, [typed(day, number_format=shown) for shown, day, _ in DATES])


@pytest.mark.parametrize("case", range(len(DATES)))
def test_a_date_shown_month_first_is_asked_about_where_day_and_month_may_be_exchanged(case):
    _, day, code = DATES[case]
    assert dates()[case] == (day.isoformat(), [(code, "")])


@pytest.mark.parametrize(("address", "told"), [(ONSET, "1961-03-04"), (BIRTH, None)])
def test_the_date_that_was_read_is_told_unless_it_identifies(address, told):
    book = load_workbook(io.BytesIO(few_blank()))
    typed(dt.date(1961, 3, 4), number_format="mm/dd/yyyy")(named_cell(book, address))
    (finding,) = READER.read(READER.inspect(saved(book)), few()).findings

    assert (finding.code, finding.item) == (Code.CELL_DATE_TURNED, address)
    assert finding.context.get("value") == told


THICK = Border(*[Side("thick")] * 4)


@pytest.mark.parametrize("look", [{"fill": PatternFill("solid", "FFFFFF00")}, {"border": THICK}])
def test_an_option_set_apart_and_left_empty_is_asked_about(look):
    assert read(TICK, typed(None, **look)) == ("", [(Code.ANSWER_UNSURE, "coloured")])
    assert read(TICK, typed("Oui", **look)) == ("Oui", [])
    assert read(PLATELETS, typed(None, **look)) == ("", [])


@pytest.mark.parametrize("look", [{"font": Font(u="single")}, {"font": Font(b=True)}])
def test_the_label_of_an_empty_option_that_stands_out_is_asked_about(look):
    def change(cell):
        for name, kind in look.items():
            setattr(cell.offset(0, -1), name, kind)

    assert read(TICK, change) == ("", [(Code.ANSWER_UNSURE, "coloured")])


def test_only_one_section_of_a_format_shows_a_number():
    shown = shown_by(200, '0.0" g";-0.0" g";"néant";@" (g)"')

    assert [shown.number_section(n).after for n in (1, -1)] == [" g", " g"]
    assert not shown.number_section(0).shows
    assert shown.text_section.after == " (g)"
