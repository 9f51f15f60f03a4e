"""A cell that is no answer, as it leaves the child that reads workbooks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple


class Loose(NamedTuple):
    """One cell that holds something and has no name of an answer."""

    cell: str
    row: str
    """Code of its line, or what stands for it; its number on a sheet without codes."""
    column: str
    """Folded heading of its column; its number on a sheet without codes."""
    text: str
    is_formula: bool


def as_text(cells: Sequence[Loose]) -> str:
    """Return cells as one text."""
    return json.dumps(cells, ensure_ascii=False)


def loose_cells(text: str) -> list[Loose]:
    """Return the cells of such a text."""
    return [Loose(*entry) for entry in json.loads(text)]
