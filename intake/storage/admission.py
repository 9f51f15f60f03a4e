"""Opening a store: its key, its place in time, and what an old one needs first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from intake.model.definition import FormDefinition
from intake.ports import Clock
from intake.storage.database.opening import Database
from intake.storage.old_queries import are_left, move_queries
from intake.storage.old_rules import seal_anew
from intake.storage.proof import audit
from intake.storage.proof.pseudonym import Pseudonyms
from intake.storage.proof.unlocking import unlock
from intake.storage.proof.witness import Witness
from intake.storage.rows import lookup
from intake.storage.rows.blocks import are_unfilled, fill_blocks
from intake.storage.verify import require_newest_receipt, verify

Definitions = Callable[[str, str], FormDefinition | None]
"""Return a form version by form id and version."""


def admit(database: Database, key: Path, clock: Clock) -> tuple[Pseudonyms, Witness]:
    """Return a store's key, and the witness of its chain's end.

    A short check: its cost does not grow with the store. Raises StoreUnavailable when the
    store is not the one this key last wrote to. Without a witness all is verified.
    """
    witness = Witness(key)  # before the store: it is never ahead of what is read later
    pseudonyms = unlock(database, key, witness, clock)
    if witness.head is None:
        witness.look()  # another program may have begun the store meanwhile
    if witness.head is None:
        _bear_witness(database, pseudonyms, witness, clock)
        return pseudonyms, witness
    with database.reading() as connection:
        require_newest_receipt(connection)
        newest = witness.follow(connection, pseudonyms)
        has_old_queries = are_left(connection)
    witness.keep(newest)
    if has_old_queries:
        _move_queries(database, pseudonyms, witness, clock)
    return pseudonyms, witness


def fill_copies(database: Database, pseudonyms: Pseudonyms, definitions: Definitions) -> None:
    """Make what an older version saved be found as what this one saves."""
    with database.reading() as connection:
        is_unfilled = lookup.is_unfilled(connection), are_unfilled(connection)
    if not any(is_unfilled):
        return
    with database.writing() as connection:
        if lookup.is_unfilled(connection):
            lookup.fill(connection, definitions)
        if are_unfilled(connection):
            fill_blocks(connection, pseudonyms)


def _move_queries(
    database: Database, pseudonyms: Pseudonyms, witness: Witness, clock: Clock
) -> None:
    """Move the queries of an older version, unless another program has done so meanwhile."""
    with database.writing() as connection:
        head = move_queries(connection, pseudonyms, clock) if are_left(connection) else None
    if head is not None:
        witness.keep(head)


def _bear_witness(
    database: Database, pseudonyms: Pseudonyms, witness: Witness, clock: Clock
) -> None:
    """Verify the whole of a store whose end nobody kept, seal an old one anew, and keep it."""
    with database.writing() as connection:
        if are_left(connection):
            move_queries(connection, pseudonyms, clock)
        if audit.is_keyed(connection, pseudonyms):
            verify(connection, pseudonyms)
            event = audit.Event(name=audit.WITNESSED, at=clock(), body={})
            head = audit.append(connection, pseudonyms, event)
        else:
            head = seal_anew(connection, pseudonyms, clock)
    witness.keep(head)
