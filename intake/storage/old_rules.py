"""Stores of versions before 0003: proved by the rules of then, and sealed anew.

Their chain was linked without a key, and sealed only a receipt's JSON, its answers, what
identifies and the reasons. What those rules did not see, nobody can see any more: the first
seals by today's rules take it as it stands, and the chain says when.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, select

from intake.model.errors import StoreFault, StoreUnavailable
from intake.ports import Clock
from intake.storage.database import tables
from intake.storage.database.codec import canonical
from intake.storage.proof import audit
from intake.storage.proof.audit import Head
from intake.storage.proof.pseudonym import Pseudonyms
from intake.storage.proof.seals import PARTS, seals
from intake.storage.rows.reading import identifying_of

_AT_ONCE = 500
_BATCH = 200


def seal_anew(connection: Connection, pseudonyms: Pseudonyms, clock: Clock) -> Head:
    """Verify an old store, then seal all it holds; return the chain's end.

    Raises StoreUnavailable, and nothing is sealed, when the old rules do not hold.
    """
    verify_old(connection, pseudonyms)
    for part in PARTS:
        every = list(seals(connection, pseudonyms, part))
        for start in range(0, max(len(every), 1), _AT_ONCE):
            body = {"sealed": {part: dict(every[start : start + _AT_ONCE])}}
            event = audit.Event(name=audit.SEALED_ANEW, at=clock(), body=body)
            head = audit.append(connection, pseudonyms, event)
    return head


def verify_old(connection: Connection, pseudonyms: Pseudonyms) -> None:
    """Check chain and seals as before 0003. Raises StoreUnavailable."""
    sealed: dict[int, Mapping[str, str]] = {}
    reasons: dict[tuple[int, int], str] = {}
    rows = connection.execute(select(tables.audit).order_by(tables.audit.c.seq))
    for row in audit.linked(rows, audit.FIRST, audit.plain_link):
        body = json.loads(row.body)
        if row.event in (audit.RECEIPT, audit.DECISION):
            sealed[row.receipt] = body["seals"]
        if row.event == audit.DECISION:
            reasons[row.receipt, body["position"]] = body["reason"]["seal"]
    if dict(_receipts(connection, pseudonyms)) != sealed:
        raise StoreUnavailable(StoreFault.CHAIN_RECEIPT)
    if dict(_reasons(connection, pseudonyms)) != reasons:
        raise StoreUnavailable(StoreFault.CHAIN_REASONS)


def _reasons(
    connection: Connection, pseudonyms: Pseudonyms
) -> Iterator[tuple[tuple[int, int], str]]:
    for row in connection.execute(select(tables.decision)):
        text = canonical([row.salt, "reason", row.reason])
        yield (row.receipt, row.position), pseudonyms.keyed_hash(text)


def _receipts(
    connection: Connection, pseudonyms: Pseudonyms
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield each receipt's number and seals, made of what the tables hold."""
    column = tables.receipt.c
    wanted = select(column.number, column.salt, column.body, tables.submission.c.payload)
    together = wanted.select_from(tables.receipt.outerjoin(tables.submission))
    for batch in connection.execute(together).partitions(_BATCH):
        found = identifying_of(connection, [row.number for row in batch])
        for row in batch:
            held = sorted((a.item, a.row, a.value) for a in found.get(row.number, ()))
            texts = {"body": row.body, "payload": row.payload}
            texts |= {"identifying": canonical(held) if held else None}
            yield (
                row.number,
                {
                    name: pseudonyms.keyed_hash(canonical([row.salt, name, text]))
                    for name, text in texts.items()
                    if text is not None
                },
            )
