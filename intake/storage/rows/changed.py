"""Which records something happened to since an event of the chain.

Whatever changes a sealed row is in the chain, so that nothing can be missed here. Records that
look as they did before are among them: who asks compares.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from sqlalchemy import Connection, select

from intake.storage.database import tables
from intake.storage.database.parts import in_parts
from intake.storage.proof.seals import RECORD

_AUDIT = tables.audit.c
_NAMED = (tables.receipt.c.number, tables.submission.c.receipt, tables.query.c.receipt)
"""The rows that say whose a receipt is; each table has a ``record_id`` beside."""


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
        for column in _NAMED:
            wanted = select(column.table.c.record_id).where(column.in_(some))
            yield from connection.execute(wanted).scalars()
        told = select(_AUDIT.body).where(_AUDIT.receipt.in_(some))
        for body in connection.execute(told).scalars():
            yield json.loads(body).get("record_id")
