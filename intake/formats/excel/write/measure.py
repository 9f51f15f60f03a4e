"""How wide a text is and how many lines it takes in a cell; the program that opens it decides.

Rows of wrapped text get a height of their own, because not every program computes one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_WIDTHS = {
    222: "ijl’‘",
    278: " I.,:;/!ft[]|\u00a0",
    333: "-r()`·°",
    500: "cksvxyzJ",
    556: "abdeghnopquL0123456789?$€",
    584: "+<>=≥≤±",
    611: "FTZ",
    667: "ABEKPSVXY&",
    722: "CDHNRUwGOQ",
    833: "Mmœ",
    944: "W%Œ…—",
}
"""Letters by width, in thousandths of their size, of the faces that Arial stands for."""
_BY_LETTER = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_OTHER = 600
_SLACK = 1.06
"""Programs differ by a few per cent; a line too many is better than one cut off."""
_CHARACTER = 5.25
"""Points that one character of a column's width gives to text."""
_LEADING = 1.28


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line of text in points."""
    plain = unicodedata.normalize("NFD", text)
    total = sum(_BY_LETTER.get(c, _OTHER) for c in plain if not unicodedata.combining(c))
    return total * size * _SLACK * (1.07 if bold else 1) / 1000


@lru_cache(maxsize=8192)
def line_count(text: str, size: float, columns: float, *, bold: bool = False) -> int:
    """Return how many lines a text takes in a column so many characters wide."""
    room = columns * _CHARACTER - 3
    return sum(_folded(line, size, room, bold=bold) for line in text.split("\n"))


def text_height(text: str, size: float, columns: float, *, bold: bool = False) -> float:
    """Return the height in points of a wrapped text; none for an empty one."""
    return line_count(text, size, columns, bold=bold) * size * _LEADING if text else 0.0


def _folded(line: str, size: float, room: float, *, bold: bool) -> int:
    count, used = 1, 0.0
    for word in _words(line):
        width = text_width(word, size, bold=bold)
        if used and used + width > room:
            count, used = count + 1, 0.0
        used += width
        while used > room:  # a word longer than the cell is broken
            count, used = count + 1, used - room
    return count


def _words(line: str) -> Iterator[str]:
    """Yield the words of a line with the blank before each but the first."""
    for number, word in enumerate(line.split(" ")):
        yield f" {word}" if number else word
