"""All that a returned workbook says, read in a limited child process. No form is known here.

Each answer cell is looked for twice: by its defined name and by the code of its line. The
two readings are compared when the form is known, in ``agreement``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from intake.formats.excel.anchors import LISTS_SHEET, META_SHEET, STAMP_NAME, TALLY_SHEET
from intake.formats.excel.read import carriers
from intake.formats.excel.read.book import Cell, Name, WorkbookParts, column_letters, open_book
from intake.formats.excel.read.cell_text import CellText
from intake.formats.excel.read.coded import CodedSheet, coded_sheet
from intake.formats.office.package_date import package_date
from intake.formats.excel.read.grid import HIDDEN, Grid, read_grid
from intake.formats.office.zip_guard import Package, open_package
from intake.model.errors import UnreadableFile, over_limit
from intake.model.finding import Finding, Location
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.submission import FieldKind, FileFormat, FoundField, Inspection, Rung

_COMMENTS = re.compile(r"xl/(?:threaded)?comments", re.IGNORECASE)
_COMMENT = re.compile(rb"<(?:\w+:)?(?:threadedC|c)omment[\s>]")
_HIDDEN = (META_SHEET, LISTS_SHEET, TALLY_SHEET)
_MAX_FIELDS = 40_000


@dataclass(frozen=True, slots=True)
class _Seen:
    """A workbook read cell by cell."""

    grids: Mapping[str, Grid]
    names: tuple[Name, ...]
    coded: Mapping[str, CodedSheet]


def inspect(content: bytes) -> Inspection:
    """Return all that the file says. Raises UnreadableFile, never returns part of a form."""
    package = open_package(content)
    if package.active:
        raise UnreadableFile(FindingCode.FILE_UNSAFE)
    book = open_book(package)
    seen = _read(package, book)
    fields = (*_named_fields(seen), *_coded_fields(seen))
    stamp = next((f.text for f in fields if f.address == STAMP_NAME), "")
    claims = carriers.claims(package, seen.grids.values(), stamp)
    if not fields and not claims:
        fields = tuple(islice(_bare_fields(seen), _MAX_FIELDS))
    if len(fields) > _MAX_FIELDS:
        raise over_limit("cells")
    return Inspection(
        format=FileFormat.EXCEL,
        claims=claims,
        fields=fields,
        findings=tuple(_findings(package, seen)),
        program=carriers.program_family(package),
        written=package_date(package),
    )


def _read(package: Package, book: WorkbookParts) -> _Seen:
    grids: dict[str, Grid] = {}
    for sheet in book.sheets:
        root = package.xml(sheet.part)
        if root is not None:
            grids.setdefault(sheet.title, read_grid(sheet.title, root, book))
    by_sheet: dict[str, set[Cell]] = {}
    for name in book.names:
        if name.cell is not None:
            by_sheet.setdefault(name.sheet, set()).add(name.cell)
    found = {
        title: coded_sheet(grid, by_sheet.get(title, set()))
        for title, grid in grids.items()
        if title not in _HIDDEN
    }
    coded = {title: sheet for title, sheet in found.items() if sheet is not None}
    return _Seen(grids, book.names, coded)


def _named_fields(seen: _Seen) -> Iterator[FoundField]:
    """Yield the cells that have a name; names of a copied sheet come after the others."""
    for name in sorted(seen.names, key=lambda name: name.is_local):
        if name.cell is not None and name.sheet in seen.grids:
            yield _field(seen, name.name, (name.sheet, name.cell), Rung.FIELD)


def _coded_fields(seen: _Seen) -> Iterator[FoundField]:
    for title, sheet in seen.coded.items():
        for coded in sheet.cells:
            yield _field(seen, coded.code, (title, coded.cell), Rung.CODE_ROW)


def _bare_fields(seen: _Seen) -> Iterator[FoundField]:
    """Yield the cells of a workbook without any name or code: another's, never a form of ours."""
    for title, grid in seen.grids.items():
        for cell in sorted(grid.cells):
            if grid.at(cell).text.strip():
                address = f"{title}!{column_letters(cell[1])}{cell[0]}"
                yield _field(seen, address, (title, cell), Rung.PRINTED_TEXT)


def _field(seen: _Seen, address: str, place: tuple[str, Cell], rung: Rung) -> FoundField:
    title, cell = place
    grid = seen.grids[title]
    reading = grid.at(cell)
    if (first := grid.merged_into(cell)) != cell:
        reading = replace(_left(seen, grid, first), codes=(FindingCode.CELL_MERGED,))
    return FoundField(
        address=address,
        text=reading.text,
        kind=FieldKind.TEXT,
        rung=rung,
        location=_location(grid, cell),
        date=reading.date,
        time=reading.time,
        findings=tuple(_of_reading(reading)),
    )


def _of_reading(reading: CellText) -> Iterator[Finding]:
    """Yield what was noticed about one cell."""
    yield from (finding_of(code) for code in reading.codes)
    for oddity in sorted(reading.oddities - {HIDDEN}):
        yield finding_of(FindingCode.ANSWER_UNSURE, {"kind": oddity})
    if HIDDEN in reading.oddities:
        yield finding_of(FindingCode.TEXT_HIDDEN)


def _left(seen: _Seen, grid: Grid, first: Cell) -> CellText:
    """Return what a merge left of a cell's answer: the text of the merge's first cell.

    Where that cell is in a column of the form, it is a question or another answer.
    """
    sheet = seen.coded.get(grid.title)
    is_own = sheet is not None and first[1] not in sheet.columns
    return grid.at(first) if is_own else CellText("")


def _findings(package: Package, seen: _Seen) -> Iterator[Finding]:
    """Yield what was written outside the answer cells: counted, never read."""
    beside = list(_beside(seen))
    far = sum(grid.far for grid in seen.grids.values())
    comments = sum(len(_COMMENT.findall(package.part(n) or b"")) for n in _commented(package))
    if package.has_links:
        yield finding_of(FindingCode.FILE_LINKED)
    if count := len(beside) + far + comments:
        first = beside[0] if beside else None
        yield finding_of(FindingCode.TEXT_ELSEWHERE, {"count": str(count)}, location=first)


def _commented(package: Package) -> list[str]:
    """Return the parts that hold comments on cells."""
    return sorted(name for name in package.names if _COMMENTS.match(name))


def _beside(seen: _Seen) -> Iterator[Location]:
    """Yield where something is written outside the form's tables, or on sheets added to it."""
    for title, grid in seen.grids.items():
        if title in seen.coded:
            yield from _locations(grid, seen.coded[title].beside)
        elif title not in _HIDDEN and not carriers.shown_stamps(grid):
            yield from _locations(grid, sorted(grid.cells))


def _locations(grid: Grid, cells: Iterable[Cell]) -> Iterator[Location]:
    return (_location(grid, cell) for cell in cells if grid.at(cell).text.strip())


def _location(grid: Grid, cell: Cell) -> Location:
    return Location(sheet=grid.title, cell=f"{column_letters(cell[1])}{cell[0]}")
