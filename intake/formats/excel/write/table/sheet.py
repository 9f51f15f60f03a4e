"""The sheet of one table: its columns, their widths, and how its cells are named.

Code in the first column; then the question, the answers (one column, or one per printed row
of a group), and what is said beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from intake.formats.excel.write.cells import put
from intake.formats.excel.write.entry import Lists
from intake.formats.excel.write.lines import Table
from intake.model.definition import FormDefinition
from intake.model.stamp import FormStamp
from intake.words.catalogue import Words

HEAD_ROW = 4
"""Row of the headings; above it the title, the stamp and a note."""
CODE_WIDTH, LABEL_WIDTH, UNIT_WIDTH, HINT_WIDTH = 11.0, 42.0, 16.0, 42.0
SINGLE_WIDTH = 31.0
GROUP_LABEL, GROUP_UNIT = 38.0, 16.0
ROOM, NARROWEST, WIDEST = 130.0, 15.0, 30.0
"""Characters shared by the columns of a group, and what each gets at least and at most."""


@dataclass(frozen=True, slots=True)
class Book:
    """What every sheet of a form shares."""

    definition: FormDefinition
    words: Words
    stamp: FormStamp
    prefill: Mapping[str, str]
    lists: Lists = field(default_factory=Lists)
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Sheet and absolute cell of each place, by address."""


@dataclass(frozen=True)
class TableSheet:
    """One table being drawn on its sheet."""

    book: Book
    table: Table
    sheet: Worksheet

    @property
    def is_group(self) -> bool:
        """Say whether the table's rows stand side by side."""
        return bool(self.table.rows)

    @property
    def first(self) -> int:
        """Return the number of the first answer column."""
        return 4 if self.is_group else 3

    @property
    def last(self) -> int:
        """Return the number of the last answer column."""
        return self.first + max(len(self.table.rows), 1) - 1

    @cached_property
    def widths(self) -> tuple[float, ...]:
        """Return the widths of the columns, left to right."""
        if not self.is_group:
            return (CODE_WIDTH, LABEL_WIDTH, SINGLE_WIDTH, UNIT_WIDTH, HINT_WIDTH)
        count = len(self.table.rows)
        answer = min(max(ROOM / count, NARROWEST), WIDEST)
        return (CODE_WIDTH, GROUP_LABEL, GROUP_UNIT, *[answer] * count)

    def put(self, row: int, column: int, text: object, style: str) -> None:
        """Write a text in a named style into one cell."""
        put(self.sheet.cell(row, column), text, style)

    def span(self, top: int, bottom: int | None = None) -> str:
        """Return the answer cells of some rows, as a rule names them."""
        first, last = get_column_letter(self.first), get_column_letter(self.last)
        ends = f"{first}{top}", f"{last}{bottom or top}"
        return ends[0] if ends[0] == ends[1] else ":".join(ends)
