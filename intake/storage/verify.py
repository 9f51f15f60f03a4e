"""Proving the store unchanged: the audit chain, and every stored row against its seals."""

from __future__ import annotations

import json

from sqlalchemy import Connection, func, select

from intake.model.errors import StoreFault, StoreUnavailable
from intake.storage.database import tables
from intake.storage.proof import audit
from intake.storage.proof.pseudonym import Pseudonyms
from intake.storage.proof.seals import PARTS, RECORD, seals

_NAMED = 5
"""How many of the places that differ an error names."""

Expected = dict[str, dict[str, str]]
"""The newest seals by part and key, as the chain says."""


def verify(connection: Connection, pseudonyms: Pseudonyms) -> None:
    """Check chain and seals. Raises StoreUnavailable at the first thing that does not hold.

    A row that no event sealed, and a sealed one that is not there, do not hold either.
    """
    expected = expected_seals(connection, pseudonyms)
    for part, wanted in expected.items():
        found = dict(seals(connection, pseudonyms, part))
        wrong = sorted(key for key in found | wanted if found.get(key) != wanted.get(key))
        if wrong:
            raise _not_as_saved(part, wrong)


def require_newest_receipt(connection: Connection) -> None:
    """Check that the newest receipt is the chain's newest, at no cost; raises StoreUnavailable."""
    stored = connection.execute(select(func.max(tables.receipt.c.number))).scalar()
    chained = connection.execute(select(func.max(tables.audit.c.receipt))).scalar()
    if stored != chained:
        context = {"stored": str(stored), "chained": str(chained)}
        raise StoreUnavailable(StoreFault.CHAIN_NEWEST, **context)


def expected_seals(connection: Connection, pseudonyms: Pseudonyms) -> Expected:
    """Return the newest seals, each link checked. Raises StoreUnavailable at a break."""
    expected: Expected = {part: {} for part in PARTS}
    for row in audit.walk(connection, pseudonyms):
        for part, new in json.loads(row.body).get("sealed", {}).items():
            for key, seal in new.items():
                if seal is None:
                    expected[part].pop(key, None)
                else:
                    expected[part][key] = seal
    return expected


def _not_as_saved(part: str, keys: list[str]) -> StoreUnavailable:
    """Return the error that names what differs, the first ones of many."""
    names = keys if part == RECORD else [tables.number_text(int(key)) for key in keys]
    told = {"part": part, "places": ", ".join(names[:_NAMED])}
    more = len(names) - _NAMED
    if more > 0:
        return StoreUnavailable(StoreFault.CHAIN_MORE_ROWS, **told, more=str(more))
    return StoreUnavailable(StoreFault.CHAIN_ROWS, **told)
