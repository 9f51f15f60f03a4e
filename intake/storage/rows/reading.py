"""Reading the store back: receipts and records, joined with what identifies their patient."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from intake.model.record import Entry, KnownRecord, PatientKey, StoredReceipt, StoredRecord
from intake.storage.database import tables
from intake.storage.rows.numbering import CURRENT, HELD, SUPERSEDED
from intake.storage.rows.separation import (
    FILE,
    KEY,
    Identifying,
    join_receipt,
    join_submission,
    kept_key,
)

_BATCH = 200
_RECEIPT, _SUBMISSION = tables.receipt.c, tables.submission.c
_RECORD, _IDENTIFYING = tables.record.c, tables.identifying.c
_NUMBER = _RECEIPT.number

Rows = Iterator[tuple[Row[Any], Identifying]]


def receipts(connection: Connection, *where: ColumnElement[bool]) -> Iterator[StoredReceipt]:
    """Yield receipts in the order of their numbers."""
    wanted = select(_NUMBER, _RECEIPT.body, _RECEIPT.delivered).where(*where).order_by(_NUMBER)
    for row, taken in _identified(connection, wanted, FILE[0]):
        receipt = join_receipt(json.loads(row.body), taken)
        yield StoredReceipt(receipt=receipt, delivered=row.delivered is not None)


def known_records(connection: Connection, form: str) -> Iterator[KnownRecord]:
    """Yield a form's records by subject, as needed to recognise a patient."""
    wanted = _current(_RECORD.record_id, _RECORD.subject, _RECORD.revision)
    wanted = wanted.add_columns(_SUBMISSION.content, _SUBMISSION.filling_date)
    rows = _identified(connection, wanted.where(_RECORD.form == form), KEY[0])
    superseded = _superseded_contents(connection, form)
    known = _superseded_keys(connection, form)
    for row, taken in rows:
        key = kept_key(taken)
        yield KnownRecord(
            record_id=row.record_id,
            subject=row.subject,
            key=key,
            revision=row.revision,
            content=row.content,
            filling_date=row.filling_date,
            receipt=tables.number_text(row.number),
            other_keys=tuple(k for k in known.get(row.record_id, ()) if k != key),
            earlier_contents=tuple(superseded.get(row.record_id, ())),
        )


def _superseded_keys(connection: Connection, form: str) -> Mapping[str, list[PatientKey]]:
    """Return the keys of the superseded revisions, each once, by record."""
    number = _SUBMISSION.receipt.label("number")
    wanted = select(number, _SUBMISSION.record_id).order_by(number)
    wanted = wanted.where(_SUBMISSION.form == form, _SUBMISSION.state == SUPERSEDED)
    found: dict[str, list[PatientKey]] = defaultdict(list)
    for row, taken in _identified(connection, wanted, KEY[0]):
        key = kept_key(taken) if KEY in taken else None
        if key is not None and key not in found[row.record_id]:
            found[row.record_id].append(key)
    return found


def _superseded_contents(connection: Connection, form: str) -> Mapping[str, list[str]]:
    """Return the digests of the superseded revisions' answers, by record."""
    wanted = select(_SUBMISSION.record_id, _SUBMISSION.content).order_by(_SUBMISSION.receipt)
    found: dict[str, list[str]] = {}
    for row in connection.execute(
        wanted.where(_SUBMISSION.form == form, _SUBMISSION.state == SUPERSEDED)
    ):
        found.setdefault(row.record_id, []).append(row.content)
    return found


def pending(connection: Connection, form: str) -> Iterator[KnownRecord]:
    """Yield the identified submissions of a form that wait in review, oldest first.

    They belong to no record yet: their record id and subject are empty, their revision is 0.
    """
    number = _SUBMISSION.receipt.label("number")
    wanted = select(number, _SUBMISSION.content, _SUBMISSION.filling_date).order_by(number)
    wanted = wanted.where(_SUBMISSION.form == form, _SUBMISSION.state == HELD)
    for row, taken in _identified(connection, wanted, KEY[0]):
        if KEY in taken:
            yield KnownRecord(
                record_id="",
                subject="",
                key=kept_key(taken),
                revision=0,
                content=row.content,
                filling_date=row.filling_date,
                receipt=tables.number_text(row.number),
            )


def entry(connection: Connection, number: int) -> Entry | None:
    """Return one receipt with the submission held for review, if there is one."""
    wanted = select(_NUMBER, _RECEIPT.body, _SUBMISSION.payload, _SUBMISSION.content)
    wanted = wanted.add_columns(_SUBMISSION.state)
    together = tables.receipt.outerjoin(tables.submission)
    found = _identified(connection, wanted.select_from(together).where(_NUMBER.in_([number])))
    for row, taken in found:
        receipt = join_receipt(json.loads(row.body), taken)
        if row.state != HELD:
            return Entry(receipt=receipt)
        submission = join_submission(json.loads(row.payload), taken)
        key = kept_key(taken) if KEY in taken else None
        return Entry(receipt=receipt, submission=submission, key=key, content=row.content)
    return None


def records(connection: Connection, *where: ColumnElement[bool]) -> Iterator[StoredRecord]:
    """Yield current records by form and subject, whole."""
    wanted = _current(_RECORD.record_id, _RECORD.subject, _RECORD.letters, _RECORD.revision)
    wanted = wanted.add_columns(_SUBMISSION.payload, _RECEIPT.body).where(*where)
    for row, taken in _identified(connection, wanted):
        receipt = join_receipt(json.loads(row.body), taken)
        yield StoredRecord(
            record_id=row.record_id,
            subject=row.subject,
            centre=receipt.centre or row.letters,
            revision=row.revision,
            received=receipt.source.received,
            receipt=receipt.id,
            file_sha256=receipt.source.sha256,
            file_format=receipt.format.value if receipt.format else "",
            submission=join_submission(json.loads(row.payload), taken),
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


def _identified(connection: Connection, wanted: Select[Any], *only: str) -> Rows:
    """Yield rows that have a ``number`` with the identifying answers of that receipt."""
    for batch in connection.execute(wanted).partitions(_BATCH):
        found = identifying_of(connection, [row.number for row in batch], *only)
        for row in batch:
            held = found.get(row.number, ())
            yield row, {(answer.item, answer.row): json.loads(answer.value) for answer in held}
