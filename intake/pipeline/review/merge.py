"""Keeping what a record has and taking what is new of a form that holds only corrections.

The answers of the record fill the places that the form leaves empty, and all is checked anew
as one form. Each value keeps where it was found; one of the record that would be read as
something else than it is stops the decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from intake.model.carry import carried
from intake.model.errors import DecisionRefused, Refusal
from intake.model.receipt import Receipt, ReviewAction
from intake.model.record import StoredRecord
from intake.model.submission import Submission, Value, ValueStatus
from intake.pipeline.desk import Desk
from intake.pipeline.forms.written import UNWRITTEN, answer_written
from intake.pipeline.returns.deciding.decide import decide
from intake.pipeline.returns.deciding.versions import is_of_older_version
from intake.pipeline.returns.given import GivenAnswer, already_given
from intake.pipeline.review.decisions import known_patient, named
from intake.pipeline.review.held import Held, held_answers, known_patients
from intake.pipeline.review.loading import Patient, load, refuse_repeat, required_key
from intake.pipeline.review.read_again import read_again


def merge(desk: Desk, receipt_id: str, patient: str = "", reason: str = "") -> Receipt:
    """Load a form over its patient's record, whose other answers stay. Raises DecisionRefused.

    ``patient`` names the record where it is in doubt.
    """
    held = held_answers(desk.keeping.store, desk.study.forms, receipt_id)
    whose = known_patient(desk, held, patient) if patient.strip() else _own_patient(desk, held)
    if whose.record is None:
        raise DecisionRefused(Refusal.NOTHING_TO_MERGE, receipt=held.receipt.id)
    before = desk.keeping.store.current(whose.record.record_id)
    if is_of_older_version(held.definition, before.submission):
        raise DecisionRefused(Refusal.OLDER_VERSION, receipt=held.receipt.id)
    kept = tuple(_kept(held, before))
    found = read_again(desk, held, (*already_given(held.submission), *kept))
    merged = replace(held, submission=_with_origins(found.submission, kept))
    return load(desk, merged, whose, ReviewAction.MERGE, reason)


def _own_patient(desk: Desk, held: Held) -> Patient:
    """Return the patient whose key the form has, in no doubt. Raises DecisionRefused."""
    found = decide(held.form, known_patients(desk.keeping.store, held.form))
    refuse_repeat(found)
    doubts = named(found)
    if doubts:
        raise DecisionRefused(Refusal.PATIENT_IN_DOUBT, subjects=", ".join(doubts))
    return Patient(required_key(held), found.record, found.findings)


def _kept(held: Held, record: StoredRecord) -> Iterator[GivenAnswer]:
    """Yield the record's answers to the questions that the form leaves empty.

    Those of an older version stand under the names that the form has for them.
    """
    was = record.submission.version
    version = was if was != held.definition.version else None
    before = replace(record, submission=carried(record.submission, held.definition))
    written = {(v.item, v.row) for v in held.submission.values if v.missing not in UNWRITTEN}
    written |= {
        (v.item, v.row) for v in held.submission.values if v.status is ValueStatus.HELD_BACK
    }
    for value in before.submission.values:
        text = _text(held, before.submission, value)
        if text and (value.item, value.row) not in written:
            origin = value.origin or before.file_sha256
            kept = replace(value, origin=origin, version=value.version or version)
            yield GivenAnswer(item=value.item, row=value.row, text=text, carried=kept)


def _text(held: Held, before: Submission, value: Value) -> str:
    """Return a value as a person would type it in the form's language; as it was, held back."""
    item = held.definition.items.get(value.item)
    if item is None or item.name in held.definition.identity.items:
        return ""
    group = held.definition.groups.get(item.group or "")
    if group is not None and group.fixed_item == item.name:
        return ""
    if value.status is ValueStatus.HELD_BACK:
        return value.raw
    return answer_written(item, value.row, before.record, held.submission.language)


def _with_origins(merged: Submission, kept: Iterable[GivenAnswer]) -> Submission:
    """Return the merged answers, the record's own as they were. Raises DecisionRefused."""
    own = {(each.item, each.row): each.carried for each in kept}

    def told(value: Value) -> Value:
        before = own.pop((value.item, value.row), None)
        if before is None:
            return value
        if _answer(before) != _answer(value):
            raise DecisionRefused(Refusal.NOT_MERGED, place=str(before.location.code))
        return replace(before, status=value.status)

    values = tuple(told(value) for value in merged.values)
    lost = next((value for value in own.values() if value is not None), None)
    if lost is not None:
        raise DecisionRefused(Refusal.NOT_MERGED, place=str(lost.location.code))
    return replace(merged, values=values)


def _answer(value: Value) -> tuple[object, ...]:
    return value.value, value.missing, value.bound
