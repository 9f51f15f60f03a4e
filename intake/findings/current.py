"""Which findings still stand: those of each record's current revision."""

from __future__ import annotations

from collections.abc import Mapping

from intake.model.finding import Finding
from intake.model.receipt import Receipt
from intake.model.record import StoredRecord


def current_findings(stored: StoredRecord, receipts: Mapping[str, Receipt]) -> tuple[Finding, ...]:
    """Return what was noticed about a record's current revision, its file included."""
    receipt = receipts.get(stored.receipt)
    return stored.submission.findings if receipt is None else receipt.findings
