"""How much one container may hold, counted while it is read, never as it declares."""

from __future__ import annotations

from intake.model.errors import over_limit
from intake.model.file.container import MOST_BYTES, MOST_MEMBERS

STEP = 64 << 10
"""Bytes read at a time, so that a bomb is stopped within this much of the limit."""


class Allowance:
    """Count the members and bytes of one container. Raises UnreadableFile beyond the limit."""

    def __init__(self, members: int = MOST_MEMBERS, total: int = MOST_BYTES) -> None:
        """Start with nothing taken."""
        self._members = members
        self._bytes = total

    def take_member(self) -> None:
        """Count one member more."""
        self._members -= 1
        if self._members < 0:
            raise over_limit("members")

    def take_bytes(self, number: int) -> None:
        """Count bytes of a member."""
        self._bytes -= number
        if self._bytes < 0:
            raise over_limit("size")
