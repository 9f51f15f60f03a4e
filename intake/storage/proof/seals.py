"""Seals: keyed hashes of the store's rows, by which any change of them is seen.

They stand in the audit chain in the place of the answers. What is sealed of a receipt holds
its salt: once its answers and its salt are deleted, its older seals tell nothing any more.
Whatever the dataset is made of is a part here; a new table of answers or queries is one line.
"""

from __future__ import annotations

import itertools
import operator
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Select, Table, literal, select

from intake.storage.database import tables
from intake.storage.database.codec import canonical
from intake.storage.database.parts import rows_of
from intake.storage.proof.pseudonym import Pseudonyms

Touched = tuple[str, int | str]
"""A part, and the receipt's number or the record's id of the rows that changed."""

_SALT_BYTES = 16
RECEIPT, RECORD = "receipt", "record"


_of_whom = operator.itemgetter(0, 1)


def _receipts() -> Select[Any]:
    """Select receipts with the size of their files; delivery is no part of what is proved."""
    column = tables.receipt.c
    kept = [held for held in column if held.name not in ("salt", "delivered")]
    together = tables.receipt.outerjoin(tables.file)
    wanted = select(column.number, column.salt, *kept, tables.file.c.size)
    return wanted.select_from(together).order_by(column.number)


def _of_receipt(table: Table) -> Select[Any]:
    """Select the rows of a table that belong to a receipt, each with its salt."""
    joined = table.outerjoin(tables.receipt, table.c.receipt == tables.receipt.c.number)
    kept = [held for held in table.c if held.name != "receipt"]
    wanted = select(table.c.receipt, tables.receipt.c.salt, *kept).select_from(joined)
    return wanted.order_by(table.c.receipt, *table.primary_key.columns)


def _records() -> Select[Any]:
    """Select records; none of their columns tells who a patient is, so they need no salt."""
    column = tables.record.c
    return select(column.record_id, literal(""), *column).order_by(column.record_id)


PARTS: Mapping[str, Select[Any]] = {
    RECEIPT: _receipts(),
    "submission": _of_receipt(tables.submission),
    "identifying": _of_receipt(tables.identifying),
    "query": _of_receipt(tables.query),
    "query_step": _of_receipt(tables.query_step),
    "decision": _of_receipt(tables.decision),
    RECORD: _records(),
}
"""The sealed rows by part: first their key and salt, then all that is sealed."""


def new_salt() -> str:
    """Return a random salt for one receipt."""
    return secrets.token_hex(_SALT_BYTES)


def of_receipt(number: int) -> set[Touched]:
    """Return every part of one receipt."""
    return {(part, number) for part in PARTS if part != RECORD}


def seals(
    connection: Connection, pseudonyms: Pseudonyms, part: str, keys: Iterable[int | str] = ()
) -> Iterator[tuple[str, str]]:
    """Yield key and seal of the rows that a part holds now; of all of them without ``keys``."""
    wanted = PARTS[part]
    key_column = next(iter(wanted.selected_columns))
    if keys:
        wanted = wanted.where(key_column.in_(sorted(keys)))
    yield from seals_of(connection, pseudonyms, part, wanted)


def seals_of(
    connection: Connection, pseudonyms: Pseudonyms, part: str, wanted: Select[Any]
) -> Iterator[tuple[str, str]]:
    """Yield key and seal of selected rows: first their key and salt, then all that is sealed."""
    rows = rows_of(connection, wanted)
    for (key, salt), held in itertools.groupby(rows, key=_of_whom):
        yield str(key), pseudonyms.seal(part, canonical([salt, [row[2:] for row in held]]))


def sealed(
    connection: Connection, pseudonyms: Pseudonyms, touched: Iterable[Touched]
) -> dict[str, dict[str, str | None]]:
    """Return the new seals of what was touched, by part and key; None where no row is left."""
    keys: dict[str, set[int | str]] = defaultdict(set)
    for part, key in touched:
        keys[part].add(key)
    return {
        part: {str(key): None for key in wanted} | dict(seals(connection, pseudonyms, part, wanted))
        for part, wanted in keys.items()
    }
