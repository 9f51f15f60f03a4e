"""What of a record came before the collection closed: the whole, an earlier revision, or nothing.

Pure. What came late, and all that was built on it since, is left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from intake.model.finding_codes import FindingCode
from intake.model.receipt import Receipt


def is_late(receipt: Receipt) -> bool:
    """Say whether a file came after the closing date."""
    return any(finding.code == FindingCode.LATE for finding in receipt.findings)


def last_on_time(receipts: Iterable[Receipt]) -> Receipt | None:
    """Return the newest revision of a record before the first that came late; None without one."""
    revisions = sorted(
        (receipt for receipt in receipts if receipt.outcome.is_loaded and receipt.revision),
        key=lambda receipt: receipt.revision or 0,
    )
    newest = None
    for receipt in revisions:
        if is_late(receipt):
            break
        newest = receipt
    return newest
