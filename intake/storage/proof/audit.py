"""The audit chain: one row per event, each sealed to the one before.

A row's hash covers the previous hash and the row, so that no row can be changed, removed
or put in between. Answers never enter it: a receipt's event holds *seals*, keyed and salted
hashes of what was saved (see ``seals``).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from intake.model.errors import StoreUnavailable
from intake.storage.database import tables
from intake.storage.database.codec import canonical

CREATED = "store_created"
RECEIPT = "receipt"
DECISION = "decision"
"""Its body holds the seals of the receipt as the decision left it, and its reason's seal."""
FORGOTTEN = "forgotten"
"""Its body lists the ``receipts`` whose answers and salt were deleted for good."""
_FIRST = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, before it is chained."""

    name: str
    at: dt.datetime
    body: Mapping[str, Any]
    receipt: int | None = None
    subject: str | None = None


def append(connection: Connection, event: Event) -> None:
    """Add an event at the end of the chain, within a writing transaction."""
    newest = select(tables.audit.c.seq, tables.audit.c.hash).order_by(tables.audit.c.seq.desc())
    last = connection.execute(newest.limit(1)).first()
    seq, prev = (1, _FIRST) if last is None else (last.seq + 1, last.hash)
    row: dict[str, Any] = {
        "seq": seq,
        "at": event.at.isoformat(),
        "event": event.name,
        "receipt": event.receipt,
        "subject": event.subject,
        "body": canonical(event.body),
    }
    connection.execute(insert(tables.audit), {**row, "prev": prev, "hash": _link(prev, row)})


def walk(connection: Connection) -> Iterator[Row[Any]]:
    """Yield the rows in order, checking each. Raises StoreUnavailable at the first break."""
    prev = _FIRST
    for row in connection.execute(select(tables.audit).order_by(tables.audit.c.seq)):
        content = dict(row._mapping)
        stated = (content.pop("prev"), content.pop("hash"))
        if stated != (prev, _link(prev, content)):
            raise broken(f"row {row.seq} does not follow from the one before")
        yield row
        prev = row.hash


def broken(problem: str) -> StoreUnavailable:
    """Return the error of a chain that does not verify."""
    return StoreUnavailable(
        f"The audit chain of the store is broken: {problem}. Something changed the store "
        "outside this program. Keep this file as it is and compare it with your backups."
    )


def _link(prev: str, row: Mapping[str, Any]) -> str:
    return hashlib.sha256((prev + canonical(row)).encode("ascii")).hexdigest()
