"""One record of the store in memory, and the receipts that repeat another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from intake.model.receipt import Receipt
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


def following(receipt_id: str, duplicates: Collection[Receipt]) -> tuple[Receipt, ...]:
    """Return the receipts that repeat one, or repeat one of these, in their order."""
    found: dict[str, Receipt] = {}
    asked = {receipt_id}
    while asked:
        newly = {r.id: r for r in duplicates if r.earlier in asked and r.id not in found}
        found |= newly
        asked = set(newly)
    return tuple(found[number] for number in sorted(found))
