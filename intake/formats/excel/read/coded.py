"""Read a sheet by its visible codes: the heading row, then one line per code.

This needs no defined name, so it holds where names are lost, and checks them where not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from intake.formats.excel.anchors import ABOVE, CODE, HEADING
from intake.formats.excel.read.book import Cell
from intake.formats.excel.read.grid import Grid
from intake.formats.wording.headings import MOST_ROWS, heading_words, row_code
from intake.model.errors import over_limit
from intake.words.spelling import fold

MAX_CELLS = 20_000
"""Answer cells of one sheet."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading row of a table: where codes stand, and each column of answers."""

    row: int
    code: int
    answers: dict[int, int | None]
    """Printed row of a group by column; None for the one column of single questions."""
    titles: dict[int, str]
    """Folded heading of every column that has one."""


@dataclass(frozen=True, slots=True)
class CodedCell:
    """One answer cell, known by its code."""

    code: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class CodedSheet:
    """What the codes of one sheet say."""

    cells: tuple[CodedCell, ...]
    heading: int
    """Row of the headings."""
    lines: Mapping[int, str]
    """Code of each line by its row."""
    titles: Mapping[int, str]
    """Folded heading of each column that has one."""
    first: int
    """The first column of answers."""

    @property
    def columns(self) -> Collection[int]:
        """Return every column that has a heading."""
        return self.titles.keys()

    def is_first_answer(self, cell: Cell) -> bool:
        """Say whether no column of answers stands before a cell's."""
        return cell[1] == self.first

    def labels(self, row: int) -> Iterator[Cell]:
        """Yield the cells before the answers of a line: its code and its question."""
        yield from ((row, column) for column in self.titles if column < self.first)

    def key(self, cell: Cell) -> tuple[str, str]:
        """Return the code of a cell's line, or what stands for it, and its column's heading."""
        row, column = cell
        if row <= self.heading:
            line = HEADING if row == self.heading else ABOVE
        else:
            line = self.lines.get(row, f"+{row - self.heading}")
        return line, self.titles.get(column, "")


def coded_sheet(grid: Grid) -> CodedSheet | None:
    """Return a sheet's answer cells by code, None for a sheet without heading row.

    Raises FILE_LIMIT when codes and columns make more cells than any form has.
    """
    heading = find_heading(grid)
    if heading is None:
        return None
    lines = dict(_lines(grid, heading))
    if len(lines) * len(heading.answers) > MAX_CELLS:
        raise over_limit("cells")
    cells = [
        CodedCell(row_code(code, row), (number, column))
        for number, code in lines.items()
        for column, row in heading.answers.items()
    ]
    return CodedSheet(tuple(cells), heading.row, lines, heading.titles, min(heading.answers))


def find_heading(grid: Grid) -> Heading | None:
    """Return the first row that has a column of codes and a column of answers."""
    rows: dict[int, dict[int, str]] = {}
    for (row, column), reading in sorted(grid.cells.items()):
        rows.setdefault(row, {})[column] = reading.text.strip()
    for row, texts in rows.items():
        code = next(
            (c for c, text in texts.items() if text.casefold() in heading_words("code")), None
        )
        if code is None:
            continue
        answers = dict(_answer_columns({c: text for c, text in texts.items() if c > code}))
        if answers:
            return Heading(row, code, answers, {c: fold(text) for c, text in texts.items()})
    return None


def _answer_columns(texts: dict[int, str]) -> Iterator[tuple[int, int | None]]:
    for column, text in texts.items():
        if text.casefold() in heading_words("answer"):
            yield column, None
        elif text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_ROWS:
            yield column, int(text)


def _lines(grid: Grid, heading: Heading) -> Iterator[tuple[int, str]]:
    """Yield the row number and code of each line below the heading."""
    for (row, column), reading in sorted(grid.cells.items()):
        text = reading.text.strip()
        if column == heading.code and row > heading.row and CODE.fullmatch(text):
            yield row, text
