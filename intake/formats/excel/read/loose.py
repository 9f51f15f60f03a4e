"""A cell that is no answer, as it leaves the child that reads workbooks."""

from __future__ import annotations

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
