"""Keeping what a record has and taking what is new of a form that holds only corrections.

The form's answers are laid over the record's, which fill the places that it leaves empty
(``pipeline.records.overlay``).
"""

from __future__ import annotations

from dataclasses import replace

from intake.model.errors import DecisionRefused, Refusal
from intake.model.receipt import Receipt, ReviewAction
from intake.pipeline.desk import Desk
from intake.pipeline.records.given import already_given
from intake.pipeline.records.kept_answers import written_places
from intake.pipeline.returns.deciding.decide import decide
from intake.pipeline.returns.deciding.versions import is_of_older_version
from intake.pipeline.returns.interpret import Over
from intake.pipeline.review.decisions import known_patient, named
from intake.pipeline.review.held import Held, held_form, known_patients
from intake.pipeline.review.loading import Patient, load, refuse_repeat, required_key
from intake.pipeline.review.read_again import read_again


def merge(desk: Desk, receipt_id: str, patient: str = "", reason: str = "") -> Receipt:
    """Load a form over its patient's record, whose other answers stay. Raises DecisionRefused.

    ``patient`` names the record where it is in doubt.
    """
    held = held_form(desk.keeping.store, desk.study.forms, receipt_id)
    whose = known_patient(desk, held, patient) if patient.strip() else _own_patient(desk, held)
    if whose.record is None:
        raise DecisionRefused(Refusal.NOTHING_TO_MERGE, receipt=held.receipt.id)
    if whose.record.current.is_withdrawn:
        raise DecisionRefused(
            Refusal.WITHDRAWN,
            subject=whose.record.subject,
            receipt=whose.record.current.receipt,
        )
    before = desk.keeping.store.current(whose.record.record_id)
    if is_of_older_version(held.definition, before.submission):
        raise DecisionRefused(Refusal.OLDER_VERSION, receipt=held.receipt.id)
    over = Over(before, written_places(held.submission))
    found = read_again(desk, held, already_given(held.submission), over)
    merged = replace(held, submission=found.submission)
    return load(desk, merged, whose, ReviewAction.MERGE, reason)


def _own_patient(desk: Desk, held: Held) -> Patient:
    """Return the patient whose key the form has, in no doubt. Raises DecisionRefused."""
    found = decide(held.form, known_patients(desk.keeping.store, held.form))
    refuse_repeat(found)
    doubts = named(found)
    if doubts:
        raise DecisionRefused(Refusal.PATIENT_IN_DOUBT, subjects=", ".join(doubts))
    return Patient(required_key(held), found.record, found.findings)
