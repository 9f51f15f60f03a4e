"""Read a sheet by its visible codes: the heading row, then one line per code.

This needs no defined name, so it holds where names are lost, and checks them where not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intake.formats.excel.anchors import CODE
from intake.formats.excel.read.book import Cell
from intake.formats.excel.read.grid import Grid
from intake.formats.wording.headings import MOST_ROWS, heading_words, row_code
from intake.model.errors import over_limit

MAX_CELLS = 20_000
"""Answer cells of one sheet."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading row of a table: where codes stand, and each column of answers."""

    row: int
    code: int
    answers: dict[int, int | None]
    """Printed row of a group by column; None for the one column of single questions."""
    columns: frozenset[int]
    """Every column that has a heading."""


@dataclass(frozen=True, slots=True)
class CodedCell:
    """One answer cell, known by its code."""

    code: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class CodedSheet:
    """What the codes of one sheet say."""

    cells: tuple[CodedCell, ...]
    beside: tuple[Cell, ...]
    """Cells that hold something and belong to no line, or to no headed column."""
    columns: frozenset[int]
    """Every column that has a heading."""


def coded_sheet(grid: Grid, named: set[Cell]) -> CodedSheet | None:
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
    known_rows = {*lines, *(row for row, _ in named)}
    beside = tuple(
        cell
        for cell in sorted(grid.cells)
        if cell[0] > heading.row
        and cell not in named
        and not (cell[0] in known_rows and cell[1] in heading.columns)
    )
    return CodedSheet(tuple(cells), beside, heading.columns)


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
            return Heading(row, code, answers, frozenset(texts))
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
