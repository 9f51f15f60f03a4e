"""The grid every page follows, in millimetres: one place for writer, template and audit."""

from __future__ import annotations

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
SIDE = 15.0
TOP, BOTTOM = 17.0, 28.0
BODY = PAGE_WIDTH - 2 * SIDE
CODE = 11.0
"""Column of the visible codes."""
LABEL = 77.0
GAP = 3.0
STEP = 17.8
"""Answers start on this pitch, so that buttons stand in columns down the page."""
ANSWER = BODY - CODE - LABEL - GAP
WIDE = BODY - CODE
"""Width of an answer set below its question."""
ASIDE = 79.0
"""Width of a question's answer inside a pair table."""
SUB = 3.4
"""How far a conditional question is set in."""
LINE = 5.6
"""Height of a one-line box."""
CARD_LINE = 5.2
"""Height of a one-line box inside a card."""
BUTTON = 3.4
OPTION_GAP = 1.5
"""Between a button and its label."""
OPTION_SIZE = 8.4
"""Size in points of an answer's label."""
DROPDOWN_EXTRA = 6.0
"""Room of a dropdown beside its longest label: arrow and edges."""
CORNER_MARK = 3.5
"""Side of the black square in each corner of every page, by which a scan is set straight."""
CORNER_EDGE = 7.0
"""White between the paper's edges and the outer sides of a corner mark.

The four centres are thus 8.75 mm from the two nearest edges of the A4 sheet, outside the
body and inside what office printers print.
"""
MM = 72 / 25.4
"""Points in a millimetre."""


def corner_marks() -> tuple[tuple[float, float, float, float], ...]:
    """Return left, top, right and bottom of the corner marks, from the page's upper left.

    In millimetres; upper left, upper right, lower left, lower right. The same on all pages.
    """
    near, far = CORNER_EDGE, CORNER_EDGE + CORNER_MARK
    return tuple(
        (x, y, x + CORNER_MARK, y + CORNER_MARK)
        for y in (near, PAGE_HEIGHT - far)
        for x in (near, PAGE_WIDTH - far)
    )
