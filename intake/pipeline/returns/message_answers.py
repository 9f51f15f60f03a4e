"""Answers that stand as lines in a message: held for a person, who accepts them with one act.

Which lines are answers is seen where the message is opened. Here: of which record, to which
questions; and, once a person agrees, the record's next revision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from intake.model.address import Place
from intake.model.container import Reply, ReplyLine
from intake.model.definition import FormDefinition, MissingReason
from intake.model.errors import DecisionRefused, Refusal
from intake.model.finding import Location
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.query import Query
from intake.model.receipt import Outcome, Receipt
from intake.model.record import Entry, KnownRecord, StoredRecord
from intake.model.submission import (
    FileFormat,
    RawSubmission,
    Rung,
    Submission,
    Value,
    ValueStatus,
)
from intake.pipeline.desk import StudyForms
from intake.pipeline.queries import steps
from intake.pipeline.records.given import (
    GivenAnswer,
    find_place,
    given_at,
    require_understood,
    with_given,
)
from intake.pipeline.records.overlay import NewAnswers, Onto, overlay
from intake.pipeline.returns.next_revision import next_revision
from intake.ports import Store
from intake.words.catalogue import LANGUAGES, Words
from intake.words.spelling import fold


def proposed(study: StudyForms, store: Store, receipt: Receipt, reply: Reply) -> Entry | None:
    """Return the entry of a message whose lines answer questions of one record; else None."""
    record = _record(study, store, reply.names)
    form = None if record is None else _form(study, record)
    if record is None or form is None:
        return None
    asked = [query for query in store.queries(record.record_id) if not query.is_closed]
    values = tuple(v for line in reply.lines for v in _held(form, asked, line))
    if not values:
        return None
    told = {"subject": record.subject, "count": str(len(values))}
    others = (f for f in receipt.findings if f.code != FindingCode.CONTAINER_EMPTY)
    findings = (*others, finding_of(FindingCode.MESSAGE_ANSWERS, told))
    language = record.current.submission.language
    held = replace(
        receipt,
        outcome=Outcome.REVIEW,
        form=form.id,
        version=form.version,
        language=language,
        findings=findings,
    )
    submission = Submission(
        form=form.id, version=form.version, language=language, values=values, findings=findings
    )
    return Entry(receipt=held, submission=submission)


def is_proposed(receipt: Receipt) -> bool:
    """Say whether what is held of a file are the lines of a message."""
    return any(finding.code == FindingCode.MESSAGE_ANSWERS for finding in receipt.findings)


def agreed(study: StudyForms, store: Store, receipt: Receipt, held: Submission) -> Entry:
    """Return the next revision of the record that a message answers. Raises DecisionRefused."""
    name = next(f for f in receipt.findings if f.code == FindingCode.MESSAGE_ANSWERS)
    record = store.known_record(held.form, name.context["subject"])
    form = None if record is None else _form(study, record)
    if record is None or form is None:
        raise DecisionRefused(Refusal.NOTHING_READ, receipt=receipt.id)
    current = store.current(record.record_id)
    given = [_given(form, value) for value in held.values if not _says_so(value.raw)]
    submission = _overlaid(study, form, current, given)
    for answer in given:
        code = Place(form.items[answer.item], answer.row).code
        require_understood(submission, answer, code)
    findings = (*held.findings, *submission.findings)
    new = Entry(
        receipt=replace(receipt, findings=findings),
        submission=replace(submission, findings=findings),
        queries=tuple(_confirmed(store, receipt, record, held)),
    )
    return next_revision(form, record, current, new)


def _record(study: StudyForms, store: Store, names: Iterable[str]) -> KnownRecord | None:
    """Return the one record that a message names, by its number or by a receipt's."""
    found: dict[str, KnownRecord] = {}
    for form in dict.fromkeys(one.id for one in study.forms.definitions()):
        for name in names:
            record = store.known_record(form, _record_id(store, name) or name)
            if record is not None and not record.current.is_withdrawn:
                found[record.record_id] = record
    return next(iter(found.values())) if len(found) == 1 else None


def _record_id(store: Store, name: str) -> str | None:
    try:
        return store.entry(name).receipt.record_id if name.isdecimal() else None
    except KeyError:
        return None


def _form(study: StudyForms, record: KnownRecord) -> FormDefinition | None:
    current = record.current.submission
    return study.forms.get(current.form, current.version)


def _held(form: FormDefinition, asked: Iterable[Query], line: ReplyLine) -> Iterator[Value]:
    """Yield what a line says, as held text; of a rule's code only that all is right."""
    try:
        place = find_place(form, line.code)
    except DecisionRefused:
        named = (q.finding for q in asked if q.finding.code == line.code)
        finding = next((f for f in named if f.all_items and _says_so(line.text)), None)
        if finding is None:
            return
        item = form.items.get(finding.all_items[0])
        if item is None:
            return
        place = Place(item, finding.row if item.group else None)
    if place.item.name in form.identity.items:
        return
    yield Value(
        item=place.item.name,
        group=place.item.group,
        row=place.row,
        missing=MissingReason.ERR,
        raw=line.text,
        rung=Rung.PERSON,
        location=Location(code=line.code),
        status=ValueStatus.HELD_BACK,
    )


def _says_so(text: str) -> bool:
    """Say whether a text confirms what is there, in any language."""
    said = fold(text).strip(" .!")
    return any(
        said == fold(words.text(f"sheet.says_so.{number}"))
        for words in map(Words, LANGUAGES)
        for number in range(10)
        if words.has(f"sheet.says_so.{number}")
    )


def _given(form: FormDefinition, value: Value) -> GivenAnswer:
    return given_at(Place(form.items[value.item], value.row), value.raw)


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


def _confirmed(
    store: Store, receipt: Receipt, record: KnownRecord, held: Submission
) -> Iterator[Query]:
    """Yield the queries that a message says are right as they are. Raises DecisionRefused."""
    lines = [value for value in held.values if _says_so(value.raw)]
    said = steps.Said(at=receipt.source.received)
    for query in store.queries(record.record_id):
        named = any(_is_about(query, value) for value in lines)
        if named and not query.is_closed:
            yield steps.confirmed(query, record.current.submission, record.revision, said)


def _is_about(query: Query, value: Value) -> bool:
    finding = query.finding
    if finding.code == value.location.code:
        return True
    is_row = value.row is None or finding.row in (None, value.row)
    return value.item in finding.all_items and is_row
