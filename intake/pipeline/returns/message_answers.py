"""Answers that stand as lines in a message: held for a person, who accepts them with one act.

Which lines are answers is seen where the message is opened. Here: of which record, to which
questions. What they become once a person agrees is in ``pipeline.review.accept_message``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from intake.model.address import Place
from intake.model.definition import FormDefinition, MissingReason
from intake.model.errors import DecisionRefused
from intake.model.file.container import Reply, ReplyLine
from intake.model.finding import Location
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.query import Query, question_of
from intake.model.receipt import Outcome, Receipt
from intake.model.record import Entry, KnownRecord
from intake.model.submission import (
    Rung,
    Submission,
    Value,
    ValueStatus,
)
from intake.pipeline.desk import StudyForms
from intake.pipeline.records.given import (
    find_place,
)
from intake.ports import Store
from intake.words.catalogue import LANGUAGES, Words
from intake.words.spelling import fold


def proposed(
    study: StudyForms, store: Store, receipt: Receipt, reply: Reply, about: int | None = None
) -> Entry | None:
    """Return the entry of a message whose lines answer questions of one record; else None.

    It was written about the current revision, or about the one before that is named: what was
    asked then may be closed now.
    """
    record = _record(study, store, reply.names)
    form = None if record is None else form_of(study, record)
    if record is None or form is None:
        return None
    every = store.queries(record.record_id)
    asked = [query for query in every if about is not None or not query.is_closed]
    values = tuple(v for line in reply.lines for v in _held(form, asked, line))
    if not values:
        return None
    revision = about or record.current.revision or record.revision
    told = {"subject": record.subject, "count": str(len(values)), "revision": str(revision)}
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


def form_of(study: StudyForms, record: KnownRecord) -> FormDefinition | None:
    """Return the form version that a record's answers have."""
    current = record.current.submission
    return study.forms.get(current.form, current.version)


def _held(form: FormDefinition, asked: Sequence[Query], line: ReplyLine) -> Iterator[Value]:
    """Yield what a line says, as held text; what confirms, of what is asked alone."""
    place = _confirmed(form, asked, line) if says_so(line.text) else _answered(form, line)
    if place is None or place.item.name in form.identity.items:
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


def _answered(form: FormDefinition, line: ReplyLine) -> Place | None:
    """Return the question whose code begins a line; None where it is none's."""
    try:
        return find_place(form, line.code)
    except DecisionRefused:
        return None


def _confirmed(form: FormDefinition, asked: Sequence[Query], line: ReplyLine) -> Place | None:
    """Return where a line says that all is right, by the code of a question or of what asks.

    None where nothing asks there, and where both a question and a rule that asks another one
    have the code: nobody knows which is meant.
    """
    place = _answered(form, line)
    of_place = [q for q in asked if place is not None and is_named(q, place, place.code)]
    of_rule = [q for q in asked if q.finding.code == line.code and q.finding.all_items]
    if of_place:
        return place if all(query in of_place for query in of_rule) else None
    if len({question_of(query.finding) for query in of_rule}) > 1:
        return None
    finding = next((query.finding for query in of_rule), None)
    item = form.items.get(finding.all_items[0]) if finding else None
    if finding is None or item is None or item.code == line.code:
        return None
    return Place(item, finding.row if item.group else None)


def is_named(query: Query, place: Place, code: str) -> bool:
    """Say whether a line with a code, about a question of the form, speaks of a query."""
    finding = query.finding
    if code != place.code:
        row = finding.row if place.item.group else None
        is_its = finding.all_items[:1] == (place.item.name,) and place.row == row
        return finding.code == code and is_its
    is_row = place.row is None or finding.row in (None, place.row)
    return place.item.name in finding.all_items and is_row


def says_so(text: str) -> bool:
    """Say whether a text confirms what is there, in any language."""
    said = fold(text).strip(" .!")
    return any(
        said == fold(words.text(f"sheet.says_so.{number}"))
        for words in map(Words, LANGUAGES)
        for number in range(10)
        if words.has(f"sheet.says_so.{number}")
    )
