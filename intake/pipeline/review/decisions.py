"""The coordinator's decisions that load a file in review, each taken whole or refused.

Each saves one transaction with its line in the audit chain, then the receipt is written
anew. Nothing here guesses: what a decision leaves open is refused with what is missing.
Giving an answer, after which the file stays in review, is in ``amend``; taking only what is
new in ``merge``; refusing in ``refuse``.
"""

from __future__ import annotations

from collections.abc import Iterator

from intake.model.errors import DecisionRefused, Refusal
from intake.model.finding import Finding
from intake.model.finding_codes import Doubt, FindingCode, doubt_of, finding_of
from intake.model.receipt import Receipt, ReviewAction
from intake.model.record import KnownRecord
from intake.pipeline.desk import Desk
from intake.pipeline.returns.deciding.arrived import Arrived
from intake.pipeline.returns.deciding.decide import Decision, decide
from intake.pipeline.returns.deciding.revision import is_older
from intake.pipeline.returns.deciding.whose import ranked
from intake.pipeline.returns.message_answers import is_proposed
from intake.pipeline.review.accept_message import accept_message
from intake.pipeline.review.accept_sheet import accept_sheet
from intake.pipeline.review.held import (
    Held,
    check_reason,
    held_answers,
    held_form,
    known_patients,
)
from intake.pipeline.review.loading import (
    Patient,
    load,
    refuse_repeat,
    required_key,
    with_further_rows,
)


def accept(desk: Desk, receipt_id: str, reason: str = "") -> Receipt:
    """Load the held answers as they are. Raises DecisionRefused."""
    held = held_answers(desk.keeping.store, desk.study.forms, receipt_id)
    if held.receipt.sheet is not None:
        return accept_sheet(desk, held, reason)
    if is_proposed(held.receipt):
        return accept_message(desk, held, reason)
    found = decide(held.form, known_patients(desk.keeping.store, held.form))
    refuse_repeat(found)
    doubts = named(found)
    if doubts:
        raise DecisionRefused(Refusal.PATIENT_IN_DOUBT, subjects=", ".join(doubts))
    patient = Patient(required_key(held), found.record, found.findings)
    whole = with_further_rows(desk, held, patient.record)
    return load(desk, whole, patient, ReviewAction.ACCEPT, reason)


def same_as(desk: Desk, receipt_id: str, patient: str, reason: str = "") -> Receipt:
    """Load the held answers as a revision of a known record. Raises DecisionRefused.

    From then on the patient is known by the letters and date of either form.
    """
    held = held_form(desk.keeping.store, desk.study.forms, receipt_id)
    whose = known_patient(desk, held, patient)
    whole = with_further_rows(desk, held, whose.record)
    return load(desk, whole, whose, ReviewAction.SAME_AS, reason)


def split(desk: Desk, receipt_id: str, reason: str = "") -> Receipt:
    """Load the held answers as a new patient's, although near. Raises DecisionRefused.

    Where a known patient has the very same key, that of the new one has a rank; a reason is
    needed then.
    """
    held = held_form(desk.keeping.store, desk.study.forms, receipt_id)
    key = required_key(held)
    known = known_patients(desk.keeping.store, held.form)
    owners = [record for record in known.records if record.has(key)]
    check_reason(held.receipt, reason, is_needed=bool(owners))
    findings = tuple(_told_apart(decide(held.form, known), owners))
    patient = Patient(ranked(key, owners), None, findings)
    return load(desk, held, patient, ReviewAction.SPLIT, reason)


def known_patient(desk: Desk, held: Held, name: str) -> Patient:
    """Return the known patient that a person named for a form. Raises DecisionRefused."""
    store, form = desk.keeping.store, held.form
    record = store.known_record(held.definition.id, name)
    if record is None:
        raise DecisionRefused(Refusal.UNKNOWN_PATIENT, patient=name)
    decision = decide(form, known_patients(store, form))
    refuse_repeat(decision)
    _refuse_another(form, record, decision)
    findings = tuple(_of_the_patient(form, record, decision))
    return Patient(form.key or record.current.key, record, findings)


def named(decision: Decision) -> list[str]:
    """Return the subjects of the patients that a form may be of."""
    doubts = (f for f in decision.findings if doubt_of(f.code) is Doubt.WHICH_PATIENT)
    return [finding.context["subject"] for finding in doubts]


def _refuse_another(form: Arrived, record: KnownRecord, decision: Decision) -> None:
    """Stop when the form has another record's key, and nothing speaks for the one named."""
    owner = decision.record
    if form.key is None or record.has(form.key) or record.subject in named(decision):
        return
    if owner is not None:
        raise DecisionRefused(Refusal.OTHER_PATIENT, subject=owner.subject)


def _of_the_patient(form: Arrived, record: KnownRecord, decision: Decision) -> Iterator[Finding]:
    """Yield what is told of a form that a person gave to a record."""
    about = (Doubt.WHICH_PATIENT, Doubt.NO_PATIENT)
    yield from (f for f in decision.findings if doubt_of(f.code) in about)
    if is_older(form, record):
        yield finding_of(FindingCode.REVISION_OLDER, {"subject": record.subject})
    yield finding_of(FindingCode.REVISION, {"revision": str(record.revision + 1)})


def _told_apart(decision: Decision, owners: list[KnownRecord]) -> Iterator[Finding]:
    """Yield what is told of a form that begins a record: which known patients it is not."""
    yield from (f for f in decision.findings if doubt_of(f.code) is Doubt.WHICH_PATIENT)
    subjects = named(decision)
    for record in owners:
        if record.subject not in subjects:
            yield finding_of(FindingCode.PATIENT_IN_DOUBT, {"subject": record.subject})
