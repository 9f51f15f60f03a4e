"""One table of the dataset, as texts; how it is written is the writers' work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from intake.exports.tables.record_view import RecordView

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One file of the dataset: its header and its rows of text cells."""

    name: str
    header: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class RecordTable:
    """One file of the dataset that is made of rows of records: its header, how to make them."""

    name: str
    header: Row
    rows_of: Callable[[RecordView], Iterable[Row]]

    def rows(self, record: RecordView) -> Iterator[Row]:
        """Yield a record's rows. Raises ValueError when one is not as wide as the header."""
        return _as_wide(self.name, self.header, self.rows_of(record))


def table(name: str, header: Iterable[str], rows: Iterable[Iterable[str]]) -> Table:
    """Return a table of texts. Raises ValueError when a row is not as wide as the header."""
    columns = tuple(header)
    return Table(name, columns, tuple(_as_wide(name, columns, map(tuple, rows))))


def _as_wide(name: str, header: Row, rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"a row of {name} is not as wide as its header")
        yield row
