"""Forgetting: the chain may say that answers are gone only when they are."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from intake.storage.database import tables
from intake.storage.proof.seals import RECEIPT, of_receipt, sealed
from intake.storage.rows.transaction import Transaction


def require_forgotten(transaction: Transaction, numbers: Iterable[int]) -> None:
    """Name what is left of forgotten receipts, to be sealed with the event that says so.

    Nothing but the receipt's own row may be left, without its salt; else ValueError.
    """
    for number in numbers:
        touched = of_receipt(number)
        left = sealed(transaction.connection, transaction.pseudonyms, touched)
        salt = select(tables.receipt.c.salt).where(tables.receipt.c.number == number)
        kept = [part for part, seals in left.items() if seals[str(number)] and part != RECEIPT]
        digest = select(tables.lookup.c.likeness).where(tables.lookup.c.receipt == number)
        if transaction.connection.execute(digest).scalar() is not None:
            kept.append("lookup")
        found = select(tables.block.c.receipt).where(tables.block.c.receipt == number)
        if transaction.connection.execute(found).first() is not None:
            kept.append("block")
        if kept or transaction.connection.execute(salt).scalar() is not None:
            raise ValueError(f"said to be forgotten, and still there: {kept or 'the salt'}")
        transaction.touched.update(touched)
