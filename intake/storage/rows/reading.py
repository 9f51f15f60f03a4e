"""Reading the store back: receipts and records, joined with what identifies their patient."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from intake.model.query import QueryEnd, QuestionNow
from intake.model.receipt import Receipt
from intake.model.record import Entry, StoredReceipt, StoredRecord
from intake.storage.database import tables
from intake.storage.database.parts import in_parts, rows_of
from intake.storage.rows.numbering import CURRENT, HELD
from intake.storage.rows.separation import (
    FILE,
    KEY,
    Identifying,
    join_receipt,
    join_submission,
    kept_key,
)
from intake.storage.rows.settled import answers_at, settled_questions

_BATCH = 200
_AT_HAND = 25
"""How many whole records are in memory at once."""
_RECEIPT, _SUBMISSION = tables.receipt.c, tables.submission.c
_RECORD, _IDENTIFYING = tables.record.c, tables.identifying.c
_NUMBER = _RECEIPT.number

Rows = Iterator[tuple[Row[Any], Identifying]]


def receipts(connection: Connection, *where: ColumnElement[bool]) -> Iterator[StoredReceipt]:
    """Yield receipts in the order of their numbers."""
    wanted = select(_NUMBER, _RECEIPT.body, _RECEIPT.delivered).where(*where).order_by(_NUMBER)
    for row, taken in identified(connection, wanted, FILE[0]):
        receipt = join_receipt(json.loads(row.body), taken)
        yield StoredReceipt(receipt=receipt, delivered=row.delivered is not None)


def entry(connection: Connection, number: int, *, loaded: bool = False) -> Entry | None:
    """Return one receipt with the answers held for review, or also ``loaded`` ones."""
    wanted = select(_NUMBER, _RECEIPT.body, _SUBMISSION.payload, _SUBMISSION.content)
    wanted = wanted.add_columns(_SUBMISSION.state, tables.lookup.c.likeness)
    together = tables.receipt.outerjoin(tables.submission).outerjoin(
        tables.lookup, tables.lookup.c.receipt == _NUMBER
    )
    found = identified(connection, wanted.select_from(together).where(_NUMBER.in_([number])))
    for row, taken in found:
        receipt = join_receipt(json.loads(row.body), taken)
        if row.state != HELD and not (loaded and row.state):
            return Entry(receipt=receipt)
        return Entry(
            receipt=receipt,
            submission=join_submission(json.loads(row.payload), taken),
            key=kept_key(taken) if KEY in taken else None,
            content=row.content,
            likeness=(row.likeness or "") if loaded else "",
        )
    return None


def records(
    connection: Connection, *where: ColumnElement[bool]
) -> Iterator[tuple[StoredRecord, Receipt]]:
    """Yield current records by form and subject, whole, each with its receipt."""
    wanted = _current(_RECORD.record_id, _RECORD.subject, _RECORD.letters, _SUBMISSION.revision)
    wanted = wanted.add_columns(_SUBMISSION.payload, _RECEIPT.body).where(*where)
    for batch in in_parts(rows_of(connection, wanted), _BATCH):
        settled = settled_questions(connection, [row.record_id for row in batch])
        for row, taken in _joined(connection, batch):
            receipt = join_receipt(json.loads(row.body), taken)
            yield _record(row, receipt, taken, settled.get(row.record_id, ())), receipt


def records_by_id(
    connection: Connection, form: str, only: Collection[str] | None
) -> Iterator[tuple[str, StoredRecord | None, Receipt | None]]:
    """Yield a form's records by record id, those named or all; None for one without answers."""
    every = select(_RECORD.record_id).where(_RECORD.form == form)
    ids = sorted(connection.execute(every).scalars() if only is None else only)
    for some in in_parts(ids, _AT_HAND):
        named = (_RECORD.form == form, _RECORD.record_id.in_(some))
        found = {pair[0].record_id: pair for pair in records(connection, *named)}
        for record_id in some:
            yield record_id, *found.get(record_id, (None, None))


def _record(
    row: Row[Any], receipt: Receipt, taken: Identifying, questions: Sequence[QuestionNow]
) -> StoredRecord:
    submission = join_submission(json.loads(row.payload), taken)
    return StoredRecord(
        record_id=row.record_id,
        subject=row.subject,
        centre=receipt.centre or row.letters,
        revision=row.revision,
        received=receipt.source.received,
        receipt=receipt.id,
        file_sha256=receipt.source.sha256,
        file_format=receipt.format.value if receipt.format else "",
        submission=submission,
        confirmed=answers_at(QueryEnd.CONFIRMED, questions, submission),
        withdrawn=answers_at(QueryEnd.WITHDRAWN, questions, submission),
        questions=tuple(questions),
    )


def identifying_of(
    connection: Connection, numbers: Sequence[int], *only: str
) -> dict[int, list[Row[Any]]]:
    """Return the identifying answers of some receipts; ``only`` names the items wanted."""
    wanted = select(tables.identifying).where(_IDENTIFYING.receipt.in_(numbers))
    if only:
        wanted = wanted.where(_IDENTIFYING.item.in_(only))
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(wanted):
        found[row.receipt].append(row)
    return found


def _current(*columns: ColumnElement[Any]) -> Select[Any]:
    """Select columns of the current revisions, with the receipt's ``number``, by subject."""
    together = tables.record.join(
        tables.submission, _SUBMISSION.record_id == _RECORD.record_id
    ).join(tables.receipt, _SUBMISSION.receipt == _NUMBER)
    wanted = select(_NUMBER, *columns).select_from(together).where(_SUBMISSION.state == CURRENT)
    return wanted.order_by(_RECORD.form, _RECORD.letters, _RECORD.number)


def identified(connection: Connection, wanted: Select[Any], *only: str) -> Rows:
    """Yield rows that have a ``number`` with the identifying answers of that receipt."""
    for batch in in_parts(rows_of(connection, wanted), _BATCH):
        yield from _joined(connection, batch, *only)


def _joined(connection: Connection, batch: Sequence[Row[Any]], *only: str) -> Rows:
    found = identifying_of(connection, [row.number for row in batch], *only)
    for row in batch:
        held = found.get(row.number, ())
        yield row, {(answer.item, answer.row): json.loads(answer.value) for answer in held}
