"""``centres.csv`` as a spreadsheet saves it: bytes to rows with their lines.

Semicolons, commas or tabs; UTF-8, UTF-16 or the letters of Windows; Windows or Unix lines.
What a centre may be is in ``centres``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from intake.model.errors import StudyError
from intake.study.saved_text import saved_text
from intake.words.told import told

COLUMNS = (
    "id",
    "letters",
    "hospital",
    "department",
    "specialty",
    "town",
    "contact",
    "email",
    "language",
    "format",
)
_NEEDED = ("id", "letters", "hospital")
_OLDER = {"name": "hospital"}
"""Names that columns had before."""
_SEPARATORS = ";\t,"


@dataclass(frozen=True, slots=True)
class CentreRow:
    """One line of the file: every column has a cell, empty where the file has none."""

    line: int
    cells: Mapping[str, str]
    extra: int = 0
    """How many cells stand beyond the last column and are not empty."""


def centre_rows(content: bytes, source: str) -> tuple[CentreRow, ...]:
    """Return the lines below the heading that are not empty. Raises StudyError."""
    lines = _lines(content, source)
    if not lines:
        raise StudyError(told("setup.centres.empty", source=source, columns=";".join(COLUMNS)))
    (heading_line, heading), *below = lines
    columns = _columns(heading, heading_line, source)
    return tuple(centre_row(line, cells, columns) for line, cells in below)


def centre_row(line: int, cells: Sequence[str], columns: Sequence[str]) -> CentreRow:
    """Return a line's cells by the names of its columns; what nobody named is left out."""
    # A spreadsheet leaves out the empty cells at the end of a line: what lacks is empty.
    written = dict(zip(columns, (" ".join(cell.split()) for cell in cells), strict=False))
    beyond = sum(bool(cell.strip()) for cell in cells[len(columns) :])
    return CentreRow(line, {name: written.get(name, "") for name in COLUMNS}, beyond)


def centre_file(rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return the bytes of ``centres.csv``, with the mark by which Excel knows its letters."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([" ".join(row.get(name, "").split()) for name in COLUMNS] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _lines(content: bytes, source: str) -> list[tuple[int, list[str]]]:
    text = _text(content, source)
    said, _, rest = text.partition("\n")
    skipped = said.strip().lower().startswith("sep=")  # a line for Excel alone
    text = rest if skipped else text
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = next((sign for sign in _SEPARATORS if sign in first), ";")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return [
            (reader.line_num + skipped, row) for row in reader if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise StudyError(
            told(
                "setup.centres.not_read",
                source=source,
                line=str(reader.line_num + skipped),
                problem=str(error),
            )
        ) from None


def _text(content: bytes, source: str) -> str:
    try:
        return saved_text(content)
    except UnicodeDecodeError:
        raise StudyError(told("setup.centres.encoding", source=source)) from None


def _columns(heading: list[str], line: int, source: str) -> tuple[str, ...]:
    written = [name.strip().lower() for name in heading]
    while written and not written[-1]:
        written.pop()
    names = tuple(_OLDER.get(name, name) for name in written)
    absent = [name for name in _NEEDED if name not in names]
    unknown = [name for name in names if name not in COLUMNS]
    if absent or unknown or len(set(names)) < len(names):
        raise StudyError(
            told(
                "setup.centres.columns",
                source=source,
                line=str(line),
                found=", ".join(written),
                columns=", ".join(COLUMNS),
                needed=", ".join(_NEEDED),
            )
        )
    return names
