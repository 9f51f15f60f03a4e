"""What one run over the inbox did, and what it says while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from intake.model.finding_codes import FindingCode
from intake.model.receipt import Outcome, Receipt

Progress = Callable[[Receipt | None, int], None]
"""Called after each file with its receipt (None when it must wait) and the total."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run did."""

    receipts: tuple[Receipt, ...]
    waiting: tuple[str, ...] = ()
    """Files left in the inbox: being copied, locked, or not regular files."""
    undelivered: tuple[str, ...] = ()
    """Receipts saved whose files could not be written or moved; the next run tries again."""

    @property
    def is_clean(self) -> bool:
        """Say whether no file needs the coordinator."""
        wrong = (Outcome.REVIEW, Outcome.REJECTED)
        return not any(receipt.outcome in wrong for receipt in self.receipts)

    @property
    def has_our_fault(self) -> bool:
        """Say whether the program itself failed on a file."""
        codes = {finding.code for receipt in self.receipts for finding in receipt.findings}
        return FindingCode.INTERNAL_ERROR in codes
