"""``lost-on-the-way.csv``: what a format cannot hold as it is, and what stands there instead.

One line a column, or a column and what it became: counts, never an answer.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from intake.exports.tables.table import table
from intake.exports.writers.csv import EXACT, csv_bytes
from intake.model.file.export_format import LOST

_COLUMNS = ("file", "column", "what", "instead", "cells")


@dataclass(slots=True)
class Lost:
    """Collects what is lost while files are written."""

    _noted: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)

    def note(self, file: str, column: str, what: str, instead: str, cells: int = 1) -> None:
        """Note a loss; the same one again is counted."""
        self._noted[file, column, what, instead] += cells

    @property
    def content(self) -> bytes:
        """Return the file: its header alone when nothing was lost."""
        rows = ((*place, str(count or "")) for place, count in self._noted.items())
        return csv_bytes(table(LOST, _COLUMNS, rows), EXACT)
