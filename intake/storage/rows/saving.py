"""Writing one file's entry: every row of one transaction, in order.

What became of the file is decided before; here it is numbered, tied to its record and kept.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy import insert, select, update

from intake.model.errors import StoreFault, StoreUnavailable
from intake.model.receipt import Receipt
from intake.model.record import Entry, PatientKey
from intake.model.submission import Submission
from intake.storage.database import tables
from intake.storage.database.codec import canonical
from intake.storage.proof import audit
from intake.storage.proof.seals import RECEIPT, new_salt, of_receipt
from intake.storage.rows import numbering
from intake.storage.rows.blocks import keep_blocks
from intake.storage.rows.lookup import look_up
from intake.storage.rows.separation import Identifying, keep_key, split_receipt, split_submission
from intake.storage.rows.stepping import chain_steps, keep_queries
from intake.storage.rows.transaction import Transaction

_COPIED = ("form", "version", "language", "centre", "subject", "record_id", "revision")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One receipt as the tables hold it, as texts; None for what is not there."""

    salt: str
    body: str
    payload: str | None
    identifying: tuple[tuple[str, int, str], ...]
    """Item, row and JSON of each identifying answer."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A numbered receipt and the texts to store."""

    number: int
    receipt: Receipt
    kept: Kept


def save_entry(transaction: Transaction, entry: Entry, names: frozenset[str]) -> Receipt:
    """Save an entry and return its receipt, numbered and tied to its record.

    A receipt that has a number already was promised it; its members are saved before it.
    ``names`` are the identifying items of the submission's form.
    """
    _refuse_twice(transaction, entry.receipt)
    number = int(entry.receipt.id) if entry.receipt.id else numbering.next_receipt(transaction)
    receipt = replace(entry.receipt, id=tables.number_text(number))
    if receipt.is_in_dataset:
        receipt = numbering.tie_to_record(transaction, receipt, key_of(entry))
    submission = entry.submission if receipt.outcome in numbering.KEPT else None
    saved = Saved(number, receipt, kept_texts(entry, receipt, submission, names))
    _insert_receipt(transaction, saved)
    insert_answers(transaction, saved, replace(entry, submission=submission))
    steps = keep_queries(transaction, receipt, entry.queries)
    chain_event(transaction, saved, audit.RECEIPT)
    if receipt.decisions:
        record_decision(transaction, saved, entry.reason)
    chain_steps(transaction, steps)
    return receipt


def insert_answers(transaction: Transaction, saved: Saved, entry: Entry) -> None:
    """Write what identifies the patient, and the answers if they are kept."""
    identifying = ((saved.number, *held) for held in saved.kept.identifying)
    transaction.insert_all(tables.identifying, identifying)
    if entry.submission is not None:
        _insert_submission(transaction, saved, entry.submission, entry.content)
        keep_blocks(transaction, saved.number, entry.submission.form, entry.key)
    likeness = entry.likeness if entry.submission is not None else ""
    look_up(transaction, saved.receipt, entry.submission, likeness)


def _refuse_twice(transaction: Transaction, receipt: Receipt) -> None:
    """Stop when another run saved the same bytes since this one looked."""
    if receipt.outcome not in numbering.KEPT or receipt.earlier is not None:
        return  # known bytes that came out of turn wait beside the first
    if numbering.first_receipt_of(transaction.connection, receipt.source.sha256) is not None:
        raise StoreUnavailable(StoreFault.SAVED_TWICE)


def key_of(entry: Entry) -> PatientKey:
    """Return the patient's key of a loaded entry. Raises ValueError when it lacks a part."""
    if entry.key is None or entry.submission is None:
        raise ValueError("a loaded entry has a submission and a patient's key")
    return entry.key


