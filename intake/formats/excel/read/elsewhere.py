"""What stands in no cell to answer in, sheet by sheet, in a few bytes: for ``added``.

A sheet's cells are one reading, so that the forms' 1,600 printed cells cost little on their
way out of the child that reads them. Which of them the form prints is not known here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from intake.formats.excel.anchors import HIDDEN_SHEETS
from intake.formats.excel.read.book import Cell, column_letters
from intake.formats.excel.read.coded import CodedSheet
from intake.formats.excel.read.grid import STRUCK, Grid
from intake.formats.excel.read.loose import Loose
from intake.formats.office.lettering import UNKNOWN_SIGN
from intake.formats.office.packing import as_text
from intake.model.errors import over_limit
from intake.model.finding_codes import FindingCode
from intake.model.submission import BesideAnswers

_MOST = 20_000
"""Cells of a workbook; a form prints a tenth of them."""
_LONGEST = 2_000
_FORMULAS = frozenset({FindingCode.CELL_FORMULA, FindingCode.CELL_FORMULA_EMPTY})


def elsewhere(
    grids: Mapping[str, Grid],
    coded: Mapping[str, CodedSheet],
    named: Collection[tuple[str, Cell]],
) -> Iterator[BesideAnswers]:
    """Yield one text a sheet. Raises FILE_LIMIT for more cells than any form has."""
    count = 0
    for title, grid in grids.items():
        if title in HIDDEN_SHEETS:
            continue
        cells = [c for c in sorted(grid.cells) if (title, c) not in named and _shown(grid, c)]
        count += len(cells)
        if count > _MOST:
            raise over_limit("cells")
        found = [_loose(grid, coded.get(title), cell) for cell in cells]
        if found:
            yield BesideAnswers(as_text(found), sheet=title)


def _loose(grid: Grid, coded: CodedSheet | None, cell: Cell) -> Loose:
    row, column = (str(cell[0]), str(cell[1])) if coded is None else coded.key(cell)
    reading = grid.at(cell)
    is_formula = not _FORMULAS.isdisjoint(reading.codes)
    reference = f"{column_letters(cell[1])}{cell[0]}"
    return Loose(reference, row, column, _shown(grid, cell)[:_LONGEST], is_formula)


def _shown(grid: Grid, cell: Cell) -> str:
    """Return what a cell shows; a sign for printed words that are all struck."""
    reading = grid.at(cell)
    return reading.text or (UNKNOWN_SIGN if STRUCK in reading.oddities else "")
