"""Proving the store unchanged: the audit chain, and every stored part against its seals."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from intake.storage.database import tables
from intake.storage.proof import audit
from intake.storage.proof.pseudonym import Pseudonyms
from intake.storage.proof.seals import Kept, reason_seal, seals
from intake.storage.rows import reading

_BATCH = 200


def verify(connection: Connection, pseudonyms: Pseudonyms) -> None:
    """Check chain and seals. Raises StoreUnavailable at the first thing that does not hold.

    What was forgotten, as an event of the chain says, has no seals to check any more.
    """
    sealed: dict[int, Mapping[str, str]] = {}
    reasons: dict[tuple[int, int], str] = {}
    forgotten: set[int] = set()
    for row in audit.walk(connection):
        body = json.loads(row.body)
        if row.event in (audit.RECEIPT, audit.DECISION):
            sealed[row.receipt] = body["seals"]
        if row.event == audit.DECISION:
            reasons[row.receipt, body["position"]] = body["reason"]["seal"]
        elif row.event == audit.FORGOTTEN:
            forgotten.update(int(number) for number in body["receipts"])
    _require_complete(connection, sealed)
    given = {place: seal for place, seal in reasons.items() if place[0] not in forgotten}
    _require_reasons(connection, pseudonyms, given)
    for number, kept in _kept(connection):
        if number not in forgotten and seals(pseudonyms, kept) != sealed.get(number):
            raise audit.broken(f"receipt {tables.number_text(number)} is not as it was saved")


def _require_reasons(
    connection: Connection, pseudonyms: Pseudonyms, wanted: Mapping[tuple[int, int], str]
) -> None:
    """Check that each decision has the reason that was given, and that there are no others."""
    found = {
        (row.receipt, row.position): reason_seal(pseudonyms, row.salt, row.reason)
        for row in connection.execute(select(tables.decision))
    }
    if found != wanted:
        raise audit.broken("the reasons of decisions are not as they were given")


def _require_complete(connection: Connection, sealed: Mapping[int, Any]) -> None:
    """Check that receipts and their events are the same, so that no end can be cut off."""
    saved = connection.execute(select(func.count()).select_from(tables.receipt)).scalar_one()
    newest = connection.execute(select(func.max(tables.receipt.c.number))).scalar()
    if saved != len(sealed) or newest != max(sealed, default=None):
        raise audit.broken(f"{saved} receipts are stored and {len(sealed)} are in the chain")


def _kept(connection: Connection) -> Iterator[tuple[int, Kept]]:
    """Yield what the tables hold of each receipt."""
    column = tables.receipt.c
    together = tables.receipt.outerjoin(tables.submission)
    wanted = select(column.number, column.salt, column.body, tables.submission.c.payload)
    for batch in connection.execute(wanted.select_from(together)).partitions(_BATCH):
        found = reading.identifying_of(connection, [row.number for row in batch])
        for row in batch:
            held = tuple((a.item, a.row, a.value) for a in found.get(row.number, ()))
            yield (
                row.number,
                Kept(salt=row.salt, body=row.body, payload=row.payload, identifying=held),
            )
