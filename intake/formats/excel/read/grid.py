"""The cells of one sheet of a returned workbook: text, oddities, merges, footers.

Cells far out are counted, not kept: a form is small, and a stray cell a million rows down
must cost nothing. The sheet's own word on its size is never asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from intake.formats.excel.read import cell_text
from intake.formats.excel.read.book import Cell, Runs, WorkbookParts, column_number, runs_of, tag
from intake.formats.excel.read.cell_text import CellText
from intake.formats.excel.read.look import Look
from intake.formats.office.lettering import UNKNOWN_SIGN, UNMARKED
from intake.model.finding_codes import FindingCode

MAX_ROW, MAX_COLUMN = 5_000, 200
MAX_MERGES = 2_000
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_EMPTY = CellText("")
_CELL, _FORMULA, _VALUE = tag("c"), tag("f"), tag("v")
STRUCK, HIDDEN, SIGN = "struck", "hidden", "sign"
"""How an answer is set, where that is to be asked about."""


@dataclass(slots=True)
class Grid:
    """One sheet's cells that hold something, by row and column."""

    title: str
    cells: dict[Cell, CellText] = field(default_factory=dict)
    merges: list[tuple[Cell, Cell]] = field(default_factory=list)
    footers: tuple[str, ...] = ()
    far: int = 0
    """Cells with a value beyond the limits."""
    marked: set[Cell] = field(default_factory=set)
    """Empty cells that are coloured or framed as if to mark them."""
    stressed: set[Cell] = field(default_factory=set)
    """Cells with a text that are coloured, framed, bold or underlined."""
    heads: tuple[str, ...] = ()

    def at(self, cell: Cell) -> CellText:
        """Return what a cell says; an empty text where there is nothing."""
        return self.cells.get(cell, _EMPTY)

    def merged_into(self, cell: Cell) -> Cell:
        """Return the first cell of the merge that covers a cell, or the cell itself."""
        for first, last in self.merges:
            if first[0] <= cell[0] <= last[0] and first[1] <= cell[1] <= last[1]:
                return first
        return cell


def read_grid(title: str, root: etree._Element, book: WorkbookParts) -> Grid:
    """Return the cells of a sheet. Raises UnreadableFile when a text is too long."""
    grid = Grid(title, merges=list(_merges(root)))
    grid.footers, grid.heads = tuple(_around(root, "Footer")), tuple(_around(root, "Header"))
    data = root.find(tag("sheetData"))
    row = 0
    for entry in () if data is None else data.iterchildren(tag("row")):
        stated = entry.get("r", "")
        row = int(stated) if stated.isdecimal() and len(stated) < 8 else row + 1
        _read_row(grid, entry, row, book)
    return grid


def _read_row(grid: Grid, entry: etree._Element, row: int, book: WorkbookParts) -> None:
    column = 0
    for cell in entry.iterchildren(_CELL):
        match = _REFERENCE.fullmatch(cell.get("r", ""))
        column = column_number(match[1]) if match else column + 1
        place = (int(match[2]) if match else row, column)
        if len(cell) == 0:
            if book.look(cell.get("s")).is_marked and place[0] <= MAX_ROW:
                grid.marked.add(place)
            continue
        reading = read_cell(cell, book)
        if not reading.text and not reading.codes and not reading.oddities:
            continue
        if place[0] > MAX_ROW or column > MAX_COLUMN:
            grid.far += 1
            continue
        grid.cells[place] = reading
        look = book.look(cell.get("s"))
        if look.is_marked or look.is_stressed:
            grid.stressed.add(place)


def read_cell(cell: etree._Element, book: WorkbookParts) -> CellText:
    """Return what a cell says, its formula aside noticed."""
    formula, stored = _parts(cell)
    kind = cell.get("t", "n")
    if formula is not None and not stored and kind != "str":
        text = cell_text.plain_text(f"={formula.text or ''}")
        return CellText(text, codes=(FindingCode.CELL_FORMULA_EMPTY,))
    reading = _set(_stored(cell, kind, stored, book), book.look(cell.get("s")))
    if formula is None:
        return reading
    return replace(reading, codes=(*reading.codes, FindingCode.CELL_FORMULA))


