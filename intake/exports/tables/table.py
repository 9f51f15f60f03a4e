"""One table of the dataset, as texts; how it is written is the writers' work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """One file of the dataset: its header and its rows of text cells."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table(name: str, header: Iterable[str], rows: Iterable[Iterable[str]]) -> Table:
    """Return a table of texts. Raises ValueError when a row is not as wide as the header."""
    columns = tuple(header)
    lines = tuple(tuple(row) for row in rows)
    if any(len(line) != len(columns) for line in lines):
        raise ValueError(f"a row of {name} is not as wide as its header")
    return Table(name, columns, lines)
