r"""CSV bytes: RFC 4180 quoting, UTF-8, one line feed per line, the same bytes every time.

Cells are written exactly as given. The two options are for people who open the files in
a spreadsheet: a byte order mark, and an apostrophe before texts that a spreadsheet would
run as a formula (which changes the text, so it is never the default).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake.exports.tables.table import Row, Table

_MUST_QUOTE = re.compile(r'[",\r\n]|^\s|\s$')
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:\.\.-?\d+)?")


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """How CSV files are written."""

    byte_order_mark: bool = False
    safe_for_spreadsheets: bool = False


EXACT = CsvStyle()
"""No byte order mark, every text exactly as it is."""


def csv_bytes(table: Table, style: CsvStyle) -> bytes:
    """Return the file of a table."""
    return head_bytes(table.header, style) + row_bytes(table.rows, style)


def head_bytes(header: Row, style: CsvStyle) -> bytes:
    """Return what a file begins with: the names of its columns."""
    mark = "\N{BYTE ORDER MARK}" if style.byte_order_mark else ""
    return _encoded(mark + _line(header))


def row_bytes(rows: Iterable[Row], style: CsvStyle) -> bytes:
    """Return the lines of some rows."""
    if style.safe_for_spreadsheets:
        rows = (tuple(map(_defused, row)) for row in rows)
    return _encoded("".join(map(_line, rows)))


def _encoded(text: str) -> bytes:
    """Return a text in UTF-8; an unpaired surrogate, of no encoding, as its escape."""
    return text.encode("utf-8", "backslashreplace")


def _line(cells: Sequence[str]) -> str:
    only_empty = len(cells) == 1 and not cells[0]
    return ",".join(_quoted(cell, force=only_empty) for cell in cells) + "\n"


def _quoted(cell: str, *, force: bool = False) -> str:
    if force or _MUST_QUOTE.search(cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _defused(cell: str) -> str:
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell
