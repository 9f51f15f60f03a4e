"""The coordinator's decisions about a file in review, each taken whole or refused.

Each saves one transaction with its line in the audit chain, then the receipt is written
anew. Nothing here guesses: what a decision leaves open is refused with what is missing.
Giving an answer, after which the file stays in review, is in ``amend``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from intake.checks.patient.changes import changes
from intake.checks.patient.content import content_digest
from intake.model.errors import DecisionRefused, Refusal
from intake.model.finding import Finding, Severity
from intake.model.finding_codes import (
    Doubt,
    FindingCode,
    awaits_decision,
    doubt_of,
    finding_of,
    needs_reason,
)
from intake.model.receipt import Outcome, Receipt, ReviewAction
from intake.model.record import Entry, KnownRecord, PatientKey
from intake.model.submission import Submission, ValueStatus
from intake.pipeline.desk import Desk
from intake.pipeline.returns.decide import Decision, decide, is_older
from intake.pipeline.review.held import (
    Held,
    check_reason,
    conclude,
    decided,
    held_answers,
    known_records,
    owner_of,
    receipt_in_review,
)
from intake.ports import Clock


@dataclass(frozen=True, slots=True)
class _Patient:
    """Whose form it is: a known record or a new one, and what was noticed about that."""

    key: PatientKey
    record: KnownRecord | None
    findings: tuple[Finding, ...] = ()


def accept(desk: Desk, receipt_id: str, reason: str = "") -> Receipt:
    """Load the held answers as they are. Raises DecisionRefused."""
    held = _held(desk, receipt_id)
    found = decide(held.definition, held.submission, known_records(desk.keeping.store, held))
    _refuse_repeat(found)
    doubts = [
        f.context["subject"] for f in found.findings if doubt_of(f.code) is Doubt.WHICH_PATIENT
    ]
    if doubts:
        raise DecisionRefused(Refusal.PATIENT_IN_DOUBT, subjects=", ".join(doubts))
    patient = _Patient(_key(held), found.record, found.findings)
    return _load(desk, held, patient, ReviewAction.ACCEPT, reason)


def same_as(desk: Desk, receipt_id: str, patient: str, reason: str = "") -> Receipt:
    """Load the held answers as a revision of a known record. Raises DecisionRefused.

    From then on the patient is known by the letters and date of either form.
    """
    held = _held(desk, receipt_id)
    known = known_records(desk.keeping.store, held)
    names = {name.upper(): r for r in known.records for name in (r.subject, r.record_id)}
    record = names.get(patient.strip().upper())
    if record is None:
        raise DecisionRefused(Refusal.UNKNOWN_PATIENT, patient=patient)
    owner = owner_of(held.key, known)
    if owner is not None and owner.record_id != record.record_id:
        raise DecisionRefused(Refusal.OTHER_PATIENT, subject=owner.subject)
    decision = decide(held.definition, held.submission, known)
    _refuse_repeat(decision)
    about_patient = (Doubt.WHICH_PATIENT, Doubt.NO_PATIENT)
    found = [f for f in decision.findings if doubt_of(f.code) in about_patient]
    if is_older(held.definition, held.submission, record):
        found.append(finding_of(FindingCode.REVISION_OLDER, {"subject": record.subject}))
    found.append(finding_of(FindingCode.REVISION, {"revision": str(record.revision + 1)}))
    whose = _Patient(held.key or record.key, record, tuple(found))
    return _load(desk, held, whose, ReviewAction.SAME_AS, reason)


def split(desk: Desk, receipt_id: str, reason: str = "") -> Receipt:
    """Load the held answers as a new patient's, although near. Raises DecisionRefused."""
    held = _held(desk, receipt_id)
    known = known_records(desk.keeping.store, held)
    owner = owner_of(_key(held), known)
    if owner is not None:
        raise DecisionRefused(Refusal.SAME_IDENTITY, subject=owner.subject)
    found = decide(held.definition, held.submission, known).findings
    return _load(desk, held, _Patient(_key(held), None, found), ReviewAction.SPLIT, reason)


def reject(desk: Desk, receipt_id: str, reason: str) -> Receipt:
    """Keep nothing of the answers; the same bytes are read again if they come back."""
    receipt = receipt_in_review(desk.keeping.store, receipt_id)
    check_reason(receipt, reason, is_needed=True)
    why = tuple(
        replace(f, context={name: t for name, t in f.context.items() if name != "entered"})
        for f in receipt.findings
        if awaits_decision(f.code)
    )
    rejected = replace(_without_answers(receipt), outcome=Outcome.REJECTED, findings=why)
    return conclude(desk, Entry(receipt=decided(desk.clock, rejected, ReviewAction.REJECT)), reason)


def objection(desk: Desk, receipt_id: str, reason: str = "") -> Receipt:
    """Delete the held answers for good: the patient objected. The bytes are not read again."""
    receipt = receipt_in_review(desk.keeping.store, receipt_id)
    check_reason(receipt, reason, is_needed=False)
    repeats = [s.receipt for s in desk.keeping.store.receipts() if s.receipt.earlier == receipt.id]
    for repeat in repeats:
        objected = _objected(desk.clock, repeat)
        conclude(desk, Entry(receipt=replace(objected, outcome=Outcome.DUPLICATE)), reason)
    return conclude(desk, Entry(receipt=_objected(desk.clock, receipt)), reason)


def _objected(clock: Clock, receipt: Receipt) -> Receipt:
    """Return a receipt that tells nothing of its patient but the objection."""
    bare = _without_answers(receipt)
    name = receipt.source.name if receipt.name_is_safe else ""
    emptied = replace(
        bare,
        source=replace(bare.source, name=name),
        outcome=Outcome.REJECTED,
        findings=(finding_of(FindingCode.OBJECTION),),
    )
    return decided(clock, emptied, ReviewAction.OBJECTION)


def _without_answers(receipt: Receipt) -> Receipt:
    return replace(receipt, changes=(), completeness=None, hint="", filling_date=None)


def _held(desk: Desk, receipt_id: str) -> Held:
    return held_answers(desk.keeping.store, desk.study.forms, receipt_id)


def _refuse_repeat(decision: Decision) -> None:
    """Stop when the same answers of the same patient are loaded already."""
    known = decision.record
    if decision.outcome is Outcome.DUPLICATE and known is not None:
        raise DecisionRefused(Refusal.ALREADY_LOADED, subject=known.subject, receipt=known.receipt)


def _key(held: Held) -> PatientKey:
    if held.key is None:
        items = (held.definition.items[name] for name in held.definition.identity.items)
        given = {v.item for v in held.submission.values if v.value is not None}
        missing = ", ".join(item.code for item in items if item.name not in given)
        raise DecisionRefused(Refusal.KEY_MISSING, codes=missing)
    return held.key


def _load(desk: Desk, held: Held, patient: _Patient, action: ReviewAction, reason: str) -> Receipt:
    """Load the held answers for a patient; what was in question is now only told."""
    found = (*held.submission.findings, *patient.findings)
    is_needed = any(needs_reason(finding.code) for finding in found)
    check_reason(held.receipt, reason, is_needed=is_needed)
    submission = replace(
        held.submission, findings=tuple(_answered(held.submission.findings, held.submission))
    )
    findings = (*submission.findings, *_answered(patient.findings, held.submission))
    is_clear = all(finding.severity is Severity.NOTE for finding in findings)
    record = patient.record
    receipt = replace(
        held.receipt,
        outcome=Outcome.LOADED if is_clear else Outcome.LOADED_WITH_QUERIES,
        findings=findings,
        record_id=record.record_id if record else None,
    )
    if record is not None:
        before = desk.keeping.store.current(record.record_id).submission
        receipt = replace(receipt, changes=changes(held.definition, before, submission))
    named = record.subject if record and action is ReviewAction.SAME_AS else None
    entry = Entry(
        receipt=decided(desk.clock, receipt, action, named),
        submission=submission,
        key=patient.key,
        content=content_digest(submission),
    )
    return conclude(desk, entry, reason)


def _answered(findings: Iterable[Finding], submission: Submission) -> list[Finding]:
    """Return the findings; those that a person had to decide on ask for nothing any more.

    A value that is held back is still asked for, and so are letters that are missing.
    """
    back = {(v.item, v.row) for v in submission.values if v.status is ValueStatus.HELD_BACK}
    return [
        replace(f, severity=Severity.NOTE)
        if _is_settled(f.code) and (f.item, f.row) not in back
        else f
        for f in findings
    ]


def _is_settled(code: str) -> bool:
    """Say whether a decision answers a finding; what a record lacks it goes on lacking."""
    return awaits_decision(code) and doubt_of(code) is not Doubt.NO_PATIENT
