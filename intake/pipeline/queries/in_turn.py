"""What an entry asks of its record, worked out just before it is saved.

Wherever answers become a revision of a record, its entry passes here. What an older version of
the form asked and was answered is seen under the names of the entry's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from intake.model.carry import carried, renaming
from intake.model.definition import FormDefinition
from intake.model.finding import Finding
from intake.model.query import Query
from intake.model.receipt import loaded_with
from intake.model.record import Entry, KnownRecord
from intake.model.submission import Submission
from intake.pipeline.queries.conversation import Brought, Turn, conversation
from intake.ports import Forms, Store


def with_queries(
    store: Store, forms: Forms, entry: Entry, at: dt.datetime, brought: Brought = Brought.FORM
) -> Entry:
    """Return an entry with its queries; what need not be asked again is only told.

    An entry that is not loaded asks nothing. The receipt has its number already.
    """
    receipt, submission = entry.receipt, entry.submission
    if not receipt.is_in_dataset or submission is None:
        return entry
    record = _record(store, entry)
    turn = Turn(
        submission=submission,
        revision=record.revision + 1 if record else 1,
        findings=receipt.findings,
        brought=brought,
        at=at,
        receipt=receipt.id,
    )
    definition = forms.get(submission.form, submission.version)
    known = _known(store, record, definition) if record else ()
    talk = conversation(turn, known, _revisions(record, definition).get)
    told = tuple(zip(receipt.findings, talk.findings, strict=True))
    return replace(
        entry,
        receipt=replace(receipt, findings=talk.findings, outcome=loaded_with(talk.findings)),
        submission=replace(submission, findings=tuple(_as_told(submission.findings, told))),
        queries=talk.queries,
    )


def _record(store: Store, entry: Entry) -> KnownRecord | None:
    """Return the record that an entry becomes a revision of; None for a new one."""
    record_id = entry.receipt.record_id
    return store.known_record(entry.receipt.form or "", record_id) if record_id else None


def _revisions(
    record: KnownRecord | None, definition: FormDefinition | None
) -> Mapping[int | None, Submission]:
    """Return the answers of each revision that is kept, under the names of a version."""
    return {
        form.revision: carried(form.submission, definition) if definition else form.submission
        for form in (record.forms if record else ())
    }


def _known(store: Store, record: KnownRecord, definition: FormDefinition | None) -> Iterator[Query]:
    """Yield what was asked of a record, under the names of a version."""
    versions = {form.revision: form.submission.version for form in record.forms}
    for query in store.queries(record.record_id):
        version = versions.get(query.revision)
        if definition is None or version in (None, definition.version):
            yield query
        else:
            way = renaming(definition, version)
            item = query.finding.item
            named = replace(
                query.finding,
                item=None if item is None else way.name(item),
                items=tuple(map(way.name, query.finding.items)),
            )
            yield replace(query, finding=named)


def _as_told(
    findings: Iterable[Finding], told: Iterable[tuple[Finding, Finding]]
) -> Iterator[Finding]:
    """Yield the answers' own findings as the receipt tells them; each is told once."""
    left = list(told)
    for finding in findings:
        index = next((n for n, (before, _) in enumerate(left) if before == finding), None)
        yield finding if index is None else left.pop(index)[1]
