"""What a workbook holds beside its cells: drawings, comments, heads and feet of pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from intake.formats.excel.read.book import SheetPart, column_letters
from intake.formats.excel.read.grid import Grid
from intake.formats.office.zip_guard import Package
from intake.model.finding import Finding, Location
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.stamp import find_stamp

_SHEET_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_ANCHORS = frozenset(
    _SHEET_DRAWING + name for name in ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
)
_COMMENTS = re.compile(r"xl/(?:threaded)?comments", re.IGNORECASE)
_COMMENT = re.compile(rb"<(?:\w+:)?(?:threadedC|c)omment[\s>]")
_OLD_SHAPE = re.compile(rb"ObjectType\s*=\s*[\"'](\w+)[\"']")
_NOTE = b"note"
"""The shape in which older programs show a comment: counted as such."""
_SHEETS = frozenset({"worksheet", "chartsheet", "dialogsheet"})
_ORDERS = re.compile(r'&[LCR][\w ,-]+"|&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d{1,3}|[A-Za-z+-])')
"""What says how a head looks; the first kind is an order for a font, as Gnumeric cuts it."""
_PAGES = re.compile(r"\b(?:page|pages|seite|sur|de|of|von|8)\b|[^\w]|_", re.IGNORECASE)
"""What numbers a page; ``8`` is the size that a program leaves of an order it drops."""


def comments(package: Package) -> int:
    """Return how many comments stand on cells."""
    named = {name for name in package.names if _COMMENTS.match(name)}
    typed = {n for n, kind in package.content_types.items() if "comments" in kind.lower()}
    parts = (package.part(name) or b"" for name in sorted(named | typed))
    return sum(len(_COMMENT.findall(part)) for part in parts)


def drawings(package: Package, sheets: Iterable[SheetPart]) -> Iterator[Location]:
    """Yield where text boxes, pictures, charts and other shapes stand; what they say is unread."""
    for sheet in sheets:
        if "chartsheet" in package.content_types.get(sheet.part, "").lower():
            yield Location(sheet=sheet.title)
            continue
        for relation in package.relations(sheet.part).values():
            match relation.kind:
                case "drawing":
                    yield from _anchored(package, relation.target, sheet.title)
                case "vmlDrawing":
                    shapes = _OLD_SHAPE.findall(package.part(relation.target) or b"")
                    others = [shape for shape in shapes if shape.lower() != _NOTE]
                    yield from (Location(sheet=sheet.title) for _ in others)
                case "image":
                    yield Location(sheet=sheet.title)
                case _:
                    pass


def _anchored(package: Package, part: str, title: str) -> Iterator[Location]:
    root = package.xml(part)
    for anchor in () if root is None else root:
        if anchor.tag in _ANCHORS:
            yield Location(sheet=title, cell=_corner(anchor.find(f"{_SHEET_DRAWING}from")))


def _corner(start: object) -> str | None:
    """Return the cell under the upper left corner of a shape, None where it names none."""
    found = getattr(start, "findtext", lambda _: None)
    column, row = found(f"{_SHEET_DRAWING}col"), found(f"{_SHEET_DRAWING}row")
    if not (column and row and column.strip().isdecimal() and row.strip().isdecimal()):
        return None
    return f"{column_letters(int(column) + 1)}{int(row) + 1}"


def heads(grids: Iterable[Grid]) -> Iterator[Finding]:
    """Yield one remark about words at the head or foot of pages that number no page."""
    found: dict[str, str] = {}
    for grid in grids:
        for text in (*grid.heads, *grid.footers):
            words = _own_words(text)
            if words:
                found.setdefault(words, grid.title)
    if found:
        first = Location(sheet=next(iter(found.values())))
        context = {"count": str(len(found)), "kind": "heads"}
        yield finding_of(FindingCode.TEXT_ELSEWHERE, context, location=first)


def _own_words(text: str) -> str:
    """Return what a head or foot says beside the stamp and the number of the page."""
    bare = _ORDERS.sub(" ", text.replace("&&", "\x00")).replace("\x00", "&")
    stamp = find_stamp(bare)
    if stamp is not None:
        bare = " ".join(bare.split()).replace(stamp.text, " ")
    return _PAGES.sub("", bare)
