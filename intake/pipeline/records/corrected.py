"""From a correction to the entry that is saved: the record's next revision.

Reads the store to know the record; writes nothing. The same correction of the same record
gives the same revision, whoever applies it: the coordinator now, or a replay of the archive.
"""

from __future__ import annotations

from dataclasses import replace

from intake.checks.patient.changes import changes
from intake.checks.patient.content import content_digest
from intake.checks.patient.likeness import likeness_digest
from intake.checks.patient.patient_key import filling_date, hint, patient_key
from intake.checks.patient.printed import as_printed
from intake.model.address import Place
from intake.model.correction import RecordCorrection
from intake.model.definition import FormDefinition
from intake.model.errors import DecisionRefused, Refusal
from intake.model.receipt import (
    Completeness,
    Outcome,
    Receipt,
    ReviewAction,
    ReviewDecision,
    SourceFile,
    loaded_with,
)
from intake.model.record import Clues, Entry, KnownRecord, PatientKey, StoredRecord
from intake.model.submission import ItemKey, RawSubmission, Rung, Submission, Value
from intake.pipeline.desk import StudyForms
from intake.pipeline.records.given import (
    find_place,
    given_at,
    refuse_two_answers,
    require_understood,
    with_given,
)
from intake.pipeline.records.overlay import NewAnswers, Onto, overlay
from intake.pipeline.records.standing import settled
from intake.ports import Store
from intake.words.spelling import entered


def corrected_entry(
    study: StudyForms, store: Store, source: SourceFile, correction: RecordCorrection
) -> Entry:
    """Return what to save for a correction. Raises DecisionRefused."""
    known = _corrected_record(store, correction)
    before = store.current(known.record_id)
    definition = study.forms.get(before.submission.form, before.submission.version)
    if definition is None:
        raise DecisionRefused(Refusal.UNKNOWN_PATIENT, patient=correction.subject)
    onto = Onto(definition, study.checker_for(definition), before)
    submission = _corrected(onto, correction)
    told = changes(definition, before.submission, submission)
    if not told:
        raise DecisionRefused(Refusal.NOTHING_CHANGES, subject=before.subject)
    key = _key(definition, store, known, submission)
    codes = ", ".join(_place(definition, answer.place).code for answer in correction.answers)
    decision = ReviewDecision(action=ReviewAction.CORRECT, at=correction.at, code=codes)
    receipt = replace(
        _blank(source, before, correction), changes=told, decisions=(decision,),
        hint=hint(definition, submission), filling_date=filling_date(definition, submission),
        findings=submission.findings, outcome=loaded_with(submission.findings),
        completeness=Completeness(
            expected=submission.expected, answered=submission.expected_answered
        ),
    )  # fmt: skip
    return Entry(
        receipt=receipt,
        submission=submission,
        key=key,
        content=content_digest(as_printed(definition, submission)),
        likeness=likeness_digest(definition, submission),
        reason=correction.reason,
    )


def _corrected_record(store: Store, correction: RecordCorrection) -> KnownRecord:
    """Return the record that a correction is of, as it was then. Raises DecisionRefused."""
    known = store.known_record(correction.form, correction.record_id)
    if known is None:
        raise DecisionRefused(Refusal.UNKNOWN_PATIENT, patient=correction.subject)
    if known.current.is_withdrawn:
        raise DecisionRefused(
            Refusal.WITHDRAWN, subject=known.subject, receipt=known.current.receipt
        )
    if known.revision > correction.revision:  # written before what the record says now
        now = known.current.receipt
        raise DecisionRefused(Refusal.NOT_CURRENT, subject=known.subject, receipt=now, current=now)
    return known


def _corrected(onto: Onto, correction: RecordCorrection) -> Submission:
    """Return the record's answers with the ones that were given. Raises DecisionRefused."""
    named = [(_place(onto.definition, each.place), each.text) for each in correction.answers]
    refuse_two_answers((place.code, text) for place, text in named)
    given = [given_at(place, text) for place, text in named if entered(text)]
    empty = RawSubmission(format=None, answers=())
    places = frozenset((place.item.name, place.row) for place, _ in named)
    new = NewAnswers(
        raw=with_given(onto.definition, empty, given),
        places=places,
        language=onto.before.submission.language,
        received=correction.at.date(),
    )
    made = overlay(onto, new)
    for answer in given:
        code = Place(onto.definition.items[answer.item], answer.row).code
        require_understood(made, answer, code)
    stood = {value.key: value for value in onto.before.submission.values}
    values = tuple(_told(value, stood.get(value.key), places) for value in made.values)
    return settled(replace(made, values=values))


def _told(value: Value, before: Value | None, places: frozenset[ItemKey]) -> Value:
    """Return a value that a person gave with what the file says in its place."""
    if value.key not in places or value.rung is not Rung.PERSON:
        return value
    by_a_person = before is not None and before.rung is Rung.PERSON
    of_the_file = before.replaced if before and by_a_person else before.raw if before else ""
    return replace(value, replaced=of_the_file or "")


def _place(definition: FormDefinition, name: str) -> Place:
    return find_place(definition, name)


def _key(
    definition: FormDefinition, store: Store, known: KnownRecord, submission: Submission
) -> PatientKey:
    """Return the patient's key, which may change. Raises DecisionRefused where it may not."""
    key = patient_key(definition, submission)
    if key is None:
        raise DecisionRefused(Refusal.KEY_CHANGED, subject=known.subject)
    if key.parts == known.current.key.parts:
        return known.current.key
    others = store.candidates(Clues(definition.id, key)).records
    owner = next((r for r in others if r.has(key) and r.record_id != known.record_id), None)
    if owner is not None:
        raise DecisionRefused(Refusal.OTHER_PATIENT, subject=owner.subject)
    return key


def _blank(source: SourceFile, before: StoredRecord, correction: RecordCorrection) -> Receipt:
    """Return a receipt that says of which record a correction is."""
    return Receipt(
        source=replace(source, sent=correction.at),
        outcome=Outcome.LOADED,
        form=before.submission.form,
        version=before.submission.version,
        language=before.submission.language,
        centre=before.centre,
        record_id=before.record_id,
        subject=before.subject,
        name_is_safe=True,
    )
