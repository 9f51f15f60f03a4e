"""The lines of a form that was exported to PDF from Word or Excel, by their visible codes.

A table has a heading; below it each line begins with a code alone in the first column, and
the lines drawn around the cells say what belongs to it. Which form it is is not known here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from intake.formats.paper.page_words import PrintedPage, Word
from intake.formats.paper.printed_answers import PrintedLine
from intake.formats.paper.table_rules import Rules
from intake.formats.pdf.rect import Rect
from intake.formats.wording.headings import MOST_ROWS, heading_words, row_code

_CODE = re.compile(r"(?:[A-Z]{1,2}[0-9]{1,3}(?:\.[0-9]{1,2})?|n°[0-9]{1,3}b?)(?:=[!-~]{1,40})?")
_SAME_LINE = 3.0
"""Points between the middles of words on one line."""
_ALONE = 4.0
"""Points between the left sides of codes in one column."""
_EDGE = 1.0
BESIDE = 4.0
"""Points between two words of one text; columns are further apart."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of answers, and the printed row that it stands for."""

    row: int | None
    left: float
    right: float

    @property
    def middle(self) -> float:
        """Return the middle of the column."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a table."""

    height: float
    """Of the middle of its words."""
    code: float
    """Left side of the column of codes."""
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class ExportedPage:
    """One returned page: its number, words and drawn lines."""

    number: int
    page: PrintedPage
    rules: Rules
    width: float


def page_lines(sheet: ExportedPage, before: Heading | None) -> Iterator[PrintedLine]:
    """Yield the cells of answers of a page; ``before`` heads what stands above its headings."""
    found = sorted(headings(sheet), key=lambda heading: -heading.height)
    first = [replace(before, height=float("inf"))] if before else []
    heads = [*first, *found]
    for head, after in zip_longest(heads, heads[1:]):
        lowest = after.height if after else float("-inf")
        codes = tuple(_codes(sheet.page.words, head, lowest))
        for column in head.columns:
            yield from _cells(sheet, column, codes)


def headings(sheet: ExportedPage) -> Iterator[Heading]:
    """Yield the headings of a page's tables."""
    for word in sheet.page.words:
        if word.text.casefold() in heading_words("code"):
            columns = tuple(_columns(sheet, word))
            if columns:
                yield Heading(word.middle[1], word.box.left, columns)


def _columns(sheet: ExportedPage, head: Word) -> Iterator[Column]:
    """Yield the columns of answers right of a heading's first word.

    Where no line is drawn beside a column, it reaches from its heading to the next.
    """
    line = [w for w in sheet.page.words if abs(w.middle[1] - head.middle[1]) <= _SAME_LINE]
    words = sorted(line, key=lambda word: word.box.left)
    for word, after in zip_longest(words, words[1:]):
        row = _row(word.text)
        is_answer = row is not None or word.text.casefold() in heading_words("answer")
        if word.box.left > head.box.right and is_answer:
            left, right = sheet.rules.columns(*word.middle)
            if left is None or right is None:
                left = word.box.left - BESIDE
                right = after.box.left - BESIDE if after else sheet.width
            yield Column(row, left, right)


def _row(text: str) -> int | None:
    is_row = text.isascii() and text.isdecimal() and 1 <= int(text[:4]) <= MOST_ROWS
    return int(text) if is_row else None


def _codes(words: Iterable[Word], head: Heading, lowest: float) -> Iterator[Word]:
    """Yield the codes in the first column of a table."""
    for word in words:
        in_table = lowest < word.middle[1] < head.height
        if in_table and abs(word.box.left - head.code) <= _ALONE and _CODE.fullmatch(word.text):
            yield word


def _cells(sheet: ExportedPage, column: Column, codes: Sequence[Word]) -> Iterator[PrintedLine]:
    bands = [sheet.rules.band(column.middle, code.middle[1]) for code in codes]
    shared = Counter(band for band in bands if band)
    for code, band in zip(codes, bands, strict=True):
        if band is not None:
            cell = Rect(column.left, band[0], column.right, band[1])
            doubt = "shared" if shared[band] > 1 else ""
            yield _line(sheet, row_code(code.text, column.row), cell, doubt)


def _line(sheet: ExportedPage, code: str, cell: Rect, doubt: str) -> PrintedLine:
    words = [w for w in sheet.page.words if _is_in(cell, w)]
    crossing = any(_crosses(cell, word) for word in sheet.page.words)
    sides = (round(cell.left, 1), round(cell.bottom, 1), round(cell.right, 1), round(cell.top, 1))
    return PrintedLine(
        code=code,
        lines=tuple(_lines(words)),
        page=sheet.number,
        box=sides,
        doubt=doubt or ("cut" if crossing else ""),
    )


def _is_in(cell: Rect, word: Word) -> bool:
    across, up = word.middle
    return cell.left <= across < cell.right and cell.bottom < up <= cell.top


def _crosses(cell: Rect, word: Word) -> bool:
    """Say whether a word stands over the side of a cell: its text goes on beside it."""
    if not cell.bottom < word.middle[1] <= cell.top:
        return False
    return any(
        word.box.left < side - _EDGE and word.box.right > side + _EDGE
        for side in (cell.left, cell.right)
    )


def _lines(words: Sequence[Word]) -> Iterator[str]:
    """Yield the lines of a cell from the top, words from the left."""
    rest = sorted(words, key=lambda word: -word.middle[1])
    while rest:
        line = [w for w in rest if rest[0].middle[1] - w.middle[1] <= _SAME_LINE]
        rest = rest[len(line) :]
        yield " ".join(word.text for word in sorted(line, key=lambda word: word.box.left))
