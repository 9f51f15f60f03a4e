"""Answers that stand as lines in a message, accepted by a person: laid over their record.

They were written about one revision of it: where one of the answers that they speak of is
another since, none is taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from intake.checks.patient.changes import answer_state
from intake.model.address import Place
from intake.model.definition import FormDefinition
from intake.model.errors import DecisionRefused, Refusal
from intake.model.finding_codes import FindingCode
from intake.model.query import Query, QueryAction
from intake.model.receipt import Receipt, ReviewAction
from intake.model.record import Entry, KnownRecord, StoredRecord
from intake.model.submission import FileFormat, ItemKey, RawSubmission, Submission, Value
from intake.pipeline.desk import Desk, StudyForms
from intake.pipeline.queries import steps
from intake.pipeline.queries.question import is_same_answer
from intake.pipeline.records.given import (
    GivenAnswer,
    given_at,
    refuse_two_answers,
    require_understood,
    with_given,
)
from intake.pipeline.records.overlay import NewAnswers, Onto, overlay
from intake.pipeline.records.standing import settled
from intake.pipeline.returns.message_answers import form_of, is_named, says_so
from intake.pipeline.returns.next_revision import next_revision
from intake.pipeline.review.held import Held, check_reason, conclude, decided
from intake.ports import Store


def accept_message(desk: Desk, held: Held, reason: str) -> Receipt:
    """Take what the lines of a message answer or confirm. Raises DecisionRefused."""
    check_reason(held.receipt, reason, is_needed=False)
    entry = _agreed(desk.study, desk.keeping.store, held.receipt, settled(held.submission))
    receipt = decided(desk.clock, entry.receipt, ReviewAction.ACCEPT)
    return conclude(desk, replace(entry, receipt=receipt), reason)


def _agreed(study: StudyForms, store: Store, receipt: Receipt, held: Submission) -> Entry:
    """Return the next revision of the record that a message answers. Raises DecisionRefused."""
    record = store.known_record(held.form, receipt.answers_about)
    form = None if record is None else form_of(study, record)
    if record is None or form is None or record.current.is_withdrawn:
        raise DecisionRefused(Refusal.NOTHING_READ, receipt=receipt.id)
    before, current = _written_about(receipt, record), store.current(record.record_id)
    _refuse_late(receipt, held, before, current)
    places = [Place(form.items[value.item], value.row) for value in held.values]
    refuse_two_answers((p.code, v.raw) for p, v in zip(places, held.values, strict=True))
    lines = tuple(zip(places, held.values, strict=True))
    given = [given_at(place, value.raw) for place, value in lines if not says_so(value.raw)]
    submission = _overlaid(study, form, current, given)
    for answer in given:
        code = Place(form.items[answer.item], answer.row).code
        require_understood(submission, answer, code)
    findings = (*held.findings, *submission.findings)
    new = Entry(
        receipt=replace(receipt, findings=findings),
        submission=replace(submission, findings=findings),
        queries=tuple(_confirmed(store, receipt, current, before, lines)),
    )
    if not given and not new.queries:
        raise DecisionRefused(Refusal.NOTHING_CHANGES, subject=record.subject)
    return next_revision(form, record, current, new)


def _written_about(receipt: Receipt, record: KnownRecord) -> Submission | None:
    """Return the answers that a message was written about; None where they were undone."""
    named = (f for f in receipt.findings if f.code == FindingCode.MESSAGE_ANSWERS)
    revision = next((finding.context.get("revision") for finding in named), None)
    kept = (form for form in record.forms if str(form.revision) == revision)
    return next((form.submission for form in kept), None)


def _refuse_late(
    receipt: Receipt, held: Submission, before: Submission | None, current: StoredRecord
) -> None:
    """Stop where an answer that a message speaks of is not what it was when it came."""
    names = {value.key for value in held.values}
    is_other_form = current.submission.version != held.version
    if (
        before is None
        or is_other_form
        or _states(before, names) != _states(current.submission, names)
    ):
        raise DecisionRefused(Refusal.MESSAGE_LATE, receipt=receipt.id, subject=current.subject)


def _states(submission: Submission, names: Collection[ItemKey]) -> dict[object, object]:
    return {v.key: answer_state(v) for v in submission.values if v.key in names}


def _overlaid(
    study: StudyForms, form: FormDefinition, current: StoredRecord, given: list[GivenAnswer]
) -> Submission:
    blank = RawSubmission(format=FileFormat.PDF, answers=())
    new = NewAnswers(
        raw=with_given(form, blank, given),
        places=frozenset((answer.item, answer.row) for answer in given),
        language=current.submission.language,
        received=current.received.date(),
    )
    return overlay(Onto(form, study.checker_for(form), current), new)


def _asked_since(query: Query, receipt: Receipt) -> bool:
    """Say whether a question was opened, or opened again, after a message came.

    A message and a file are dated to the second: within one, the question came first.
    """
    began = (QueryAction.OPENED, QueryAction.REOPENED)
    asked = max(step.at for step in query.steps if step.action in began)
    return asked.replace(microsecond=0) > receipt.source.received


def _confirmed(
    store: Store,
    receipt: Receipt,
    current: StoredRecord,
    before: Submission | None,
    lines: Sequence[tuple[Place, Value]],
) -> Iterator[Query]:
    """Yield the queries that a message says are right as they are. Raises DecisionRefused."""
    so = [(place, value.location.code or "") for place, value in lines if says_so(value.raw)]
    other = [place for place, value in lines if not says_so(value.raw)]
    said = steps.Said(at=receipt.source.received)
    for query in store.queries(current.record_id):
        if query.is_closed or not any(is_named(query, place, code) for place, code in so):
            continue
        if _asked_since(query, receipt):
            continue
        twice = next((place for place in other if is_named(query, place, place.code)), None)
        if twice is not None:
            raise DecisionRefused(Refusal.TWO_ANSWERS, place=twice.code)
        if not is_same_answer(query.finding, before, current.submission):
            raise DecisionRefused(Refusal.MESSAGE_LATE, receipt=receipt.id, subject=current.subject)
        yield steps.confirmed(query, current.submission, current.revision, said)
