"""Excel cases in which single cells hold something else than the text that was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.kit.broken.workbook import WORKBOOK, place_of, replaced, sheet_part, with_cell
from tests.kit.office.office_excel import filled_excel, with_typed
from tests.whole.corpus.case import Case

Cells = dict[str, tuple[str, str, str]]
"""By address: what stands in the cell, the cell's kind, its format."""
EPOCH_1904 = 1462


def text(typed: str) -> str:
    """Return a text as a cell holds it in itself."""
    return f"<is><t xml:space='preserve'>{typed}</t></is>"


def with_cells(cells: Cells) -> Callable[[], bytes]:
    """Return a way to make the filled form with some cells stored otherwise."""

    def build() -> bytes:
        content = filled_excel()
        for address, (inside, kind, shown) in cells.items():
            content = with_cell(content, address, inside, kind=kind, shown=shown)
        return content

    return build


def typed(**texts: str) -> Callable[[], bytes]:
    """Return a way to make the filled form with other texts typed in its cells."""
    return lambda: with_typed(texts)


def number(raw: object, shown: str = "General") -> tuple[str, str, str]:
    """Return a number as a cell holds it."""
    return f"<v>{raw}</v>", "", shown


def from_1904() -> bytes:
    """Return a workbook that counts its days from 1904."""
    days = {"mas_dx_date": 42502, "bm_date": 42503}
    content = with_cells({a: number(day - EPOCH_1904, "date") for a, day in days.items()})()
    return replaced(content, WORKBOOK, b"<workbookPr/>", b'<workbookPr date1904="1"/>')


def pasted_over_a_list() -> bytes:
    """Return a form with texts pasted into cells that have lists."""
    return with_typed({"mas_tx__1__mtrt_drug": "quinine", "sex": "FEMININ", "smoking": "nev"})


def far_below() -> bytes:
    """Return a form with one more answer a million rows down."""
    content = filled_excel()
    sheet = place_of(content, "lab_hb_dx")[0]
    row = b'<row r="1048576"><c r="XFD1048576"><v>7</v></c></row></sheetData>'
    return replaced(content, sheet_part(content, sheet), b"</sheetData>", row)


_EVERY = (
    Case("x01-intact", filled_excel, "xlsx", about="filled in, nothing else"),
    Case(
        "x02-days-in-general",
        with_cells({"mas_dx_date": number(42502), "bm_date": number(42503)}),
        "xlsx",
        about="dates became numbers of days, shown as plain numbers",
    ),
    Case("x03-days-from-1904", from_1904, "xlsx", about="dates in a workbook of the 1904 kind"),
    Case(
        "x04-text-in-date-cells",
        with_cells(
            {
                "mas_dx_date": (text("12/05/2016"), "inlineStr", "date"),
                "bm_date": (text("05/13/2016"), "inlineStr", "date"),
            }
        ),
        "xlsx",
        about="dates typed as text in date cells, one with the month first",
    ),
    Case(
        "x05-month-or-year",
        with_cells(
            {
                "dm_first_sign_date": number(42401, "month"),
                "ab_date": number(2016, "date"),
                "dm_dx_date": (text("2016"), "inlineStr", "date"),
            }
        ),
        "xlsx",
        about="a month shown as mmm-yy, years typed in date cells",
        meant={"ab_date": "2016", "dm_dx_date": "2016"},
    ),
    Case(
        "x06-days-of-no-calendar",
        with_cells(
            {
                "bm_date": number(60, "date"),
                "lab_dx_date": number(-5, "date"),
                "last_news_date": number(99999999, "date"),
            }
        ),
        "xlsx",
        about="numbers of days that are no day: 60, below zero, far out",
    ),
    Case(
        "x07-decimal-comma",
        with_cells(
            {
                "lab_hb_dx": (text("9,1"), "inlineStr", ""),
                "lab_wbc_dx": number("2.1"),
                "lab_tg_dx": (text("3.4"), "inlineStr", "0.00"),
                "lab_ferritin_dx": (text("8\u202f450"), "inlineStr", ""),
            }
        ),
        "xlsx",
        about="decimal comma and point, number cells, a narrow space",
    ),
    Case(
        "x08-bounds",
        with_cells(
            {
                "lab_fib_dx": (text("&lt; 0,5"), "inlineStr", ""),
                "lab_crp_dx": number(5, '"<"0'),
                "lab_ferritin_dx": (text("&gt; 40 000"), "inlineStr", ""),
            }
        ),
        "xlsx",
        about="bounds typed, and drawn by a number format",
        meant={"lab_fib_dx": "< 0,5", "lab_crp_dx": "< 5", "lab_ferritin_dx": "> 40 000"},
    ),
    Case(
        "x09-reasons",
        typed(lab_hb_dx="NF", lab_fib_dx="ND", lab_na_dx="inconnu", lab_crp_dx="-", lab_alb_dx=""),
        "xlsx",
        about="reasons in full and short, a dash, an emptied cell",
        meant={
            "lab_hb_dx": "NF",
            "lab_fib_dx": "ND",
            "lab_na_dx": "inconnu",
            "lab_crp_dx": "-",
            "lab_alb_dx": "",
        },
    ),
    Case(
        "x10-formula-without-result",
        with_cells({"lab_hb_dx": ("<f>9+0.1</f>", "", "")}),
        "xlsx",
        about="a formula whose result was never stored",
    ),
    Case(
        "x11-formula-with-result",
        with_cells({"lab_hb_dx": ("<f>9+0.1</f><v>9.1</v>", "", "")}),
        "xlsx",
        about="a formula with its stored result",
    ),
    Case(
        "x12-error",
        with_cells({"lab_hb_dx": ("<v>#N/A</v>", "e", ""), "sex": ("<v>#REF!</v>", "e", "")}),
        "xlsx",
        about="errors of the program in two cells",
    ),
    Case(
        "x16-pasted-over-lists",
        pasted_over_a_list,
        "xlsx",
        about="texts pasted over lists",
        meant={"mas_tx__1__mtrt_drug": "quinine"},
    ),
    Case(
        "x23-escaped-and-rich-text",
        with_cells(
            {
                "comments": (text("ligne 1_x000D__x000A_ligne 2"), "inlineStr", ""),
                "lab_hb_dx": (
                    "<is><r><t>9</t></r><r><rPr><b/></rPr><t>,1</t></r><rPh sb='0' eb='1'>"
                    "<t>9</t></rPh></is>",
                    "inlineStr",
                    "",
                ),
            }
        ),
        "xlsx",
        about="an escaped line end, a text in several runs",
        meant={"comments": "ligne 1\nligne 2"},
    ),
    Case(
        "x24-noise-of-arithmetic",
        with_cells({"lab_hb_dx": number("9.0999999999999996"), "mas_weight": number("6.2E1")}),
        "xlsx",
        about="9.0999999999999996 for 9.1, and an exponent",
    ),
    Case(
        "x28-program-made-dates",
        with_cells({"lab_hb_dx": number(42379, "day"), "lab_fib_dx": number(0.5, "time")}),
        "xlsx",
        about="9,1 turned into the 9th of January, a time of day",
    ),
    Case("x29-far-cell", far_below, "xlsx", about="an answer a million rows down"),
)
_FAST = {"x01-intact", "x05-month-or-year", "x10-formula-without-result"}
"""They stand for their kinds in the fast tests."""
CASES = tuple(replace(case, slow=case.name not in _FAST) for case in _EVERY)
