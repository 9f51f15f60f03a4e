"""What an entry asks of its record, worked out just before it is saved.

Wherever answers become a revision of a record, its entry passes here. What several versions
of the form asked is seen under the names of the newest, and kept under each one's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from intake.model.finding import Finding
from intake.model.query import Query
from intake.model.receipt import Receipt, loaded_with
from intake.model.record import Entry, KnownRecord
from intake.pipeline.queries.conversation import Brought, Talk, Turn, conversation
from intake.pipeline.queries.versions import Names, names_of
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
    stored = {query.number: query for query in store.queries(record_id)} if record_id else {}
    said = {q.number: _by(receipt, q, stored.get(q.number)) for q in entry.queries}
    talk = talked(forms, record, turn, (stored | said).values())
    told = tuple(zip(turn.findings, talk.findings, strict=True))
    return replace(
        entry,
        receipt=replace(receipt, findings=talk.findings, outcome=loaded_with(talk.findings)),
        submission=replace(submission, findings=tuple(_as_told(submission.findings, told))),
        queries=tuple((said | {query.number: query for query in talk.queries}).values()),
    )


def talked(forms: Forms, record: KnownRecord | None, turn: Turn, known: Iterable[Query]) -> Talk:
    """Return the conversation of a turn with what was asked of its record before.

    Each query and finding has the names of the answers that it is about: so has what is given.
    """
    names = names_of(forms, record, (turn.revision, turn.submission))
    before = {query.number: query for query in known}
    own = turn.submission.version
    under = replace(
        turn,
        submission=names.answers(turn.submission),
        findings=tuple(names.finding(finding, own) for finding in turn.findings),
        earlier=names.earlier,
    )
    answers = {
        form.revision: names.answers(form.submission) for form in (record.forms if record else ())
    }
    talk = conversation(under, map(names.query, before.values()), answers.get)
    now = {query.number: query for query in talk.queries}
    now |= {query.number: query for query in _carried(names, turn, before.values(), now)}
    return Talk(
        tuple(names.kept(query, before.get(n)) for n, query in sorted(now.items())),
        tuple(
            replace(finding, severity=told.severity, settled=told.settled)
            for finding, told in zip(turn.findings, talk.findings, strict=True)
        ),
    )


def _carried(
    names: Names, turn: Turn, known: Iterable[Query], now: Iterable[int]
) -> Iterator[Query]:
    """Yield what goes on being asked since another version: of the newest answers from now on."""
    for query in known:
        then = names.versions.get(query.revision)
        is_open = not query.is_closed and query.number not in now and query.finding.all_items
        if is_open and then not in (None, turn.submission.version):
            yield replace(names.query(query), revision=turn.revision)


def _by(receipt: Receipt, query: Query, before: Query | None) -> Query:
    """Return a query whose newest step names the receipt that brought it, as it is kept.

    A sheet sees it under the names of its own version.
    """
    newest = replace(query.steps[-1], receipt=receipt.id)
    is_kept = before is not None and before.revision == query.revision
    finding = before.finding if before and is_kept else query.finding
    return replace(query, finding=finding, steps=(*query.steps[:-1], newest))


def _record_under(store: Store, entry: Entry) -> tuple[str, int]:
    """Return the record that an entry becomes a revision of, and its newest revision's number.

    Of a new record nothing and 0. One whose only revision was undone is there still, with what
    was asked of it.
    """
    if entry.receipt.record_id or entry.key is None:
        return entry.receipt.record_id or "", 0
    return store.record_under(entry.receipt.form or "", entry.key)


def _as_told(
    findings: Iterable[Finding], told: Iterable[tuple[Finding, Finding]]
) -> Iterator[Finding]:
    """Yield the answers' own findings as the receipt tells them; each is told once."""
    left = list(told)
    for finding in findings:
        index = next((n for n, (before, _) in enumerate(left) if before == finding), None)
        yield finding if index is None else left.pop(index)[1]
