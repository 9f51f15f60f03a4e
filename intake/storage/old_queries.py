"""Queries of versions before 0005: verified as they were sealed, and put where steps have room.

They had no finding of their own, and one end: a new revision. Their rows stood aside since
the migration.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    insert,
    inspect,
    select,
)

from intake.model.errors import StoreFault, StoreUnavailable
from intake.model.query import QueryAction, QueryEnd
from intake.ports import Clock
from intake.storage.database import tables
from intake.storage.database.codec import canonical
from intake.storage.proof import audit
from intake.storage.proof.audit import Head
from intake.storage.proof.pseudonym import Pseudonyms
from intake.storage.proof.seals import sealed, seals_of
from intake.storage.verify import expected_seals

BEFORE = Table(
    "query_before",
    MetaData(),
    Column("id", String(24), primary_key=True),
    Column("record_id", String(16)),
    Column("receipt", Integer),
    Column("position", Integer),
    Column("state", String(16)),
    Column("opened", String(40)),
    Column("closed", String(40)),
    Column("reason", String(40)),
)
_PART = "query"


def are_left(connection: Connection) -> bool:
    """Say whether queries of an older version stand aside."""
    return inspect(connection).has_table(BEFORE.name)


def move_queries(connection: Connection, pseudonyms: Pseudonyms, clock: Clock) -> Head | None:
    """Put the old queries in their new tables; return the chain's new end.

    None where nothing was sealed: a store whose chain has no key yet seals them afterwards.
    Raises StoreUnavailable, and moves nothing, where they are not as they were saved.
    """
    is_keyed = audit.is_keyed(connection, pseudonyms)
    if is_keyed:
        _verify(connection, pseudonyms)
    touched = set()
    numbers: Counter[str] = Counter()
    for row in _old(connection):
        numbers[row.record_id] += 1
        _insert(connection, row, numbers[row.record_id])
        touched |= {("query", row.receipt), ("query_step", row.receipt)}
    BEFORE.drop(connection)
    if not is_keyed:
        return None
    body = {"sealed": sealed(connection, pseudonyms, touched)}
    event = audit.Event(name=audit.QUERIES_MOVED, at=clock(), body=body)
    return audit.append(connection, pseudonyms, event)


def _verify(connection: Connection, pseudonyms: Pseudonyms) -> None:
    salt = tables.receipt.c.salt
    joined = BEFORE.outerjoin(tables.receipt, BEFORE.c.receipt == tables.receipt.c.number)
    kept = [column for column in BEFORE.c if column.name != "receipt"]
    rows = select(BEFORE.c.receipt, salt, *kept).select_from(joined)
    found = seals_of(connection, pseudonyms, _PART, rows.order_by(BEFORE.c.receipt, BEFORE.c.id))
    if dict(found) != expected_seals(connection, pseudonyms, _PART):
        raise StoreUnavailable(StoreFault.CHAIN_QUERIES)


def _old(connection: Connection) -> Iterator[Row[Any]]:
    """Yield the old queries with their receipts, in the order in which they were asked."""
    column = tables.receipt.c
    together = BEFORE.join(tables.receipt, BEFORE.c.receipt == column.number)
    wanted = select(BEFORE, column.revision, column.body).select_from(together)
    yield from connection.execute(wanted.order_by(BEFORE.c.receipt, BEFORE.c.position)).all()


def _insert(connection: Connection, row: Row[Any], number: int) -> None:
    """Write one query with its one or two steps."""
    finding = json.loads(row.body)["findings"][row.position - 1]
    how = QueryEnd.SUPERSEDED.value if row.closed else None
    query = {"record_id": row.record_id, "number": number, "receipt": row.receipt}
    more = {"code": finding["code"], "state": row.state, "how": how, "revision": row.revision}
    connection.execute(insert(tables.query), query | more | {"payload": canonical(finding)})
    _insert_step(connection, query, {"position": 1, "at": row.opened})
    if row.closed:
        _insert_step(connection, query, {"position": 2, "at": row.closed, "how": how})


def _insert_step(
    connection: Connection, query: Mapping[str, object], step: Mapping[str, object]
) -> None:
    action = QueryAction.CLOSED if "how" in step else QueryAction.OPENED
    plain = {"by": "", "reason": "", "action": action.value}
    connection.execute(insert(tables.query_step), {**query, **plain, **step})
