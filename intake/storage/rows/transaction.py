"""What every writing step shares: the transaction, the keys, the time, the chain, quick inserts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Table, insert

from intake.storage.proof import audit
from intake.storage.proof.pseudonym import Pseudonyms
from intake.storage.proof.seals import Touched, sealed


@dataclass(frozen=True, slots=True)
class Transaction:
    """One step of a transaction: what it needs, and which sealed rows it has changed."""

    connection: Connection
    pseudonyms: Pseudonyms
    now: dt.datetime
    by: str = ""
    reserved: int = 0
    """The newest receipt number promised to an entry that is not saved yet."""
    touched: set[Touched] = field(default_factory=set)
    """Whatever a step inserts, changes or deletes is named here, to be sealed by its event."""

    def insert_all(self, table: Table, rows: Iterable[tuple[object, ...]]) -> None:
        """Insert rows given as tuples in the table's order: twice as fast as dictionaries."""
        held = list(rows)
        if held:
            statement = str(insert(table).compile(dialect=self.connection.dialect))
            self.connection.exec_driver_sql(statement, held)

    def chain(
        self,
        name: str,
        body: Mapping[str, Any],
        *,
        receipt: int | None = None,
        subject: str | None = None,
    ) -> None:
        """End the step: append its event, with the seals of what it touched."""
        self.chain_all([self.event(name, body, receipt=receipt, subject=subject)])

    def event(
        self,
        name: str,
        body: Mapping[str, Any],
        *,
        receipt: int | None = None,
        subject: str | None = None,
        by: str = "",
    ) -> audit.Event:
        """Return an event of this step, by who works unless somebody else is named."""
        return audit.Event(
            name=name,
            at=self.now,
            by=by or self.by,
            body=body,
            receipt=receipt,
            subject=subject,
        )

    def chain_all(self, events: Sequence[audit.Event]) -> None:
        """Append events; the first has the seals of what was touched. None: nothing is done."""
        if not events:
            return
        new = sealed(self.connection, self.pseudonyms, self.touched)
        self.touched.clear()
        first, *more = events
        if new:
            first = replace(first, body={**first.body, "sealed": new})
        audit.append(self.connection, self.pseudonyms, first, *more)
