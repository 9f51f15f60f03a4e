"""What the coordinator does about one query: each act taken whole or refused.

Every act raises DecisionRefused; nothing has changed then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from intake.model.address import Place
from intake.model.errors import DecisionRefused, Refusal
from intake.model.finding import Finding, Location
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.local_text import LocalText
from intake.model.query import Query, QueryAction, question_of
from intake.model.record import KnownRecord, StoredRecord
from intake.pipeline.queries import steps
from intake.pipeline.queries.steps import Said
from intake.pipeline.queries.versions import Names, names_of
from intake.ports import Forms, Store
from intake.privacy.guard import holds_identity

_BEGAN = (QueryAction.OPENED, QueryAction.REOPENED)


def confirm(store: Store, query: Query, said: Said) -> Query:
    """Close a query: the answers are right as they are."""
    _check_words(said.reason, is_needed=False)
    record = store.current(query.record_id)
    return store.step(steps.confirmed(query, record.submission, record.revision, said))


def answer(store: Store, query: Query, said: Said) -> Query:
    """Keep what the centre said."""
    _check_words(said.reason, is_needed=True)
    return store.step(steps.answered(query, said))


def withdraw(store: Store, query: Query, said: Said) -> Query:
    """Close a query: the study gives it up, for a reason."""
    _check_words(said.reason, is_needed=True)
    return store.step(steps.withdrawn(query, store.current(query.record_id).revision, said))


def reopen(store: Store, forms: Forms, query: Query, said: Said) -> Query:
    """Ask a closed query again of the newest answers, for a reason."""
    _check_words(said.reason, is_needed=True)
    current = store.current(query.record_id)
    names = _names(store, forms, query, current)
    under = names.query(query)
    for twin in map(names.query, store.queries(query.record_id)):
        is_twin = not twin.is_closed and question_of(twin.finding) == question_of(under.finding)
        if is_twin and query.finding.code != FindingCode.STUDY_QUESTION:
            raise DecisionRefused(Refusal.QUERY_NOT_CLOSED, query=twin.id)
    return store.step(names.kept(steps.reopened(under, current.revision, said), query))


def _names(store: Store, forms: Forms, query: Query, current: StoredRecord) -> Names:
    """Return the names of a query's record; also of the revision that it is about, now undone."""
    names = names_of(forms, store.known_record(current.submission.form, query.record_id))
    files = [step.receipt for step in query.steps if step.action in _BEGAN and step.receipt]
    if query.revision in names.versions or not files:
        return names
    version = store.entry(files[-1]).receipt.version or names.version
    return replace(names, versions={**names.versions, query.revision: version})


def ask(
    store: Store, record: KnownRecord, place: Place, languages: Iterable[str], said: Said
) -> Query:
    """Open a query of the study's own about one answer, in the words of ``said``.

    The words are the same in every language of the form: nobody translates them here.
    """
    _check_words(said.reason, is_needed=True)
    known = max((query.number for query in store.queries(record.record_id)), default=0)
    blank = Query(
        number=known + 1,
        finding=_question(place, dict.fromkeys(languages, said.reason.strip())),
        revision=record.current.revision or record.revision,
        steps=(),
        record_id=record.record_id,
        subject=record.subject,
    )
    return store.step(steps.stepped(blank, QueryAction.OPENED, replace(said, reason="")))


def find_query(store: Store, form: str, name: str) -> Query:
    """Return the query with an id such as ``REI-007-3``, in capitals or not."""
    subject, _, number = name.strip().upper().rpartition("-")
    record = store.known_record(form, subject)
    for query in store.queries(record.record_id) if record else ():
        if str(query.number) == number:
            return query
    raise DecisionRefused(Refusal.UNKNOWN_QUERY, query=name)


def find_live_query(store: Store, form: str, name: str) -> Query:
    """Return a query that something may be done about: of a record that was not withdrawn."""
    query = find_query(store, form, name)
    find_live_record(store, form, query.record_id)
    return query


def find_live_record(store: Store, form: str, name: str) -> KnownRecord:
    """Return a record that was not withdrawn: of one that was, nothing is asked."""
    record = find_record(store, form, name)
    if record.current.is_withdrawn:
        raise DecisionRefused(
            Refusal.WITHDRAWN, subject=record.subject, receipt=record.current.receipt
        )
    return record


def find_record(store: Store, form: str, name: str) -> KnownRecord:
    """Return the record with a number such as ``REI-007``, in capitals or not."""
    record = store.known_record(form, name)
    if record is None:
        raise DecisionRefused(Refusal.UNKNOWN_PATIENT, patient=name)
    return record


def _question(place: Place, words: LocalText) -> Finding:
    asked = finding_of(FindingCode.STUDY_QUESTION, location=Location(code=place.code))
    return replace(asked, item=place.item.name, row=place.row, message=words)


def _check_words(reason: str, *, is_needed: bool) -> None:
    """Stop without words where they are needed, and where they seem to name a person."""
    if is_needed and not reason.strip():
        raise DecisionRefused(Refusal.QUERY_NEEDS_WORDS)
    if holds_identity(reason):
        raise DecisionRefused(Refusal.REASON_IDENTIFIES)
