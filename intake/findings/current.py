"""Which findings still stand: those of each record's current revision."""

from __future__ import annotations

from collections.abc import Mapping

from intake.model.finding import Finding
from intake.model.receipt import Receipt
from intake.model.record import StoredRecord


def current_findings(stored: StoredRecord, receipts: Mapping[str, Receipt]) -> tuple[Finding, ...]:
    """Return what is said of a record's current revision, its file included.

    What newer rules said of it (``recheck``) stands in the place of what its receipt said.
    """
    if stored.submission.rechecked is not None:
        return stored.submission.findings
    receipt = receipts.get(stored.receipt)
    return stored.submission.findings if receipt is None else receipt.findings
