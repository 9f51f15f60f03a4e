"""The parts of a returned workbook around its cells: sheets, names, strings, formats.

Everything is read through the package guard; nothing is believed about sizes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from intake.formats.excel.read.look import PLAIN_LOOK, Look, face_of, looks_of
from intake.formats.excel.read.number_format import PLAIN, Shown, shown_by
from intake.formats.office.lettering import Face
from intake.formats.office.theme import theme_colours
from intake.formats.office.zip_guard import Package
from intake.model.errors import UnreadableFile, over_limit
from intake.model.finding_codes import FindingCode

MAX_SHEETS = 100
MAX_NAMES = 20_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>[^'!$]+))!"
    r"\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>\d{1,7})(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?"
)
_BUILT_IN = "_xlnm."
_TRUE = ("1", "true")

Cell = tuple[int, int]
"""Row and column, from 1."""
Runs = tuple[tuple[str, Face | None], ...]
"""A stored text in runs; a run without a face of its own has that of its cell."""


def tag(name: str) -> str:
    """Return a name of the spreadsheet vocabulary as the parser gives it."""
    return _MAIN + name


_TEXT, _RUN = tag("t"), tag("r")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet as the workbook lists it."""

    title: str
    part: str


@dataclass(frozen=True, slots=True)
class Name:
    """One defined name: the cell it stands for, None when that is lost."""

    name: str
    sheet: str = ""
    cell: Cell | None = None
    is_local: bool = False
    """Belongs to one sheet alone, as the names of a copied sheet do."""


@dataclass(frozen=True)
class WorkbookParts:
    """What cells need to be understood, and where to find them."""

    sheets: tuple[SheetPart, ...]
    names: tuple[Name, ...]
    from_1904: bool
    strings: tuple[Runs, ...]
    formats: tuple[Shown, ...] = field(repr=False)
    looks: tuple[Look, ...] = field(repr=False)
    theme: tuple[str, ...] = ()

    def shown(self, style: str | None) -> Shown:
        """Return what a cell's style shows of a number."""
        number = int(style) if style and style.isdecimal() else 0
        return self.formats[number] if number < len(self.formats) else PLAIN

    def look(self, style: str | None) -> Look:
        """Return how a cell's style makes it look."""
        number = int(style) if style and style.isdecimal() else 0
        return self.looks[number] if number < len(self.looks) else PLAIN_LOOK


def open_book(package: Package) -> WorkbookParts:
    """Return the parts of a workbook. Raises UnreadableFile."""
    main = package.main
    root = package.xml(main) if main else None
    if root is None or root.tag != tag("workbook"):
        raise UnreadableFile(FindingCode.FILE_DAMAGED)
    relations = package.relations(main)
    targets = {id_: relation.target for id_, relation in relations.items()}
    kinds = {relation.kind: relation.target for relation in relations.values()}
    theme = theme_colours(package.xml(kinds.get("theme", "")))
    styles = package.xml(kinds.get("styles", ""))
    about = root.find(tag("workbookPr"))
    return WorkbookParts(
        sheets=_sheets(root, targets),
        names=_names(root),
        from_1904=about is not None and about.get("date1904", "").lower() in _TRUE,
        strings=_strings(package.xml(kinds.get("sharedStrings", "")), theme),
        formats=_formats(styles),
        looks=looks_of(styles, theme),
        theme=theme,
    )


def column_number(letters: str) -> int:
    """Return the number of a column, from 1."""
    value = 0
    for letter in letters.upper():
        value = value * 26 + ord(letter) - 64
    return value


def column_letters(number: int) -> str:
    """Return the letters of a column."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def runs_of(holder: etree._Element, theme: tuple[str, ...]) -> Runs:
    """Return the text of a string in runs; what is said only aloud is left out."""
    found: list[tuple[str, Face | None]] = []
    for child in holder:
        if child.tag == _TEXT:
            found.append((child.text or "", None))
        elif child.tag == _RUN:
            font = child.find(tag("rPr"))
            face = None if font is None else face_of(font, "", theme)
            found += [(part.text or "", face) for part in child.iterchildren(_TEXT)]
    return tuple(found)


def _sheets(root: etree._Element, targets: Mapping[str, str]) -> tuple[SheetPart, ...]:
    entries = list(root.iter(tag("sheet")))
    if len(entries) > MAX_SHEETS:
        raise over_limit("sheets")
    found = ((e.get("name", ""), targets.get(e.get(_RELATION_ID, ""), "")) for e in entries)
    return tuple(SheetPart(title, part) for title, part in found if part)


def _names(root: etree._Element) -> tuple[Name, ...]:
    found = []
    for entry in root.iter(tag("definedName")):
        name = entry.get("name", "")
        if not name.startswith(_BUILT_IN):
            is_local = entry.get("localSheetId") is not None
            found.append(_name(name, entry.text or "", is_local=is_local))
        if len(found) > MAX_NAMES:
            raise over_limit("names")
    return tuple(found)


def _name(name: str, reference: str, *, is_local: bool) -> Name:
    match = _CELL.fullmatch(reference.strip().removeprefix("="))
    if match is None:
        return Name(name, is_local=is_local)
    sheet = (match["quoted"] or match["bare"]).replace("''", "'")
    return Name(name, sheet, (int(match["row"]), column_number(match["column"])), is_local)


def _strings(root: etree._Element | None, theme: tuple[str, ...]) -> tuple[Runs, ...]:
    entries = () if root is None else root.iterchildren(tag("si"))
    return tuple(runs_of(entry, theme) for entry in entries)


def _formats(root: etree._Element | None) -> tuple[Shown, ...]:
    if root is None:
        return ()
    codes = {e.get("numFmtId", ""): e.get("formatCode", "") for e in root.iter(tag("numFmt"))}
    styles = root.find(tag("cellXfs"))
    numbers = [] if styles is None else [e.get("numFmtId", "0") for e in styles]
    return tuple(shown_by(int(n) if n.isdecimal() else 0, codes.get(n, "")[:200]) for n in numbers)
