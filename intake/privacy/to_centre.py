"""What a centre may learn of its patient from us: not that another centre knows it too."""

from __future__ import annotations

from intake.model.finding import Finding, Severity
from intake.model.finding_codes import FindingCode
from intake.model.receipt import Change, Receipt

_EARLIER = (FindingCode.REVISION, FindingCode.REVISION_OLDER)


def told_subject(receipt: Receipt) -> str | None:
    """Return the patient's number, whose letters name the centre that sent it first."""
    return None if _is_known_elsewhere(receipt) else receipt.subject


def told_findings(receipt: Receipt) -> tuple[Finding, ...]:
    """Return the findings without those that speak of an earlier return, or of another centre."""
    if not _is_known_elsewhere(receipt):
        return receipt.findings
    told = (f for f in receipt.findings if f.code not in _EARLIER)
    return tuple(f for f in told if not _is_only_noted(f))


def told_changes(receipt: Receipt) -> tuple[Change, ...]:
    """Return what changed since the earlier return."""
    return () if _is_known_elsewhere(receipt) else receipt.changes


def _is_only_noted(finding: Finding) -> bool:
    """Say whether a finding tells of another centre and asks nothing of this one."""
    is_note = finding.severity is Severity.NOTE
    return is_note and finding.code == FindingCode.IDENTITY_OTHER_CENTRE


def _is_known_elsewhere(receipt: Receipt) -> bool:
    """Say whether the patient came from another centre, which this one is not to learn."""
    if any(f.code == FindingCode.IDENTITY_OTHER_CENTRE for f in receipt.findings):
        return True
    letters = (receipt.subject or "").rpartition("-")[0]
    written, between, _ = receipt.hint.partition(" · ")
    return bool(letters and between and written != letters)
