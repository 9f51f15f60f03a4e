"""Moving a study from one database to another: every row as it stands, the same audit chain.

One transaction of the new store: cut off at any moment, nothing is there, and it is run again.
The old store stays as it is. Which files hold originals is no matter of this.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, Text, bindparam, func, insert, select, update

from intake.model.errors import StoreFault, StoreUnavailable
from intake.ports import Clock
from intake.storage.admission import admit
from intake.storage.database import tables
from intake.storage.database.codec import canonical
from intake.storage.database.opening import Database
from intake.storage.database.packed import Packed
from intake.storage.database.parts import in_parts, rows_of
from intake.storage.proof.pseudonym import Pseudonyms
from intake.storage.verify import verify


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What was copied."""

    head: str
    """Where the audit chain ends, in both stores: ``153-9f2a41c07be1``."""
    receipts: int
    records: int


def copy_store(source_url: str, target_url: str, key: Path, clock: Clock) -> Copied:
    """Copy a store into an empty one, and prove both. Raises StoreUnavailable; then nothing is."""
    with contextlib.closing(Database(source_url, may_begin=False)) as source:
        with source.reading() as connection:
            if _is_empty(connection):
                raise StoreUnavailable(StoreFault.NO_STORE, store=source.name)
        pseudonyms, witness = admit(source, key, clock)
        with contextlib.closing(Database(target_url)) as target:
            with source.only_run(), target.only_run():
                _copy_all(source, target, pseudonyms)
            with target.reading() as connection:
                return Copied(
                    head=str(witness.follow(connection, pseudonyms)),
                    receipts=_count(connection, tables.receipt),
                    records=_count(connection, tables.record),
                )


def _copy_all(source: Database, target: Database, pseudonyms: Pseudonyms) -> None:
    """Copy every row, or none; both stores are proved before anything is kept."""
    with source.reading(in_parts=True) as old, target.writing(in_parts=True) as new:
        if not _is_empty(new):
            raise StoreUnavailable(StoreFault.NOT_EMPTY, store=target.name)
        verify(old, pseudonyms)
        for table in _every():
            _copy(old, new, table)
        _require_equal(old, new, target.name)
        verify(new, pseudonyms)


def _every() -> Iterator[Table]:
    """Yield the tables, those that others point at first; packed texts are left as they are."""
    as_kept = MetaData()
    for table in tables.metadata.sorted_tables:
        plain = table.to_metadata(as_kept)
        for column in plain.columns:
            if isinstance(column.type, Packed):
                column.type = Text()
        yield plain


def _copy(old: Connection, new: Connection, table: Table) -> None:
    """Copy the rows of a table; what points at a later row of it is pointed there at the end."""
    is_tied = "parent" in table.c
    for some in in_parts(_rows(old, table)):
        new.execute(insert(table), [row | {"parent": None} if is_tied else row for row in some])
    if is_tied:
        inside = select(table.c.number.label("this"), table.c.parent.label("holds"))
        rows = rows_of(old, inside.where(table.c.parent.is_not(None)))
        tied = update(table).where(table.c.number == bindparam("this"))
        for pairs in in_parts(dict(row._mapping) for row in rows):
            new.execute(tied.values(parent=bindparam("holds")), pairs)


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    wanted = select(table).order_by(*table.primary_key.columns)
    yield from (dict(row._mapping) for row in rows_of(connection, wanted))


def _require_equal(old: Connection, new: Connection, name: str) -> None:
    """Compare every row of every table, the chain's and those that no seal covers."""
    for table in _every():
        if _digest(old, table) != _digest(new, table):
            raise StoreUnavailable(StoreFault.COPY_DIFFERS, store=name, part=table.name)


def _digest(connection: Connection, table: Table) -> str:
    digest = hashlib.sha256()
    for row in _rows(connection, table):
        digest.update(canonical(row).encode("ascii"))
    return digest.hexdigest()


def _is_empty(connection: Connection) -> bool:
    return not any(_count(connection, table) for table in tables.metadata.sorted_tables)


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()
