"""Putting a person's decision in the place of what was held: one transaction, newly sealed.

What was decided, and whether it may be, is known before; here the rows of one receipt are
replaced. The first seals of the receipt stay in the chain; the newest ones hold.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, delete, insert, select, update

from intake.model.receipt import Outcome, Receipt
from intake.model.record import Entry
from intake.storage.database import tables
from intake.storage.proof import audit
from intake.storage.proof.seals import new_salt
from intake.storage.rows import numbering
from intake.storage.rows.queries import chain_steps, keep_queries
from intake.storage.rows.saving import (
    Saved,
    chain_event,
    insert_answers,
    kept_texts,
    key_of,
    receipt_row,
)
from intake.storage.rows.transaction import Transaction

_OPEN = (Outcome.REVIEW.value, Outcome.DUPLICATE.value)
_REPLACED = (tables.identifying, tables.value, tables.finding, tables.submission)


def decide_entry(
    transaction: Transaction, entry: Entry, reason: str, names: frozenset[str]
) -> Receipt:
    """Replace what is kept of a receipt and return it, tied to its record when loaded."""
    number = int(entry.receipt.id)
    _require_open(transaction.connection, number)
    receipt = entry.receipt
    if receipt.is_in_dataset:
        receipt = numbering.tie_to_record(transaction, receipt, key_of(entry))
    submission = entry.submission if receipt.outcome in numbering.KEPT else None
    saved = Saved(number, receipt, kept_texts(entry, receipt, submission, names))
    for table in _REPLACED:
        transaction.connection.execute(delete(table).where(table.c.receipt == number))
    this = update(tables.receipt).where(tables.receipt.c.number == number)
    transaction.connection.execute(this.values(receipt_row(saved)))
    insert_answers(transaction, saved, replace(entry, submission=submission), names)
    steps = keep_queries(transaction, receipt, entry.queries)
    _record_decision(transaction, saved, reason)
    chain_steps(transaction, steps)
    return receipt


def reasons(connection: Connection, number: int) -> tuple[str, ...]:
    """Return the reasons given about one receipt, in order."""
    column = tables.decision.c
    wanted = select(column.reason).where(column.receipt == number).order_by(column.position)
    return tuple(connection.execute(wanted).scalars())


def _require_open(connection: Connection, number: int) -> None:
    outcome = select(tables.receipt.c.outcome).where(tables.receipt.c.number == number)
    if connection.execute(outcome).scalar() not in _OPEN:
        raise ValueError("a decision about a receipt that is not in review")


def _record_decision(transaction: Transaction, saved: Saved, reason: str) -> None:
    """Keep the reason in its table; the chain holds what was decided, and its seal."""
    decided, position = saved.receipt.decisions[-1], len(saved.receipt.decisions)
    row = {"receipt": saved.number, "position": position, "at": decided.at.isoformat()}
    row |= {"action": decided.action.value, "reason": reason, "salt": new_salt()}
    transaction.connection.execute(insert(tables.decision), row)
    code, length = decided.code, len(reason)
    more = {"action": decided.action.value, "code": code, "reason": {"length": length}}
    chain_event(transaction, saved, audit.DECISION, **more)
