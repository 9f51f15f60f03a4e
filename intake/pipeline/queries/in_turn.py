"""What an entry asks of its record, worked out just before it is saved.

Wherever answers become a revision of a record, its entry passes here. What an older version of
the form asked and was answered is seen under the names of the entry's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from intake.checks.recheck import renamed
from intake.model.carry import carried, renaming
from intake.model.definition import FormDefinition
from intake.model.finding import Finding
from intake.model.query import Query
from intake.model.receipt import Receipt, loaded_with
from intake.model.record import Entry, KnownRecord
from intake.model.submission import Submission
from intake.pipeline.queries.conversation import Brought, Turn, conversation
from intake.ports import Forms, Store


def with_queries(
    store: Store, forms: Forms, entry: Entry, at: dt.datetime, brought: Brought = Brought.FORM
) -> Entry:
    """Return an entry with its queries; what need not be asked again is only told.

    An entry that is not loaded asks nothing; one that is a revision already brings its own
    queries. The receipt has its number already. What a query sheet said of the queries that it
    asked stands in the entry; the rest follows from it.
    """
    receipt, submission = entry.receipt, entry.submission
    if not receipt.is_in_dataset or submission is None or receipt.revision is not None:
        return entry
    record_id, newest = _record_under(store, entry)
    record = store.known_record(submission.form, record_id) if record_id else None
    turn = Turn(
        submission=submission,
        revision=(record.revision if record else newest) + 1,
        findings=receipt.findings,
        brought=Brought.ANSWERS if receipt.sheet else brought,
        at=at,
        receipt=receipt.id,
        sheet=receipt.sheet.number if receipt.sheet else None,
    )
    definition = forms.get(submission.form, submission.version)
    said = {query.number: _by(receipt, query) for query in entry.queries}
    asked = queries_under(store.queries(record_id), record, definition) if record_id else ()
    known = {query.number: query for query in asked} | said
    talk = conversation(turn, tuple(known.values()), revisions_under(record, definition).get)
    told = tuple(zip(turn.findings, talk.findings, strict=True))
    return replace(
        entry,
        receipt=replace(receipt, findings=talk.findings, outcome=loaded_with(talk.findings)),
        submission=replace(submission, findings=tuple(_as_told(submission.findings, told))),
        queries=tuple((said | {query.number: query for query in talk.queries}).values()),
    )


def _by(receipt: Receipt, query: Query) -> Query:
    """Return a query whose newest step names the receipt that brought it."""
    newest = replace(query.steps[-1], receipt=receipt.id)
    return replace(query, steps=(*query.steps[:-1], newest))


def _record_under(store: Store, entry: Entry) -> tuple[str, int]:
    """Return the record that an entry becomes a revision of, and its newest revision's number.

    Of a new record nothing and 0. One whose only revision was undone is there still, with what
    was asked of it.
    """
    if entry.receipt.record_id or entry.key is None:
        return entry.receipt.record_id or "", 0
    return store.record_under(entry.receipt.form or "", entry.key)


def revisions_under(
    record: KnownRecord | None, definition: FormDefinition | None
) -> Mapping[int | None, Submission]:
    """Return the answers of each revision that is kept, under the names of a version."""
    return {
        form.revision: carried(form.submission, definition) if definition else form.submission
        for form in (record.forms if record else ())
    }


def queries_under(
    queries: Iterable[Query], record: KnownRecord | None, definition: FormDefinition | None
) -> Iterator[Query]:
    """Yield what was asked of a record, under the names of a version."""
    forms = record.forms if record else ()
    versions = {form.revision: form.submission.version for form in forms}
    for query in queries:
        version = versions.get(query.revision)
        if definition is None or version in (None, definition.version):
            yield query
        else:
            way = renaming(definition, version)
            yield replace(query, finding=renamed(query.finding, way))


def _as_told(
    findings: Iterable[Finding], told: Iterable[tuple[Finding, Finding]]
) -> Iterator[Finding]:
    """Yield the answers' own findings as the receipt tells them; each is told once."""
    left = list(told)
    for finding in findings:
        index = next((n for n, (before, _) in enumerate(left) if before == finding), None)
        yield finding if index is None else left.pop(index)[1]
