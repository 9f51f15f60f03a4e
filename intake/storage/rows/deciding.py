"""Putting a person's decision in the place of what was held: one transaction, newly sealed.

What was decided, and whether it may be, is known before; here the rows of one receipt are
replaced. The first seals of the receipt stay in the chain; the newest ones hold.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from intake.model.receipt import Outcome, Receipt, ReviewAction
from intake.model.record import Entry
from intake.storage.database import tables
from intake.storage.rows import numbering
from intake.storage.rows.saving import (
    Saved,
    insert_answers,
    kept_texts,
    key_of,
    receipt_row,
    record_decision,
)
from intake.storage.rows.stepping import chain_steps, forget_words, keep_queries
from intake.storage.rows.transaction import Transaction

_OPEN = (Outcome.REVIEW.value, Outcome.DUPLICATE.value)
_ABOUT_RECORDS = (ReviewAction.WITHDRAW, ReviewAction.UNDO, ReviewAction.OBJECTION)
"""Decisions about files that were decided on before."""
_REPLACED = (tables.identifying, tables.block, tables.submission)


def decide_entry(
    transaction: Transaction, entry: Entry, reason: str, names: frozenset[str]
) -> Receipt:
    """Replace what is kept of a receipt and return it, tied to its record when loaded."""
    number, receipt = int(entry.receipt.id), entry.receipt
    before = _before(transaction.connection, receipt)
    if receipt.is_in_dataset and receipt.revision is None:
        receipt = numbering.tie_to_record(transaction, receipt, key_of(entry))
    submission = entry.submission if receipt.outcome in numbering.KEPT else None
    saved = Saved(number, receipt, kept_texts(entry, receipt, submission, names))
    for table in _REPLACED:
        transaction.connection.execute(delete(table).where(table.c.receipt == number))
    this = update(tables.receipt).where(tables.receipt.c.number == number)
    transaction.connection.execute(this.values(receipt_row(saved)))
    insert_answers(transaction, saved, replace(entry, submission=submission))
    steps = keep_queries(transaction, receipt, entry.queries)
    if receipt.decisions[-1].action is ReviewAction.OBJECTION:
        forget_words(transaction, number)
    is_taken_out = before.state == numbering.CURRENT and not receipt.outcome.is_loaded
    if is_taken_out and receipt.decisions[-1].action is ReviewAction.UNDO:
        numbering.bring_back(transaction, before.record_id)
    record_decision(transaction, saved, reason)
    chain_steps(transaction, steps)
    return receipt


def reasons(connection: Connection, number: int) -> tuple[str, ...]:
    """Return the reasons given about one receipt, in order."""
    column = tables.decision.c
    wanted = select(column.reason).where(column.receipt == number).order_by(column.position)
    return tuple(connection.execute(wanted).scalars())


def _before(connection: Connection, receipt: Receipt) -> Row[Any, Any, Any]:
    """Return how a receipt and its answers stand. Raises ValueError where nothing is to decide."""
    held = tables.submission.c
    wanted = select(tables.receipt.c.outcome, held.state, held.record_id)
    together = wanted.select_from(tables.receipt.outerjoin(tables.submission))
    this = tables.receipt.c.number == int(receipt.id)
    row = connection.execute(together.where(this)).first()
    about_record = receipt.decisions[-1].action in _ABOUT_RECORDS
    if row is None or (row.outcome not in _OPEN and not about_record):
        raise ValueError("a decision about a receipt that is not in review")
    return row
