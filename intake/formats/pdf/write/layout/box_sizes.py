"""How large a box must be for what is written into it, in millimetres.

One measure for the layout, which draws the boxes, and for the audit, which checks them.
"""

from __future__ import annotations

import math
from typing import assert_never

from intake.formats.pdf.font import field_font
from intake.formats.pdf.write.layout.geometry import LINE, MM, STEP, WIDE
from intake.model.definition import Family, Item

PADDING = 2.5
"""Points between a box's edge and its text."""
LEADING = 1.2
SMALLEST_READABLE = 6.0
"""Size in points below which a full box can no longer be read in print."""
COMFORTABLE = 6.4
"""Size at which a text of the greatest length fits the box drawn for it."""
SHORT_TEXT = 12
"""Codes and initials, in boxes of a fixed width."""
LONG_TEXT, VERY_LONG_TEXT = 120, 500
LONG_BOX, VERY_LONG_BOX, TALLEST_BOX = 11.0, 68.0, 200.0
NUMBER_BOX = 27.0
_ORDINARY = "several words of an ordinary sentence, written as people write them"
"""Its mean letter, spaces included, is 2 % wider than in the French and English hints."""
DATE_SAMPLE, TIME_SAMPLE, NUMBER_SAMPLE = "30/12/2000", "20 h 00", "> 40 000"


def box_size(item: Item, width: float) -> tuple[float, float]:
    """Return width and height of the box that an answer needs within a width."""
    match item.family:
        case Family.WORDS:
            return _words_size(item, width)
        case Family.NUMBER | Family.DAY | Family.TIME | Family.LISTED | Family.TICKED:
            return min(NUMBER_BOX, width), LINE
        case unknown:
            assert_never(unknown)


def _words_size(item: Item, width: float) -> tuple[float, float]:
    length = item.max_length or LONG_TEXT
    if length <= SHORT_TEXT:
        return min(width, STEP if length <= 4 else 2 * STEP), LINE
    if length >= VERY_LONG_TEXT:
        width = min(WIDE, width)
        return width, max(VERY_LONG_BOX, box_height(length, width))
    least = LONG_BOX if length >= LONG_TEXT else LINE
    return width, max(least, box_height(length, width))


def box_height(length: int, width: float) -> float:
    """Return the height of a box in which a text of a length can be read; at least a line."""
    if holds(length, width, LINE):
        return LINE
    lines = max(2, _lines(length, width, COMFORTABLE))
    return min((lines * COMFORTABLE * LEADING + 2 * PADDING) / MM, TALLEST_BOX)


def line_width(length: int) -> float:
    """Return the width of a box in which a text of a length can be read on one line."""
    return (length * _letter(SMALLEST_READABLE) + 2 * PADDING) / MM


def holds(length: int, width: float, height: float) -> bool:
    """Say whether a text of a length can be read in a box."""
    lines = max(1, int((height * MM - 2 * PADDING) / (SMALLEST_READABLE * LEADING)))
    return _lines(length, width, SMALLEST_READABLE) <= lines


def sample(item: Item) -> str:
    """Return a long answer of an item's kind, which its box must show at full size."""
    match item.family:
        case Family.DAY:
            return DATE_SAMPLE
        case Family.TIME:
            return TIME_SAMPLE
        case Family.NUMBER:
            return NUMBER_SAMPLE
        case Family.WORDS | Family.LISTED | Family.TICKED:
            return ""
        case unknown:
            assert_never(unknown)


def _lines(length: int, width: float, size: float) -> int:
    return math.ceil(length * _letter(size) / (width * MM - 2 * PADDING))


def _letter(size: float) -> float:
    return field_font().width(_ORDINARY, size) / len(_ORDINARY)
