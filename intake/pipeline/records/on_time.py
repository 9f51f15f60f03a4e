"""What of a record came before the collection closed: the whole, an earlier revision, or nothing.

Pure. What came late, and all that was built on it since, is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from intake.model.finding_codes import FindingCode
from intake.model.receipt import Receipt


def is_late(receipt: Receipt) -> bool:
    """Say whether a file came after the closing date."""
    return any(finding.code == FindingCode.LATE for finding in receipt.findings)


def last_on_time(receipts: Iterable[Receipt]) -> Receipt | None:
    """Return the newest revision of a record before the first that came late; None without one."""
    newest = None
    for receipt in _revisions(receipts):
        if is_late(receipt):
            break
        newest = receipt
    return newest


def late_since(receipts: Iterable[Receipt]) -> dt.datetime | None:
    """Return when the first revision of a record that was late came; None without one."""
    return next((one.source.received for one in _revisions(receipts) if is_late(one)), None)


def _revisions(receipts: Iterable[Receipt]) -> list[Receipt]:
    loaded = (receipt for receipt in receipts if receipt.outcome.is_loaded and receipt.revision)
    return sorted(loaded, key=lambda receipt: receipt.revision or 0)
