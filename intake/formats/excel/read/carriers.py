"""Where a workbook says which form it is: cells, footers, hidden sheet, property; and who saved it.

Every carrier is a claim. Comparing claims with what is published is the pipeline's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from intake.formats.excel.anchors import META_SHEET
from intake.formats.excel.read.grid import Grid
from intake.formats.office.zip_guard import Package
from intake.model.stamp import FormStamp, find_stamp
from intake.model.submission import StampClaim

_TOP = 6
"""Rows in which a sheet shows its stamp."""
_FOOTER_ORDERS = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d{1,3}|[A-Za-z])')
_PROPERTY_LIMIT = 100_000
_FAMILIES = (
    ("microsoft excel", "microsoft"),
    ("libreoffice", "libreoffice"),
    ("openoffice", "openoffice"),
    ("onlyoffice", "onlyoffice"),
    ("gnumeric", "gnumeric"),
    ("sheetjs", "sheetjs"),
    ("wps", "wps"),
    ("numbers", "apple"),
)


def claims(package: Package, grids: Iterable[Grid], named: str) -> tuple[StampClaim, ...]:
    """Return the stamps of all carriers, each stamp once per carrier.

    ``named`` is the text of the cell that has the stamp's name.
    """
    found: dict[StampClaim, None] = {}
    for carrier, text in _texts(package, list(grids), named):
        stamp = find_stamp(text)
        if stamp is not None:
            found[StampClaim(carrier, stamp)] = None
    return tuple(found)


def shown_stamps(grid: Grid) -> tuple[FormStamp, ...]:
    """Return the stamps shown at the top of a sheet."""
    stamps = (find_stamp(text) for text in _top_texts(grid))
    return tuple(dict.fromkeys(stamp for stamp in stamps if stamp is not None))


def program_family(package: Package) -> str:
    """Return the family of the program that saved the file, empty when unknown."""
    root = package.xml(package.of_kind("extended-properties"))
    named = [] if root is None else [e.text or "" for e in root if _local(e.tag) == "Application"]
    program = named[0].lower()[:200] if named else ""
    return next((family for word, family in _FAMILIES if word in program), "")


def _texts(package: Package, grids: list[Grid], named: str) -> Iterator[tuple[str, str]]:
    yield "field", named
    for grid in grids:
        if grid.title == META_SHEET:
            yield from (("metadata", reading.text) for reading in grid.cells.values())
            continue
        yield from (("sheet", text) for text in _top_texts(grid))
        for footer in grid.footers:
            yield (
                "footer",
                _FOOTER_ORDERS.sub("", footer.replace("&&", "\x00")).replace("\x00", "&"),
            )
    root = package.xml(package.of_kind("custom-properties"))
    for entry in () if root is None else root.iter():
        yield "metadata", (entry.text or "")[:_PROPERTY_LIMIT]


def _top_texts(grid: Grid) -> list[str]:
    return [reading.text for cell, reading in grid.cells.items() if cell[0] <= _TOP]


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]
