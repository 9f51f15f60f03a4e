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
OPTION_SIZE = 8.2
"""Size in points of an answer's label."""
DROPDOWN_EXTRA = 6.0
"""Room of a dropdown beside its longest label: arrow and edges."""
MM = 72 / 25.4
"""Points in a millimetre."""
