"""The answers of a query sheet that waits, accepted by a person: laid over their record."""

from __future__ import annotations

from dataclasses import replace

from intake.model.finding_codes import needs_reason
from intake.model.receipt import Receipt, ReviewAction
from intake.pipeline.desk import Desk
from intake.pipeline.records.standing import settled
from intake.pipeline.returns.sheets import ReadSheet, accepted_sheet
from intake.pipeline.review.held import Held, check_reason, conclude, decided


def accept_sheet(desk: Desk, held: Held, reason: str) -> Receipt:
    """Load what a held sheet says as its record's next revision. Raises DecisionRefused."""
    is_needed = any(needs_reason(finding.code) for finding in held.submission.findings)
    check_reason(held.receipt, reason, is_needed=is_needed)
    read = ReadSheet(held.receipt, settled(held.submission))
    entry = accepted_sheet(desk.study, desk.keeping.store, read)
    receipt = decided(desk.clock, entry.receipt, ReviewAction.ACCEPT)
    return conclude(desk, replace(entry, receipt=receipt), reason)
