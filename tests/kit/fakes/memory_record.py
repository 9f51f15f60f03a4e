"""One record of the store in memory."""

from __future__ import annotations

from dataclasses import dataclass

from intake.model.record import Entry


@dataclass
class MemoryRecord:
    """A patient's record with its revisions, in their order."""

    record_id: str
    form: str
    letters: str
    number: int
    entries: list[Entry]
    newest: int = 0
    """How many revisions it was given."""

    @property
    def subject(self) -> str:
        """Return the number within the centre."""
        return f"{self.letters}-{self.number:03d}"
