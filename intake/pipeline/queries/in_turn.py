"""What an entry asks of its record, worked out just before it is saved.

Wherever answers become a revision of a record, its entry passes here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from intake.model.finding import Finding, Severity
from intake.model.finding_codes import FindingCode
from intake.model.query import Query
from intake.model.receipt import Receipt, loaded_with
from intake.model.record import Entry
from intake.pipeline.queries.conversation import Brought, Talk, Turn, conversation
from intake.ports import Store

_ABOUT_SHEET = (FindingCode.SHEET_UNCLEAR, FindingCode.SHEET_LATE)
"""They speak of a question that is asked already."""


def with_queries(
    store: Store, entry: Entry, at: dt.datetime, brought: Brought = Brought.FORM
) -> Entry:
    """Return an entry with its queries; what need not be asked again is only told.

    An entry that is not loaded asks nothing. The receipt has its number already. What a query
    sheet said of the queries that it asked stands in the entry; the rest follows from it.
    """
    receipt, submission = entry.receipt, entry.submission
    if not receipt.is_in_dataset or submission is None:
        return entry
    said = {query.number: _by(receipt, query) for query in entry.queries}
    talk = _talk(store, replace(entry, queries=tuple(said.values())), at, brought)
    findings = _lowered(receipt.findings, talk.settled)
    return replace(
        entry,
        receipt=replace(receipt, findings=findings, outcome=loaded_with(findings)),
        submission=replace(submission, findings=_lowered(submission.findings, talk.settled)),
        queries=tuple((said | {query.number: query for query in talk.queries}).values()),
    )


def _talk(store: Store, entry: Entry, at: dt.datetime, brought: Brought) -> Talk:
    receipt, submission = entry.receipt, entry.submission
    if submission is None:
        raise ValueError("a loaded entry has answers")
    record_id = receipt.record_id or ""
    record = store.known_record(submission.form, record_id) if record_id else None
    known = {query.number: query for query in store.queries(record_id)} if record_id else {}
    known |= {query.number: query for query in entry.queries}
    revisions = {form.revision: form.submission for form in record.forms} if record else {}
    turn = Turn(
        submission=submission,
        revision=record.revision + 1 if record else 1,
        findings=tuple(f for f in receipt.findings if f.code not in _ABOUT_SHEET),
        brought=Brought.ANSWERS if receipt.sheet else brought,
        at=at,
        receipt=receipt.id,
        sheet=receipt.sheet.number if receipt.sheet else None,
    )
    return conversation(turn, tuple(known.values()), revisions.get)


def _by(receipt: Receipt, query: Query) -> Query:
    """Return a query whose newest step names the receipt that brought it."""
    newest = replace(query.steps[-1], receipt=receipt.id)
    return replace(query, steps=(*query.steps[:-1], newest))


def _lowered(findings: Iterable[Finding], settled: Iterable[Finding]) -> tuple[Finding, ...]:
    done = tuple(settled)
    return tuple(
        replace(finding, severity=Severity.NOTE) if finding in done else finding
        for finding in findings
    )
