"""Proving the store unchanged: the audit chain, and every stored row against its seals.

Memory does not grow with the store: what the chain says is held in a table of this connection.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
)

from intake.model.errors import StoreFault, StoreUnavailable
from intake.storage.database import tables
from intake.storage.database.parts import in_parts
from intake.storage.proof import audit
from intake.storage.proof.pseudonym import Pseudonyms
from intake.storage.proof.seals import PARTS, RECORD, seals
from intake.storage.rows.blocks import not_as_kept

_NAMED = 5
"""How many of the places that differ an error names."""
_BLOCK = "block"

Sealed = tuple[str, str, str | None]
"""A part, a key in it, and the seal of its rows; None where no row is left."""

_EXPECTED = Table(
    "expected_seal",
    MetaData(),
    Column("part", String(16), primary_key=True),
    Column("key", String(16), primary_key=True),
    Column("seal", String(64), nullable=False),
    prefixes=["TEMPORARY"],
)
_THIS = (
    _EXPECTED.c.part == bindparam("of_part"),
    _EXPECTED.c.key == bindparam("of_key"),
)


def verify(connection: Connection, pseudonyms: Pseudonyms) -> None:
    """Check chain and seals. Raises StoreUnavailable at the first thing that does not hold.

    A row that no event sealed, and a sealed one that is not there, do not hold either. Nor does
    a key by which a patient is found that is not the patient's.
    """
    _EXPECTED.create(connection)
    for some in in_parts(newest_seals(connection, pseudonyms)):
        _expect(connection, some)
    for part in PARTS:
        _require(part, _differing(connection, pseudonyms, part))
    _require(_BLOCK, map(str, not_as_kept(connection, pseudonyms)))
    _EXPECTED.drop(connection)  # after an error the end of the transaction does it


def require_newest_receipt(connection: Connection) -> None:
    """Check that the newest receipt is the chain's newest, at no cost; raises StoreUnavailable."""
    stored = connection.execute(select(func.max(tables.receipt.c.number))).scalar()
    chained = connection.execute(select(func.max(tables.audit.c.receipt))).scalar()
    if stored != chained:
        context = {"stored": str(stored), "chained": str(chained)}
        raise StoreUnavailable(StoreFault.CHAIN_NEWEST, **context)


def expected_seals(connection: Connection, pseudonyms: Pseudonyms, part: str) -> dict[str, str]:
    """Return the newest seals of a part by key. Raises StoreUnavailable at a break."""
    newest = {key: seal for of, key, seal in newest_seals(connection, pseudonyms) if of == part}
    return {key: seal for key, seal in newest.items() if seal is not None}


def newest_seals(connection: Connection, pseudonyms: Pseudonyms) -> Iterator[Sealed]:
    """Yield all seals, a newer one after the older, each link of the chain checked.

    Those of copies that versions before 0006 kept are left out: the copies are gone.
    """
    for row in audit.walk(connection, pseudonyms):
        for part, new in json.loads(row.body).get("sealed", {}).items():
            if part in PARTS:
                yield from ((part, key, seal) for key, seal in new.items())


def _expect(connection: Connection, some: Iterable[Sealed]) -> None:
    newest = {(part, key): seal for part, key, seal in some}
    former = [{"of_part": part, "of_key": key} for part, key in newest]
    connection.execute(delete(_EXPECTED).where(*_THIS), former)
    held = [
        {"part": part, "key": key, "seal": seal}
        for (part, key), seal in newest.items()
        if seal is not None
    ]
    if held:
        connection.execute(insert(_EXPECTED), held)


def _differing(connection: Connection, pseudonyms: Pseudonyms, part: str) -> Iterator[str]:
    """Yield the keys of a part whose rows are not as they were sealed."""
    column = _EXPECTED.c
    for some in in_parts(seals(connection, pseudonyms, part)):
        found = dict(some)
        wanted = (column.part == part, column.key.in_(found))
        rows = connection.execute(select(column.key, column.seal).where(*wanted))
        expected = {row.key: row.seal for row in rows}
        yield from (key for key, seal in found.items() if expected.get(key) != seal)
        connection.execute(delete(_EXPECTED).where(*wanted))
    yield from connection.execute(select(column.key).where(column.part == part)).scalars()


def _require(part: str, wrong: Iterable[str]) -> None:
    """Raise the error that names what differs, the first ones of many."""
    keys = sorted(wrong)
    if not keys:
        return
    names = keys if part == RECORD else [tables.number_text(int(key)) for key in keys]
    told = {"part": part, "places": ", ".join(names[:_NAMED])}
    more = len(keys) - _NAMED
    if more > 0:
        raise StoreUnavailable(StoreFault.CHAIN_MORE_ROWS, **told, more=str(more))
    raise StoreUnavailable(StoreFault.CHAIN_ROWS, **told)
