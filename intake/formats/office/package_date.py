"""When an office package (Word, Excel, OpenDocument) says that it was last saved.

A part that is missing or damaged gives no date; what is wrong with the file is said elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from intake.formats.office.zip_guard import Package, Relation, open_package
from intake.formats.written import iso_date
from intake.model.errors import UnreadableFile
from intake.model.file.dates import DateSource, Written

_MODIFIED = "{http://purl.org/dc/terms/}modified"
_DATE = "{http://purl.org/dc/elements/1.1/}date"
_PROGRAM = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Application"
_WALL_CLOCKS = ("libreoffice", "openoffice")
"""Programs that write what the clock shows and mark it as universal time."""


def package_date(package: Package) -> Written | None:
    """Return when a Word or Excel package says it was last saved."""
    parts = {relation.kind: relation.target for relation in _relations(package)}
    date = iso_date(_text(package, parts.get("core-properties", ""), _MODIFIED), DateSource.PACKAGE)
    program = _text(package, parts.get("extended-properties", ""), _PROGRAM).lower()
    if date is not None and program.startswith(_WALL_CLOCKS):
        return Written(date.at.replace(tzinfo=None), date.source)
    return date


def open_document_date(content: bytes) -> Written | None:
    """Return when an OpenDocument file says it was last saved; None for any other file."""
    try:
        text = _text(open_package(content), "meta.xml", _DATE)
    except UnreadableFile:
        return None
    return iso_date(text, DateSource.PACKAGE)


def _relations(package: Package) -> Iterable[Relation]:
    try:
        return package.relations().values()
    except UnreadableFile:
        return ()


def _text(package: Package, part: str, name: str) -> str:
    """Return the text of an element of a part; empty where anything is missing or damaged."""
    try:
        root = package.xml(part)
    except UnreadableFile:
        return ""
    return "" if root is None else (root.findtext(f".//{name}") or "")
