"""What every writing step shares: the transaction, the keys, the time, quick inserts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Table, insert

from intake.storage.proof.pseudonym import Pseudonyms


@dataclass(frozen=True, slots=True)
class Transaction:
    """One transaction: its connection, the keys, the time."""

    connection: Connection
    pseudonyms: Pseudonyms
    now: dt.datetime
    reserved: int = 0
    """The newest receipt number promised to an entry that is not saved yet."""

    def insert_all(self, table: Table, rows: Iterable[tuple[object, ...]]) -> None:
        """Insert rows given as tuples in the table's order: twice as fast as dictionaries."""
        held = list(rows)
        if held:
            statement = str(insert(table).compile(dialect=self.connection.dialect))
            self.connection.exec_driver_sql(statement, held)
