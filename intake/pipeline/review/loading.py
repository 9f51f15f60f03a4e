"""Loading held answers, whoever decided that they are right and whose they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from intake.checks.patient.changes import changes
from intake.model.errors import DecisionRefused, Refusal
from intake.model.finding import Finding
from intake.model.finding_codes import needs_reason
from intake.model.receipt import Outcome, Receipt, ReviewAction, loaded_with
from intake.model.record import Entry, KnownRecord, PatientKey
from intake.pipeline.desk import Desk
from intake.pipeline.records.beyond import rows_lost
from intake.pipeline.records.given import already_given
from intake.pipeline.records.standing import answered, settled
from intake.pipeline.records.undone import with_undone
from intake.pipeline.returns.deciding.decide import Decision
from intake.pipeline.returns.deciding.whose import sent_elsewhere
from intake.pipeline.returns.interpret import over_rows_beyond
from intake.pipeline.review.held import Held, check_reason, conclude, decided
from intake.pipeline.review.read_again import read_again


@dataclass(frozen=True, slots=True)
class Patient:
    """Whose form it is: a known record or a new one, and what was noticed about that."""

    key: PatientKey
    record: KnownRecord | None
    findings: tuple[Finding, ...] = ()


def with_further_rows(desk: Desk, held: Held, record: KnownRecord | None) -> Held:
    """Return a form that waits, with the rows of its record that it has no place for.

    Raises DecisionRefused, also where an older version has other names for such rows.
    """
    if record is None:
        return held
    store = desk.keeping.store
    current = record.current.submission
    own = desk.study.forms.get(current.form, current.version)
    lost = rows_lost(own, held.definition, current) if own else ()
    if lost and not record.current.is_withdrawn:
        raise DecisionRefused(
            Refusal.ROWS_NOT_KEPT,
            receipt=held.receipt.id,
            subject=record.subject,
            rows=", ".join(lost),
        )
    over = over_rows_beyond(store, held.definition, held.submission, record)
    if over is None:
        return held
    found = read_again(desk, held, already_given(held.submission), over)
    return replace(held, submission=found.submission)


def load(desk: Desk, held: Held, patient: Patient, action: ReviewAction, reason: str) -> Receipt:
    """Load the held answers for a patient; what was in question is now only told."""
    found = (*held.submission.findings, *patient.findings)
    is_needed = any(needs_reason(finding.code) for finding in found)
    check_reason(held.receipt, reason, is_needed=is_needed)
    submission = settled(held.submission)
    if patient.record is not None:
        current = patient.record.current.submission
        submission = with_undone(held.definition, current, submission)
    findings = (*submission.findings, *answered(patient.findings, held.submission))
    record = patient.record
    receipt = replace(
        held.receipt,
        outcome=loaded_with(findings),
        findings=findings,
        record_id=record.record_id if record else None,
    )
    if record is not None:
        before = record.current.submission
        sent = desk.keeping.store.receipts_of(record.record_id)
        note = sent_elsewhere(record, sent, receipt.centre, desk.study.facts.centres)
        changed = changes(held.definition, before, submission)
        receipt = replace(receipt, changes=changed, findings=(*findings, *note))
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