def kept_texts(
    entry: Entry, receipt: Receipt, submission: Submission | None, names: frozenset[str]
) -> Kept:
    """Return the receipt and its answers as stored: what identifies stands apart."""
    body, taken = split_receipt(receipt)
    payload = None
    if submission is not None:
        payload, answers = split_submission(submission, names)
        taken |= answers | (keep_key(entry.key) if entry.key else Identifying())
    return Kept(
        salt=new_salt(),
        body=canonical(body),
        payload=None if payload is None else canonical(payload),
        identifying=tuple((*place, canonical(held)) for place, held in taken.items()),
    )


def _insert_receipt(transaction: Transaction, saved: Saved) -> None:
    """Write the file and its receipt."""
    source = saved.receipt.source
    known = select(tables.file.c.sha256).where(tables.file.c.sha256 == source.sha256)
    if transaction.connection.execute(known).first() is None:
        file = {"sha256": source.sha256, "size": source.size}
        transaction.connection.execute(insert(tables.file), file)
    row = receipt_row(saved) | {"parent": _saved_parent(transaction, saved.receipt)}
    transaction.connection.execute(insert(tables.receipt), row)
    for member in saved.receipt.members:
        inside = update(tables.receipt).where(tables.receipt.c.number == int(member.receipt))
        transaction.connection.execute(inside.values(parent=saved.number))
        transaction.touched.add((RECEIPT, int(member.receipt)))


def receipt_row(saved: Saved) -> dict[str, object]:
    """Return a receipt's row; it is not delivered yet."""
    receipt, source = saved.receipt, saved.receipt.source
    return {name: getattr(receipt, name) for name in _COPIED} | {
        "number": saved.number,
        "parent": int(receipt.parent) if receipt.parent else None,
        "sha256": source.sha256,
        "outcome": receipt.outcome.value,
        "format": receipt.format.value if receipt.format else None,
        "received": source.received.astimezone(dt.UTC).isoformat(),
        "delivered": None,
        "salt": saved.kept.salt,
        "body": saved.kept.body,
    }


def _saved_parent(transaction: Transaction, receipt: Receipt) -> int | None:
    """Return the parent's number; a parent saved after its members writes it to them itself."""
    if receipt.parent is None:
        return None
    number = tables.receipt.c.number
    found = select(number).where(number == int(receipt.parent))
    return transaction.connection.execute(found).scalar()


def _insert_submission(
    transaction: Transaction, saved: Saved, submission: Submission, content: str
) -> None:
    receipt, loaded = saved.receipt, saved.receipt.outcome.is_loaded
    state = numbering.WITHDRAWN if receipt.is_withdrawn else numbering.CURRENT
    row = {
        "receipt": saved.number,
        "record_id": receipt.record_id if loaded else None,
        "revision": receipt.revision if loaded else None,
        "state": state if loaded else numbering.HELD,
        "form": submission.form,
        "version": submission.version,
        "language": submission.language,
        "content": content,
        "filling_date": receipt.filling_date,
        "payload": saved.kept.payload,
    }
    transaction.connection.execute(insert(tables.submission), row)


def chain_event(transaction: Transaction, saved: Saved, name: str, **more: object) -> None:
    """Chain what became of a receipt; never an answer, nor a word that the file chose."""
    receipt = saved.receipt
    body = {
        "outcome": receipt.outcome.value,
        "file": receipt.source.sha256,
        "record_id": receipt.record_id,
        "revision": receipt.revision,
    }
    transaction.touched.update(of_receipt(saved.number))
    transaction.chain(name, body | more, receipt=saved.number, subject=receipt.subject)


def record_decision(transaction: Transaction, saved: Saved, reason: str) -> None:
    """Keep the reason in its table; the chain holds what was decided, and its seal."""
    decided, position = saved.receipt.decisions[-1], len(saved.receipt.decisions)
    row = {"receipt": saved.number, "position": position, "at": decided.at.isoformat()}
    row |= {"action": decided.action.value, "reason": reason, "salt": new_salt()}
    transaction.connection.execute(insert(tables.decision), row)
    code, length = decided.code, len(reason)
    more = {"action": decided.action.value, "code": code, "reason": {"length": length}}
    chain_event(transaction, saved, audit.DECISION, **more)
