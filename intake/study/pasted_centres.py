"""A table of centres as it is pasted from Excel, LibreOffice or a message.

Pure: text to lines. Whether the centres are right is in ``centres``; nothing is guessed here
but where the columns end and which row is the heading.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

from intake.study.centre_file import COLUMNS, CentreRow, centre_row
from intake.words.spelling import fold
from intake.words.word_lists import column_names

FIRST_LINE = 2
"""Of ``centres.csv``: its first is the heading."""
_UNSEEN = re.compile("[\x00\ufeff\u200b\u200c\u200d\u2060]")
_MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Pasted:
    """The lines of a pasted table, numbered as in the file they will be, and what has no place."""

    rows: tuple[CentreRow, ...]
    left_out: tuple[str, ...] = ()
    """Headings of columns that a list of centres has not; their cells are not taken."""
    twice: tuple[str, ...] = ()
    """Columns named more than once; only the first is taken."""
    has_heading: bool = False


def read_pasted(text: str) -> Pasted:
    """Return the lines of a pasted text: columns by their heading, else in the usual order."""
    table = _trimmed(_split(_UNSEEN.sub("", text)))
    if not table:
        return Pasted(())
    names = _heading(table[0])
    if names is None:
        return Pasted(_rows(table, COLUMNS))
    known = [name for name in names if name in COLUMNS]
    columns = [name if name in COLUMNS else "" for name in names]
    first = [name if name not in columns[:place] else "" for place, name in enumerate(columns)]
    return Pasted(
        _rows(table[1:], first),
        tuple(name for name in names if name and name not in COLUMNS),
        tuple(dict.fromkeys(name for name in known if known.count(name) > 1)),
        has_heading=True,
    )


def _rows(table: list[list[str]], columns: tuple[str, ...] | list[str]) -> tuple[CentreRow, ...]:
    return tuple(
        centre_row(line, cells, columns) for line, cells in enumerate(table, start=FIRST_LINE)
    )


def _split(text: str) -> list[list[str]]:
    """Return the cells; quotes that do not close are part of what was written."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    first = next((line for line in lines.split("\n") if line.strip()), "")
    separator = "\t" if "\t" in lines else max(";,", key=first.count)
    try:
        return list(csv.reader(io.StringIO(lines, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return [line.split(separator) for line in lines.split("\n")]


def _trimmed(table: list[list[str]]) -> list[list[str]]:
    """Leave out what is empty: rows, and the columns at the end that a selection also took."""
    filled = [row for row in table if any(cell.strip() for cell in row)]
    width = max((n for row in filled for n, cell in enumerate(row, 1) if cell.strip()), default=0)
    return [row[: min(width, _MOST_COLUMNS)] for row in filled]


def _heading(cells: list[str]) -> list[str] | None:
    """Return the columns that a first row names, others as they are written; None for a centre."""
    known = column_names()
    written = [" ".join(cell.split()) for cell in cells]
    names = [known.get(fold(cell).strip(" :*."), cell) for cell in written]
    filled = [name for name in names if name]
    recognised = sum(name in COLUMNS for name in filled)
    return names if 2 * recognised >= max(2, len(filled)) else None
