"""``csv-fr``: files that a French spreadsheet opens by a double click, without changing them.

Semicolons, a byte order mark, decimal commas. A text that a spreadsheet would run as a formula, or
would read as a number or a date that it is not, carries an apostrophe before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from intake.exports.tables.fields import Field, FileFields
from intake.exports.tables.table import Row
from intake.exports.writers.lost import Lost
from intake.exports.writers.written_dataset import VALUES, WrittenDataset

_MUST_QUOTE = re.compile(r'[";\r\n]|^\s|\s$')
_NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?")
_FORMULA = re.compile(r"\s*[=+\-@\t\r|]")
_READ_OTHERWISE = re.compile(
    r"""\s*(?:
    [\d\s.,:/-]+%?                      # other digits: 2019-03, 1/2, 08:05, 007
    | \d+[.,]?\d*e[+-]?\d+              # 12e4
    | \d*[\s./-]*(?:jan|f[eé]v|feb|mar|avr|apr|mai|may|jui|jun|jul|ao[uû]|aug|sep|oct|nov|d[eé]c)
      [a-zéû]*\.?[\s./-]*\d*            # mars 3
    | vrai|faux|true|false
    )\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_READ_ALIKE = re.compile(r"0|[1-9]\d{0,14}|(?:19[1-9]\d|2\d{3})-\d{2}-\d{2}|\d+\.\.\d+")
"""Short whole numbers and whole dates: read as such, they say the same."""
_TYPED = frozenset({"integer", "number", "date", "time"})

Cell = Callable[[str], str]


def write(source: WrittenDataset, folder: Path, lost: Lost) -> Iterator[str]:
    """Write each file of the dataset and yield its name. Raises OSError."""
    for file in source.files:
        with (folder / file.file).open("w", encoding="utf-8-sig", newline="") as stream:
            stream.write(_line(tuple(field.name for field in file.fields)))
            stream.writelines(map(_line, _rows(source, file, lost)))
        yield file.file


def _rows(source: WrittenDataset, file: FileFields, lost: Lost) -> Iterator[Row]:
    writers = [_writer(file.file, field, lost) for field in file.fields]
    value_at = _value_column(file)
    for row in source.rows(file.file):
        cells = [write(cell) for write, cell in zip(writers, row, strict=True)]
        if value_at is not None and _NUMBER.fullmatch(row[value_at]):
            cells[value_at] = row[value_at].replace(".", ",")
        yield tuple(cells)


def _value_column(file: FileFields) -> int | None:
    """Return the column that holds numbers among texts."""
    names = [field.name for field in file.fields]
    return names.index("value") if file.file == VALUES else None


def _writer(file: str, field: Field, lost: Lost) -> Cell:
    """Return what writes the cells of one column."""
    if field.type in _TYPED:
        return _number if field.type == "number" else _as_it_is
    is_value = (file, field.name) == (VALUES, "value")

    def write(cell: str) -> str:
        if not cell or (is_value and _NUMBER.fullmatch(cell)) or not _would_change(cell):
            return cell
        lost.note(file, field.name, "a spreadsheet would change it", "an apostrophe before it")
        return "'" + cell

    return write


def _would_change(cell: str) -> bool:
    """Say whether a spreadsheet would show a text otherwise than it is."""
    looks_other = _READ_OTHERWISE.fullmatch(cell) and not _READ_ALIKE.fullmatch(cell)
    return bool(_FORMULA.match(cell) or looks_other)


def _number(cell: str) -> str:
    return cell.replace(".", ",")


def _as_it_is(cell: str) -> str:
    return cell


def _line(row: Row) -> str:
    return ";".join(map(_quoted, row)) + "\r\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _MUST_QUOTE.search(cell) else cell
