"""Numbers given once and for all: receipts, records, subjects, revisions."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, exists, func, insert, or_, select, update

from intake.model.receipt import Outcome, Receipt, ReviewAction
from intake.model.record import PatientKey
from intake.storage.database import tables
from intake.storage.proof.seals import RECORD
from intake.storage.rows.transaction import Transaction

CURRENT, SUPERSEDED, HELD, WITHDRAWN = "current", "superseded", "held", "withdrawn"
KEPT = tuple(o.value for o in Outcome if o.is_loaded or o is Outcome.REVIEW)
"""Outcomes whose answers are stored."""


def next_receipt(transaction: Transaction) -> int:
    """Return the number after the newest receipt's and the newest one promised."""
    newest = transaction.connection.execute(select(func.max(tables.receipt.c.number))).scalar() or 0
    return max(newest, transaction.reserved) + 1


def first_receipt_of(connection: Connection, sha256: str) -> int | None:
    """Return the number of the receipt of these bytes, when loaded or in review.

    After a patient's objection too: the same bytes are never read again.
    """
    column, decided = tables.receipt.c, tables.decision.c
    is_objection = decided.action == ReviewAction.OBJECTION.value
    objected = exists().where(decided.receipt == column.number, is_objection)
    is_known = or_(column.outcome.in_(KEPT), objected)
    same = select(func.min(column.number)).where(column.sha256 == sha256, is_known)
    return connection.execute(same).scalar()


def newest_receipt_of(connection: Connection, sha256: str) -> int | None:
    """Return the number of the newest receipt of these bytes, whatever became of them."""
    column = tables.receipt.c
    return connection.execute(
        select(func.max(column.number)).where(column.sha256 == sha256)
    ).scalar()


def tie_to_record(transaction: Transaction, receipt: Receipt, key: PatientKey) -> Receipt:
    """Make the receipt the next revision of its patient's record, a new one if need be."""
    form = receipt.form
    if form is None:
        raise ValueError("a loaded receipt names its form")
    record_id = receipt.record_id or transaction.pseudonyms.record_id(form, key)
    column = tables.record.c
    found = select(tables.record).where(column.record_id == record_id)
    known = transaction.connection.execute(found).first()
    if known is not None:
        subject, revision = known.subject, known.revision + 1
        this = update(tables.record).where(column.record_id == record_id)
        transaction.connection.execute(this.values(revision=revision))
        _supersede(transaction, record_id)
    elif receipt.record_id is not None:
        raise ValueError("a revision of a record that does not exist")
    else:
        subject, revision = _new_record(transaction.connection, form, key, record_id), 1
    transaction.touched.add((RECORD, record_id))
    return replace(receipt, record_id=record_id, subject=subject, revision=revision)


def _new_record(connection: Connection, form: str, key: PatientKey, record_id: str) -> str:
    column = tables.record.c
    same_letters = (column.form == form, column.letters == key.centre)
    last = connection.execute(select(func.max(column.number)).where(*same_letters)).scalar()
    number = (last or 0) + 1
    subject = f"{key.centre}-{number:03d}"
    row = {"record_id": record_id, "form": form, "letters": key.centre, "number": number}
    connection.execute(insert(tables.record), {**row, "subject": subject, "revision": 1})
    return subject


def _supersede(transaction: Transaction, record_id: str) -> None:
    """Set the record's current submission aside, or the one that was withdrawn."""
    before = tables.submission.c
    is_newest = before.state.in_((CURRENT, WITHDRAWN))
    old = update(tables.submission).where(before.record_id == record_id, is_newest)
    aside = old.values(state=SUPERSEDED).returning(before.receipt)
    transaction.touched.update(
        ("submission", n) for n in transaction.connection.execute(aside).scalars()
    )


def bring_back(transaction: Transaction, record_id: str) -> None:
    """Make the newest revision that is left, if any, the record's current one again."""
    kept = tables.submission.c
    left = select(func.max(kept.revision)).where(kept.record_id == record_id)
    revision = transaction.connection.execute(left).scalar()
    if revision is None:
        return
    this = update(tables.submission).where(
        kept.record_id == record_id, kept.revision == revision, kept.state == SUPERSEDED
    )
    back = this.values(state=CURRENT).returning(kept.receipt)
    transaction.touched.update(
        ("submission", n) for n in transaction.connection.execute(back).scalars()
    )
