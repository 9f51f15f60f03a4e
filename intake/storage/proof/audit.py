"""The audit chain: one row per event, each linked to the one before with the store's key.

A link covers the previous one and the row, so that no row can be changed, removed or put in
between by somebody without the key. Answers never enter the chain: an event holds *seals* of
the rows that it changed (see ``seals``). Where the chain ends is kept elsewhere (``witness``).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from intake.model.errors import StoreFault, StoreUnavailable
from intake.storage.database import tables
from intake.storage.database.codec import canonical
from intake.storage.database.parts import rows_of
from intake.storage.proof.pseudonym import Pseudonyms

CREATED = "store_created"
RECEIPT = "receipt"
DECISION = "decision"
QUERY = "query"
"""One step of a query; its words are not in the chain."""
QUERIES_MOVED = "queries_moved"
"""The queries of a version before 0005 were verified and put where their steps have room."""
RECHECKED = "rechecked"
"""Newer rules were applied to the answers of a receipt; its body counts what they changed."""
FORGOTTEN = "forgotten"
"""Its body lists the ``receipts`` of which nothing but a row without answers is left."""
SEALED_ANEW = "sealed_anew"
"""The rows before the first of these were written by versions that linked without a key."""
WITNESSED = "witnessed"
"""The end of the chain was not known outside the store: all was verified, then kept again."""
FIRST = "0" * 64
_SEQ = re.compile(r"[1-9][0-9]{0,8}")
SHOWN = 12
"""How many digits of a link people are shown."""
_AUDIT = tables.audit.c

LinkOf = Callable[[str, Mapping[str, Any]], str]
"""Return the hash of a row's content after the previous hash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, before it is chained."""

    name: str
    at: dt.datetime
    body: Mapping[str, Any]
    by: str = ""
    """The account of the computer under which the program ran."""
    receipt: int | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends, or ended once."""

    seq: int
    hash: str

    def __str__(self) -> str:
        """Return what people compare: ``153-9f2a41c07be1``."""
        return f"{self.seq}-{self.hash[:SHOWN]}"


def append(connection: Connection, pseudonyms: Pseudonyms, *events: Event) -> Head:
    """Add events at the end of the chain, within a writing transaction; one at least."""
    newest = select(_AUDIT.seq, _AUDIT.hash).order_by(_AUDIT.seq.desc())
    last = connection.execute(newest.limit(1)).first()
    seq, prev = (0, FIRST) if last is None else (last.seq, last.hash)
    rows = []
    for event in events:
        seq += 1
        row = _row(seq, event)
        link = pseudonyms.link(prev, canonical(row))
        rows.append({**row, "prev": prev, "hash": link})
        prev = link
    connection.execute(insert(tables.audit), rows)
    return Head(seq, prev)


def _row(seq: int, event: Event) -> dict[str, Any]:
    """Return what is linked of an event."""
    body = {**event.body, "by": event.by} if event.by else event.body
    return {
        "seq": seq,
        "at": event.at.isoformat(),
        "event": event.name,
        "receipt": event.receipt,
        "subject": event.subject,
        "body": canonical(body),
    }


def walk(connection: Connection, pseudonyms: Pseudonyms) -> Iterator[Row[Any]]:
    """Yield the rows in order, checking each. Raises StoreUnavailable at the first break."""
    sealed = select(func.min(_AUDIT.seq)).where(_AUDIT.event == SEALED_ANEW)
    keyed_from = connection.execute(sealed).scalar() or 0
    keyed = _keyed(pseudonyms)

    def link_of(prev: str, row: Mapping[str, Any]) -> str:
        return (keyed if row["seq"] >= keyed_from else plain_link)(prev, row)

    rows = rows_of(connection, select(tables.audit).order_by(_AUDIT.seq))
    return linked(rows, FIRST, link_of)


def after(connection: Connection, pseudonyms: Pseudonyms, head: Head) -> Head | None:
    """Return where the chain ends now, each link from a former end checked.

    None when that end is not in the chain: it was cut, or an older copy stands in its place.
    Raises StoreUnavailable when a link does not hold. Costs what was added since.
    """
    rows = connection.execute(
        select(tables.audit).where(_AUDIT.seq >= head.seq).order_by(_AUDIT.seq)
    ).fetchall()
    if not rows or (rows[0].seq, rows[0].hash) != (head.seq, head.hash):
        return None
    checked = list(linked(rows, rows[0].prev, _keyed(pseudonyms)))
    return Head(checked[-1].seq, checked[-1].hash)


def holds(connection: Connection, head: str) -> bool:
    """Say whether a head as people keep it (``str(Head)``) is in the chain."""
    seq, _, digits = head.strip().lower().partition("-")
    if not _SEQ.fullmatch(seq) or len(digits) < SHOWN:
        return False
    stored = connection.execute(select(_AUDIT.hash).where(_AUDIT.seq == int(seq))).scalar()
    return stored is not None and stored.startswith(digits)


def is_keyed(connection: Connection, pseudonyms: Pseudonyms) -> bool:
    """Say whether the chain was begun, or sealed anew, by a version that links with the key."""
    first = connection.execute(select(tables.audit).order_by(_AUDIT.seq).limit(1)).one()
    if first.hash != plain_link(first.prev, _content(first)):
        return True
    sealed = select(_AUDIT.seq).where(_AUDIT.event == SEALED_ANEW).limit(1)
    return connection.execute(sealed).first() is not None


def linked(rows: Iterable[Row[Any]], prev: str, link_of: LinkOf) -> Iterator[Row[Any]]:
    """Yield rows that follow from one another. Raises StoreUnavailable at the first break."""
    for row in rows:
        if (row.prev, row.hash) != (prev, link_of(prev, _content(row))):
            raise StoreUnavailable(StoreFault.CHAIN_LINK, row=str(row.seq))
        yield row
        prev = row.hash


def plain_link(prev: str, row: Mapping[str, Any]) -> str:
    """Return the hash by which versions before 0003 linked: anybody could compute it."""
    return hashlib.sha256((prev + canonical(row)).encode("ascii")).hexdigest()


def _keyed(pseudonyms: Pseudonyms) -> LinkOf:
    return lambda prev, row: pseudonyms.link(prev, canonical(row))


def _content(row: Row[Any]) -> dict[str, Any]:
    return {name: held for name, held in row._mapping.items() if name not in ("prev", "hash")}
