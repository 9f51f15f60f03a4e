"""Loading held answers, whoever decided that they are right and whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from intake.checks.patient.changes import changes
from intake.model.errors import DecisionRefused, Refusal
from intake.model.finding import Finding, Severity
from intake.model.finding_codes import Doubt, awaits_decision, doubt_of, needs_reason
from intake.model.receipt import Outcome, Receipt, ReviewAction, loaded_with
from intake.model.record import Entry, KnownRecord, PatientKey
from intake.model.submission import Submission, ValueStatus
from intake.pipeline.desk import Desk
from intake.pipeline.returns.deciding.decide import Decision
from intake.pipeline.review.held import Held, check_reason, conclude, decided


@dataclass(frozen=True, slots=True)
class Patient:
    """Whose form it is: a known record or a new one, and what was noticed about that."""

    key: PatientKey
    record: KnownRecord | None
    findings: tuple[Finding, ...] = ()


def load(desk: Desk, held: Held, patient: Patient, action: ReviewAction, reason: str) -> Receipt:
    """Load the held answers for a patient; what was in question is now only told."""
    found = (*held.submission.findings, *patient.findings)
    is_needed = any(needs_reason(finding.code) for finding in found)
    check_reason(held.receipt, reason, is_needed=is_needed)
    submission = replace(
        held.submission, findings=tuple(_answered(held.submission.findings, held.submission))
    )
    findings = (*submission.findings, *_answered(patient.findings, held.submission))
    record = patient.record
    receipt = replace(
        held.receipt,
        outcome=loaded_with(findings),
        findings=findings,
        record_id=record.record_id if record else None,
    )
    if record is not None:
        before = record.current.submission
        receipt = replace(receipt, changes=changes(held.definition, before, submission))
    named = record.subject if record and action is ReviewAction.SAME_AS else None
    entry = Entry(
        receipt=decided(desk.clock, receipt, action, named),
        submission=submission,
        key=patient.key,
        content=held.form.content,
        likeness=held.form.likeness,
    )
    return conclude(desk, entry, reason)


def required_key(held: Held) -> PatientKey:
    """Return the patient's key that a form gives. Raises DecisionRefused when it is not whole."""
    key = held.form.key
    if key is None:
        items = (held.definition.items[name] for name in held.definition.identity.items)
        given = {v.item for v in held.submission.values if v.value is not None}
        missing = ", ".join(item.code for item in items if item.name not in given)
        raise DecisionRefused(Refusal.KEY_MISSING, codes=missing)
    return key


def refuse_repeat(decision: Decision) -> None:
    """Stop when the same answers of the same patient are loaded already."""
    known = decision.record
    if decision.outcome is Outcome.DUPLICATE and known is not None:
        raise DecisionRefused(
            Refusal.ALREADY_LOADED, subject=known.subject, receipt=known.current.receipt
        )


def _answered(findings: Iterable[Finding], submission: Submission) -> list[Finding]:
    """Return the findings; those that a person had to decide on ask for nothing any more.

    A value that is held back is still asked for, and so are letters that are missing.
    """
    back = {(v.item, v.row) for v in submission.values if v.status is ValueStatus.HELD_BACK}
    return [
        replace(f, severity=Severity.NOTE)
        if _is_answered(f.code) and (f.item, f.row) not in back
        else f
        for f in findings
    ]


def _is_answered(code: str) -> bool:
    """Say whether a decision answers a finding; what a record lacks it goes on lacking."""
    return awaits_decision(code) and doubt_of(code) is not Doubt.NO_PATIENT
