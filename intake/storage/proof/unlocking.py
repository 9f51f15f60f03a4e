"""Tying a store to its key: the first event of the chain says which key it was made with."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import Connection, select

from intake.model.errors import StoreFault, StoreUnavailable
from intake.ports import Clock
from intake.storage.database import tables
from intake.storage.database.opening import Database
from intake.storage.proof import audit
from intake.storage.proof.pseudonym import Pseudonyms, create_key, read_key
from intake.storage.proof.witness import Witness

_CHECKED = "the key of this store"


def unlock(database: Database, path: Path, witness: Witness, clock: Clock) -> Pseudonyms:
    """Return the store's key, made with the store. Raises StoreUnavailable for any other."""
    with database.reading() as connection:
        known = _key_check(connection)
    if known is None:
        return _begin(database, path, witness, clock)
    found = read_key(path)
    if found is None:
        raise StoreUnavailable(StoreFault.KEY_MISSING, file=str(path))
    if found.keyed_hash(_CHECKED) != known:
        raise StoreUnavailable(StoreFault.KEY_OTHER, file=str(path))
    return found


def _begin(database: Database, path: Path, witness: Witness, clock: Clock) -> Pseudonyms:
    """Write the chain's first event, unless another program has done so meanwhile.

    The witness is told before the transaction ends, so that whoever finds the store begun
    finds the witness too. A store of which it knows no other event may begin again.
    """
    with database.writing() as connection:
        if _key_check(connection) is None:
            if witness.head is not None and witness.head.seq > 1:
                raise witness.refusal()
            pseudonyms = read_key(path) or create_key(path)
            body = {"key_check": pseudonyms.keyed_hash(_CHECKED)}
            event = audit.Event(name=audit.CREATED, at=clock(), body=body)
            witness.keep(audit.append(connection, pseudonyms, event))
            return pseudonyms
    witness.look()
    return unlock(database, path, witness, clock)


def _key_check(connection: Connection) -> str | None:
    """Return what tells the store's own key from another, None in a new store."""
    first = select(tables.audit.c.body).where(tables.audit.c.event == audit.CREATED)
    body = connection.execute(first.order_by(tables.audit.c.seq).limit(1)).scalar()
    return None if body is None else str(json.loads(body)["key_check"])