def _parts(cell: etree._Element) -> tuple[etree._Element | None, str]:
    """Return a cell's formula and its stored value; looked up by hand, there are thousands."""
    formula, stored = None, ""
    for part in cell:
        if part.tag == _VALUE:
            stored = stored or part.text or ""
        elif part.tag == _FORMULA and formula is None:
            formula = part
    return formula, stored


def _stored(cell: etree._Element, kind: str, stored: str, book: WorkbookParts) -> CellText:
    """Return a stored value by the kind that the cell says it is."""
    style = cell.get("s")
    match kind:
        case "s":
            found = _shared(stored, style, book)
        case "inlineStr":
            holder = cell.find(tag("is"))
            found = _EMPTY if holder is None else _text(runs_of(holder, book.theme), style, book)
        case "b":
            is_true = stored.strip() in ("1", "true")
            found = CellText(cell_text.TRUE if is_true else cell_text.FALSE)
        case "d":
            found = cell_text.day(stored, book.shown(style))
        case "n" if stored:
            found = cell_text.number(stored, book.shown(style), from_1904=book.from_1904)
        case "e":
            found = CellText(cell_text.plain_text(stored), codes=(FindingCode.CELL_ERROR,))
        case _:
            found = _text(((stored, None),), style, book)
    return found


def _shared(stored: str, style: str | None, book: WorkbookParts) -> CellText:
    """Return a text of the shared table; an error when the table has no such text."""
    index = int(stored) if stored.isdecimal() else len(book.strings)
    if index < len(book.strings):
        return _text(book.strings[index], style, book)
    return CellText("", codes=(FindingCode.CELL_ERROR,)) if stored else _EMPTY


def _text(runs: Runs, style: str | None, book: WorkbookParts) -> CellText:
    """Return what a reader sees of a text: without what is struck, raised figures as such."""
    own = book.look(style).face
    pieces, oddities = list[str](), set[str]()
    for text, face in runs:
        seen = own if face is None else face
        if seen is UNMARKED and text.isascii():
            pieces.append(text)
            continue
        if seen.struck and text.strip():
            oddities.add(STRUCK)
            continue
        if seen.hidden and text.strip():
            oddities.add(HIDDEN)
        pieces.append(seen.shown(text))
    found = cell_text.shown_text(cell_text.plain_text("".join(pieces)), book.shown(style))
    if UNKNOWN_SIGN in found.text:
        oddities.add(SIGN)
    return replace(found, oddities=frozenset(oddities)) if oddities else found


def _set(reading: CellText, look: Look) -> CellText:
    """Return a number or a date as its cell sets it; a text has been looked at by runs."""
    face = look.face
    if not reading.text or reading.oddities:
        return reading
    if face.struck:
        return CellText("", oddities=frozenset({STRUCK}))
    return replace(reading, oddities=frozenset({HIDDEN})) if face.hidden else reading


def _merges(root: etree._Element) -> Iterator[tuple[Cell, Cell]]:
    for number, entry in enumerate(root.iter(tag("mergeCell"))):
        ends = [_REFERENCE.fullmatch(part) for part in entry.get("ref", "").split(":")]
        if number < MAX_MERGES and len(ends) == 2 and ends[0] and ends[1]:
            first, last = ((int(end[2]), column_number(end[1])) for end in ends if end)
            yield first, last


def _around(root: etree._Element, side: str) -> Iterator[str]:
    """Yield what stands at the head or the foot of a sheet's pages."""
    for kind in ("odd", "even", "first"):
        for entry in root.iter(tag(f"{kind}{side}")):
            yield cell_text.plain_text(entry.text or "")
