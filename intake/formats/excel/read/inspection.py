"""All that a returned workbook says, read in a limited child process. No form is known here.

Each answer cell is looked for twice: by its defined name and by the code of its line. The
two readings are compared when the form is known, in ``agreement``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from intake.formats.excel.anchors import COLOURED, HIDDEN_SHEETS, STAMP_NAME
from intake.formats.excel.read import attached, carriers
from intake.formats.excel.read.book import Cell, Name, WorkbookParts, column_letters, open_book
from intake.formats.excel.read.cell_text import CellText
from intake.formats.excel.read.coded import CodedSheet, coded_sheet
from intake.formats.excel.read.elsewhere import elsewhere
from intake.formats.excel.read.grid import HIDDEN, Grid, read_grid
from intake.formats.office.package_date import package_date
from intake.formats.office.zip_guard import Package, open_package
from intake.model.errors import UnreadableFile, over_limit
from intake.model.finding import Finding, Location
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.submission import FieldKind, FileFormat, FoundField, Inspection, Rung

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
        findings=tuple(_findings(package, book, seen)),
        beside=tuple(elsewhere(seen.grids, seen.coded, _named_cells(seen))),
        program=carriers.program_family(package),
        written=package_date(package),
    )


def _read(package: Package, book: WorkbookParts) -> _Seen:
    grids: dict[str, Grid] = {}
    for sheet in book.sheets:
        root = package.xml(sheet.part)
        if root is not None:
            grids.setdefault(sheet.title, read_grid(sheet.title, root, book))
    found = {
        title: coded_sheet(grid) for title, grid in grids.items() if title not in HIDDEN_SHEETS
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


def _named_cells(seen: _Seen) -> set[tuple[str, Cell]]:
    return {(name.sheet, name.cell) for name in seen.names if name.cell is not None}


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
        findings=(*_of_reading(reading), *_of_colour(seen, title, cell)),
    )


def _of_reading(reading: CellText) -> Iterator[Finding]:
    """Yield what was noticed about one cell."""
    yield from (finding_of(code) for code in reading.codes)
    for oddity in sorted(reading.oddities - {HIDDEN}):
        yield finding_of(FindingCode.ANSWER_UNSURE, {"kind": oddity})
    if HIDDEN in reading.oddities:
        yield finding_of(FindingCode.TEXT_HIDDEN)


def _of_colour(seen: _Seen, title: str, cell: Cell) -> Iterator[Finding]:
    """Yield that an empty cell, or the label of its line, is set apart as if it were ticked."""
    grid, coded = seen.grids[title], seen.coded.get(title)
    labels = [] if coded is None or not coded.is_first_answer(cell) else coded.labels(cell[0])
    is_marked = cell in grid.marked or any(label in grid.stressed for label in labels)
    if is_marked and not grid.at(cell).text.strip():
        yield finding_of(FindingCode.ANSWER_UNSURE, {"kind": COLOURED})


def _left(seen: _Seen, grid: Grid, first: Cell) -> CellText:
    """Return what a merge left of a cell's answer: the text of the merge's first cell.

    Where that cell is in a column of the form, it is a question or another answer.
    """
    sheet = seen.coded.get(grid.title)
    is_own = sheet is not None and first[1] not in sheet.columns
    return grid.at(first) if is_own else CellText("")


def _findings(package: Package, book: WorkbookParts, seen: _Seen) -> Iterator[Finding]:
    """Yield what stands beside the cells: counted with its place, never read."""
    if package.has_links:
        yield finding_of(FindingCode.FILE_LINKED)
    far = [grid for grid in seen.grids.values() if grid.far]
    comments = attached.comments(package)
    if count := comments + sum(grid.far for grid in far):
        where = Location(sheet=far[0].title) if far and not comments else None
        kind = {"kind": "comments"} if comments else {}
        context = {"count": str(count), **kind}
        yield finding_of(FindingCode.TEXT_ELSEWHERE, context, location=where)
    drawn = list(attached.drawings(package, book.sheets))
    if drawn:
        context = {"count": str(len(drawn)), "kind": "drawings"}
        yield finding_of(FindingCode.FIELD_UNKNOWN, context, location=drawn[0])
    yield from attached.heads(seen.grids.values())


def _location(grid: Grid, cell: Cell) -> Location:
    return Location(sheet=grid.title, cell=f"{column_letters(cell[1])}{cell[0]}")
