"""What the audit chain tells: the history of one record, the records of which it tells something.

Never an answer, nor a reason. Whatever changes a sealed row is in the chain: nothing is missed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select

from intake.model.mail.message import NOTED, MessageState
from intake.storage.database import tables
from intake.storage.database.parts import in_parts
from intake.storage.proof import audit
from intake.storage.proof.seals import RECORD

_TOLD = ("outcome", "revision", "query", "action", "how", "code", "sheet")
_LEAVES = ("export", "freeze")
"""Events of data that leave the study's folder, whosever they are."""
_GONE = (NOTED[MessageState.SENT], NOTED[MessageState.SENDING])
"""Of messages: one that was given to a server and of which no answer was heard may have left."""
_RECORD, _RECEIPT, _AUDIT = tables.record.c, tables.receipt.c, tables.audit.c
_TIED = (tables.receipt.c.number, tables.submission.c.receipt, tables.query.c.receipt)
"""The rows that say whose a receipt is; each table has a ``record_id`` beside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One event of a record's history."""

    seq: int
    at: dt.datetime
    by: str
    """Account of the computer; empty in events of versions before 0003."""
    event: str
    receipt: str | None
    detail: Mapping[str, Any]
    """Of ``outcome``, ``revision``, ``query``, ``action``, ``how``, ``code``, ``sheet``, those that
    the event has."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One event that another part of the program noted, with what it kept of it."""

    event: str
    at: dt.datetime
    detail: Mapping[str, Any]


def noted(connection: Connection, events: Collection[str]) -> Iterator[Noted]:
    """Yield the events of some names, the oldest first."""
    wanted = select(_AUDIT.event, _AUDIT.at, _AUDIT.body).where(_AUDIT.event.in_(events))
    for row in connection.execute(wanted.order_by(_AUDIT.seq)):
        yield Noted(row.event, dt.datetime.fromisoformat(row.at), json.loads(row.body))


def has_left(connection: Connection, number: int, revision: int | None) -> bool:
    """Say whether data were exported since a receipt became a revision, else its last event."""
    is_own = (_AUDIT.receipt == number, _AUDIT.event.in_((audit.RECEIPT, audit.DECISION)))
    events = connection.execute(select(_AUDIT.seq, _AUDIT.body).where(*is_own)).all()
    wanted = [
        row.seq
        for row in events
        if revision is None or json.loads(row.body).get("revision") == revision
    ]
    since = min(wanted, default=0) if revision is not None else max(wanted, default=0)
    later = select(_AUDIT.event, _AUDIT.body).where(_AUDIT.seq > since).order_by(_AUDIT.seq)
    left = connection.execute(later.where(_AUDIT.event.in_((*_LEAVES, *NOTED.values())))).all()
    newest = {
        told["message"]: row.event
        for row in left
        if row.event not in _LEAVES and _tells(told := json.loads(row.body), number)
    }
    return any(row.event in _LEAVES for row in left) or any(
        event in _GONE for event in newest.values()
    )


def _tells(told: Mapping[str, Any], number: int) -> bool:
    """Say whether a message holds data of a receipt: those it is about."""
    about = [str(one).partition(" ")[0] for one in told.get("about", ())]
    return tables.number_text(number) in about


def history(connection: Connection, name: str) -> Iterator[Happened]:
    """Yield the events of a record named by its number or its id, the oldest first.

    Also what befell its files before they were tied to it. Raises KeyError.
    """
    is_named = or_(_RECORD.subject == name, _RECORD.record_id == name)
    ids = connection.execute(select(_RECORD.record_id).where(is_named)).scalars().all()
    if not ids:
        raise KeyError(name)
    wanted = select(_RECEIPT.number).where(_RECEIPT.record_id.in_(ids))
    numbers = set(connection.execute(wanted).scalars())
    events = select(tables.audit).order_by(_AUDIT.seq)
    is_told = or_(_AUDIT.receipt.in_(numbers), _AUDIT.event == audit.FORGOTTEN)
    for row in connection.execute(events.where(is_told)):
        body = json.loads(row.body)
        told = {tables.number_text(row.receipt)} if row.receipt else set(body["receipts"])
        if told & {tables.number_text(number) for number in numbers}:
            yield Happened(
                seq=row.seq,
                at=dt.datetime.fromisoformat(row.at),
                by=body.get("by", ""),
                event=row.event,
                receipt=tables.number_text(row.receipt) if row.receipt else None,
                detail={key: body[key] for key in _TOLD if body.get(key) is not None},
            )


def changed_since(connection: Connection, seq: int) -> frozenset[str]:
    """Return the ids of the records that the events after one may have changed.

    Those, too, to which a receipt of these events was ever tied.
    """
    ids, numbers = set[str](), set[int]()
    events = select(_AUDIT.receipt, _AUDIT.body).where(_AUDIT.seq > seq)
    for row in connection.execute(events):
        body = json.loads(row.body)
        ids.add(body.get("record_id"))
        numbers.add(row.receipt)
        numbers.update(map(int, body.get("receipts", ())))
        for part, keys in body.get("sealed", {}).items():
            if part == RECORD:
                ids.update(keys)
            else:
                numbers.update(map(int, keys))
    ids.update(_tied(connection, sorted(number for number in numbers if number)))
    return frozenset(each for each in ids if each)


def _tied(connection: Connection, numbers: Collection[int]) -> Iterator[str]:
    """Yield the records to which receipts are, or were, tied."""
    for some in in_parts(numbers):
        for column in _TIED:
            wanted = select(column.table.c.record_id).where(column.in_(some))
            yield from connection.execute(wanted).scalars()
        told = select(_AUDIT.body).where(_AUDIT.receipt.in_(some))
        for body in connection.execute(told).scalars():
            yield json.loads(body).get("record_id")
