"""Count, on a sheet nobody looks at, which answers are expected and which of them are there.

One cell for each answer that may be expected: 0 while it is not, 1 when it is, 2 when it is
given. The first sheet adds them up. No result is stored: the program that opens the form
computes it. Returned forms are read without this sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from intake.formats.excel.anchors import TALLY_SHEET
from intake.formats.excel.write.conditions import ALWAYS, Conditions
from intake.formats.excel.write.lines import Table
from intake.formats.excel.write.table.sheet import Book
from intake.model.address import Place, item_places
from intake.model.definition import Item

_BEGUN, _FIRST = 1, 2
"""Columns of this sheet: whether a group's row is begun; the first answer."""


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet of the form: its letter and title, its name, what it expects and holds."""

    letter: str
    title: str
    sheet: str
    expected: str
    """Formula; so is the next."""
    answered: str


class Tally:
    """Writes the counting cells of one form, a line a sheet or a row of a group."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        """Keep the form, whose tables are drawn, and the sheet to count on."""
        self._book = book
        self._sheet = sheet
        self._conditions = Conditions(book.definition, book.words)
        self._row = 0

    def part(self, table: Table, title: str) -> Part:
        """Count the answers of one table; ``title`` is what the list of sheets calls it."""
        first, last = self._row + 1, _FIRST
        for row in table.rows or (None,):
            self._row += 1
            found = [tuple(item_places(item, row)) for item in _asked(table)]
            if row is not None:
                self._write(_BEGUN, self._begun(table, row))
            for last, places in enumerate(found, start=_FIRST):
                self._write(last, self._formula(places))
        ends = f"${get_column_letter(_FIRST)}${first}:${get_column_letter(last)}${self._row}"
        cells = f"{TALLY_SHEET}!{ends}"
        sheet, _ = self._book.cells[table.lines[-1].places[0].address]
        counts = f'COUNTIF({cells},">0")', f"COUNTIF({cells},2)"
        return Part(table.section.letter, title, sheet, *counts)

    def _formula(self, places: tuple[Place, ...]) -> str:
        item, row = places[0].item, places[0].row
        tests = [f"${get_column_letter(_BEGUN)}{self._row}"] if row is not None else []
        for source in dict.fromkeys((item.relevant, item.required)):
            said = self._conditions.formula(source, item.group, self._cell, row)
            tests += [said] if said and said != ALWAYS else []
        cell = self._cell(places[0])
        given = f"LEN(TRIM({cell}))>0"
        if places[0].option is not None:
            given = f"COUNTA({cell}:{self._book.cells[places[-1].address][1]})>0"
        if not tests:
            return f"1+({given})"
        wanted = tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"
        return f"IF({wanted},1+({given}),0)"

    def _begun(self, table: Table, row: int) -> str:
        """Return the formula that is true once something is written in a group's row."""
        cells = [self._book.cells[place.address] for place in _places(table, row)]
        printed = sum(bool(line.printed) for line in table.lines)
        return f"COUNTA({_quoted(cells[0][0])}!{cells[0][1]}:{cells[-1][1]})>{printed}"

    def _cell(self, place: Place) -> str:
        sheet, cell = self._book.cells[place.address]
        return f"{_quoted(sheet)}!{cell}"

    def _write(self, column: int, formula: str) -> None:
        self._sheet.cell(self._row, column).value = f"={formula}"


def _asked(table: Table) -> Iterable[Item]:
    """Return the items of a table that may be expected, but not the one that is printed."""
    asked = {line.item.name: line.item for line in table.lines if not line.printed}
    return [item for item in asked.values() if item.required is not None]


def _places(table: Table, row: int) -> Iterator[Place]:
    for line in table.lines:
        yield from (place for place in line.places if place.row == row)


def _quoted(sheet: str) -> str:
    """Return a sheet's name as a formula writes it."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"
