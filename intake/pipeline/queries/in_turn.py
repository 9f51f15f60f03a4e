"""What an entry asks of its record, worked out just before it is saved.

Wherever answers become a revision of a record, its entry passes here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from intake.model.finding import Finding, Severity
from intake.model.receipt import loaded_with
from intake.model.record import Entry
from intake.pipeline.queries.conversation import Brought, Talk, Turn, conversation
from intake.ports import Store


def with_queries(
    store: Store, entry: Entry, at: dt.datetime, brought: Brought = Brought.FORM
) -> Entry:
    """Return an entry with its queries; what need not be asked again is only told.

    An entry that is not loaded asks nothing. The receipt has its number already.
    """
    receipt, submission = entry.receipt, entry.submission
    if not receipt.is_in_dataset or submission is None:
        return entry
    talk = _talk(store, entry, at, brought)
    findings = _lowered(receipt.findings, talk.settled)
    return replace(
        entry,
        receipt=replace(receipt, findings=findings, outcome=loaded_with(findings)),
        submission=replace(submission, findings=_lowered(submission.findings, talk.settled)),
        queries=talk.queries,
    )


def _talk(store: Store, entry: Entry, at: dt.datetime, brought: Brought) -> Talk:
    receipt, submission = entry.receipt, entry.submission
    if submission is None:
        raise ValueError("a loaded entry has answers")
    record_id = receipt.record_id or ""
    record = store.known_record(submission.form, record_id) if record_id else None
    known = tuple(store.queries(record_id)) if record_id else ()
    revisions = {form.revision: form.submission for form in record.forms} if record else {}
    turn = Turn(
        submission=submission,
        revision=record.revision + 1 if record else 1,
        findings=receipt.findings,
        brought=brought,
        at=at,
        receipt=receipt.id,
    )
    return conversation(turn, known, revisions.get)


def _lowered(findings: Iterable[Finding], settled: Iterable[Finding]) -> tuple[Finding, ...]:
    done = tuple(settled)
    return tuple(
        replace(finding, severity=Severity.NOTE) if finding in done else finding
        for finding in findings
    )
