"""``excel``: one workbook, a row a patient on the first sheet, the codebook on the second.

Then a sheet for each repeating group. Choices stand in words, numbers are numbers, every text is a
text: none is run as a formula. Rows are written as they come; the same rows give the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from intake.exports.tables.fields import Field, FileFields
from intake.exports.writers.excel_cells import cell_of, text_of
from intake.exports.writers.lost import Lost
from intake.exports.writers.written_dataset import CODEBOOK, WrittenDataset
from intake.words.catalogue import Words, words_of

NAME = "dataset.xlsx"
_MOST_ROWS, _MOST_IN_NAME = 1_048_576, 31
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_FIXED = (1980, 1, 1, 0, 0, 0)
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_WIDTH = 18


def write(source: WrittenDataset, folder: Path, lost: Lost) -> Iterator[str]:
    """Write the workbook and yield its name. Raises OSError."""
    book = Workbook(write_only=True)
    book.properties.creator = "crf-intake"
    patients, *groups = source.wide
    words, used = Words(source.language), set[str]()
    first = {patients.file: "dataset.sheet.records", CODEBOOK: "dataset.sheet.codebook"}
    for file in (patients, source.file(CODEBOOK), *groups):
        key = first.get(file.file)
        title = words.text(key) if key else words_of(source.language).local(file.title)
        _fill(book.create_sheet(_sheet_name(title, used)), source, file, lost)
    for name in ("values.csv", "findings.csv"):
        lost.note(name, "", "the whole file", "not in the workbook: ask for csv", 0)
    beside = folder / f".{NAME}.tmp"
    try:
        book.save(beside)
        _repack(beside, folder / NAME)
    finally:
        beside.unlink(missing_ok=True)
    yield NAME


def _fill(sheet: Worksheet, source: WrittenDataset, file: FileFields, lost: Lost) -> None:
    """Write the rows of one sheet under its frozen head."""
    sheet.freeze_panes = "B2"
    last = get_column_letter(len(file.fields))
    for number in range(1, len(file.fields) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
    sheet.append([_head(sheet, source, file, field) for field in file.fields])
    cells = [cell_of(sheet, file.file, field, source, lost) for field in file.fields]
    count = 1
    for row in source.rows(file.file):
        if count == _MOST_ROWS:
            lost.note(file.file, "", "more rows than a sheet holds", "left out: ask for csv")
            continue
        sheet.append([make(text) for make, text in zip(cells, row, strict=True)])
        count += 1
    sheet.auto_filter.ref = f"A1:{last}{count}"


def _head(sheet: Worksheet, source: WrittenDataset, file: FileFields, field: Field) -> Cell:
    """Return a heading: the words of a column, and its name, which no other column has."""
    label = source.label(field)
    told = label if file.file == CODEBOOK else f"{label} [{field.name}]"
    cell = text_of(sheet, told)
    cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top", wrap_text=True)
    return cell


def _sheet_name(title: str, used: set[str]) -> str:
    """Return a name that a sheet may have and that no other one has, whatever the capitals."""
    short = _NO_SHEET_NAME.sub(" ", title).strip()[:_MOST_IN_NAME] or "-"
    name, number = short, 1
    while name.casefold() in used:
        number += 1
        name = f"{short[: _MOST_IN_NAME - len(str(number)) - 1]} {number}"
    used.add(name.casefold())
    return name


def _repack(source: Path, target: Path) -> None:
    """Copy a workbook without the moment at which it was made."""
    with zipfile.ZipFile(source) as made, zipfile.ZipFile(target, "w") as fixed:
        for entry in made.infolist():
            info = zipfile.ZipInfo(entry.filename, _FIXED)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            with made.open(entry) as old, fixed.open(info, "w", force_zip64=True) as new:
                if entry.filename == "docProps/core.xml":
                    new.write(_MOMENT.sub(rb"\g<1>1980-01-01T00:00:00Z", old.read()))
                else:
                    while piece := old.read(1 << 20):
                        new.write(piece)
