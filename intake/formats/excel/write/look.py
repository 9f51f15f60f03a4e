"""How a form looks: colours, named styles, widths. No words and no questions here.

Every style names its font and size: a program that finds none takes one of its own.
"""

from __future__ import annotations

from openpyxl.styles import (
    Alignment,
    Border,
    Font,
    NamedStyle,
    PatternFill,
    Protection,
    Side,
)
from openpyxl.workbook import Workbook

FONT = "Arial"
INK, SOFT, ACCENT, DEEP = "FF1F2933", "FF616E7C", "FF1F5A7A", "FF143D54"
PALE, BAND, LINE, FRAME = "FFF3F6F8", "FFE4ECF1", "FFD5DDE3", "FF9FB3C0"
WANTED, ASLEEP, DONE = "FFFFF4D6", "FFE9ECEE", "FFDFF0E3"
"""Colours of a cell still to fill in, of one that does not apply, of what is complete."""
LABEL_SIZE, OPTION_SIZE, SMALL_SIZE, ANSWER_SIZE = 10.0, 9.5, 8.5, 10.0
OPEN = Protection(locked=False)

TITLE, STAMP, NOTE, HEAD, HEAD_CENTRED = "crf title", "crf stamp", "crf note", "crf head", "crf row"
CODE, LABEL, OPTION_CODE, OPTION = "crf code", "crf label", "crf option code", "crf option"
UNIT, HINT, ANSWER, TICK, PRINTED, BLANK = (
    "crf unit", "crf hint", "crf answer", "crf tick", "crf printed", "crf blank",
)  # fmt: skip
KIND, FORM_TITLE, PART, TEXT, NUMBER, LINK, REFERENCE = (
    "crf kind", "crf form title", "crf part", "crf text", "crf number", "crf link",
    "crf reference",
)  # fmt: skip
STATUS, COUNT, BAR, LEFT, TOTAL = (
    "crf status", "crf count", "crf bar", "crf left", "crf total",
)  # fmt: skip


def add_styles(book: Workbook) -> None:
    """Register every style of a form in a new workbook."""
    for style in _styles():
        book.add_named_style(style)


def font(size: float, colour: str = INK, *, bold: bool = False, italic: bool = False) -> Font:
    """Return the form's font in a size and a colour."""
    return Font(name=FONT, size=size, color=colour, bold=bold, italic=italic)


def _styles() -> list[NamedStyle]:
    return [
        *_page_styles(),
        *_front_styles(),
        *_progress_styles(),
        *_line_styles(),
        *_answer_styles(),
    ]


def _page_styles() -> list[NamedStyle]:
    middle = _set("center", wrap=False)
    white = font(9, "FFFFFFFF", bold=True)
    return [
        NamedStyle(TITLE, font(15, DEEP, bold=True), alignment=middle),
        NamedStyle(STAMP, font(8, SOFT), alignment=middle),
        NamedStyle(NOTE, font(9, ACCENT, italic=True), alignment=middle),
        NamedStyle(HEAD, white, _fill(DEEP), alignment=_set("center", "left", indent=1)),
        NamedStyle(HEAD_CENTRED, white, _fill(DEEP), alignment=_set("center", "center")),
    ]


def _front_styles() -> list[NamedStyle]:
    rule = Border(bottom=Side("thin", color=LINE))
    strong = Border(bottom=Side("medium", color=ACCENT))
    return [
        NamedStyle(KIND, font(9, ACCENT, bold=True), alignment=_set("center")),
        NamedStyle(FORM_TITLE, font(18, DEEP, bold=True), alignment=_set("center")),
        NamedStyle(PART, font(10.5, DEEP, bold=True), border=strong, alignment=_set("bottom")),
        NamedStyle(TEXT, font(10), alignment=_set("center")),
        NamedStyle(NUMBER, font(10, ACCENT, bold=True), alignment=_set("center", "center")),
        NamedStyle(LINK, font(10, ACCENT), border=rule, alignment=_set("center")),
        NamedStyle(
            REFERENCE,
            font(10, INK, bold=True),
            _fill(BAND),
            alignment=_set("center", "left", wrap=False, indent=1),
        ),
    ]


def _progress_styles() -> list[NamedStyle]:
    rule = Border(bottom=Side("thin", color=LINE))
    centred = _set("center", "center")
    indented = _set("center", "left", indent=1)
    return [
        NamedStyle(STATUS, font(10.5, DEEP, bold=True), _fill(BAND), alignment=indented),
        NamedStyle(COUNT, font(10), border=rule, alignment=centred),
        NamedStyle(
            BAR, font(8, ACCENT), border=rule, alignment=_set("center", "center", wrap=False)
        ),
        NamedStyle(LEFT, font(10), border=rule, alignment=centred),
        NamedStyle(TOTAL, font(10, DEEP, bold=True), border=rule, alignment=_set("center")),
    ]


def _line_styles() -> list[NamedStyle]:
    rule = Border(top=Side("thin", color=LINE))
    code = font(9, ACCENT, bold=True)
    beside = font(SMALL_SIZE, SOFT)
    several = font(SMALL_SIZE, SOFT, italic=True)
    middle = _set("center", "left", indent=1)
    coded = _set("center", "left", wrap=False, indent=1)
    return [
        NamedStyle(CODE, code, border=rule, alignment=coded),
        NamedStyle(LABEL, font(LABEL_SIZE), border=rule, alignment=middle),
        NamedStyle(OPTION_CODE, font(7.5, SOFT), alignment=coded),
        NamedStyle(OPTION, font(OPTION_SIZE), alignment=_set("center", "left", indent=3)),
        NamedStyle(UNIT, beside, border=rule, alignment=_set("center", "left", indent=1)),
        NamedStyle(HINT, beside, border=rule, alignment=middle),
        NamedStyle(BLANK, several, border=rule, alignment=_set("center", "left", indent=1)),
    ]


def _answer_styles() -> list[NamedStyle]:
    side = Side("thin", color=FRAME)
    frame = Border(left=side, right=side, top=side, bottom=side)
    centred, indented = _set("center", "center"), _set("center", "left", indent=1)
    white = _fill("FFFFFFFF")
    answer = NamedStyle(ANSWER, font(ANSWER_SIZE), white, frame, indented, "@", OPEN)
    tick = NamedStyle(TICK, font(ANSWER_SIZE, bold=True), white, frame, centred, "@", OPEN)
    printed = NamedStyle(PRINTED, font(9, DEEP, bold=True), _fill(BAND), frame, centred)
    return [answer, tick, printed]


def _set(
    vertical: str = "top", horizontal: str | None = None, *, wrap: bool = True, indent: int = 0
) -> Alignment:
    return Alignment(horizontal=horizontal, vertical=vertical, wrap_text=wrap, indent=indent)


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)
