"""An outbox and review pages in memory (tests/rooms/channels/contract holds the outbox)."""

from __future__ import annotations

from intake.model.definition import FormDefinition
from intake.model.file.picture import PagePicture
from intake.model.receipt import Receipt
from intake.model.record import Entry


class MemoryOutbox:
    """``ports.Outbox``: the newest receipt of each number, and in which order they came."""

    def __init__(self) -> None:
        self.receipts: dict[str, Receipt] = {}
        self.forms: dict[str, FormDefinition | None] = {}
        self.order: list[str] = []
        self.closed: set[str] = set()
        """Numbers of receipts whose files another program holds open."""

    def deliver(self, receipt: Receipt, definition: FormDefinition | None) -> None:
        if receipt.id in self.closed:
            raise OSError(13, "held open")
        self.receipts[receipt.id] = receipt
        self.forms[receipt.id] = definition
        self.order.append(receipt.id)


class MemoryReview:
    """``ports.ReviewPages``: what is shown of each file that waits."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[Entry, FormDefinition | None, tuple[PagePicture, ...]]] = {}

    def show(
        self, entry: Entry, definition: FormDefinition | None, pictures: tuple[PagePicture, ...]
    ) -> None:
        self.pages[entry.receipt.id] = (entry, definition, pictures)

    def withdraw(self, receipt: Receipt) -> None:
        self.pages.pop(receipt.id, None)
