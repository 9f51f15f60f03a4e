"""The store of a study: what the pipeline, exports and status ask of it.

One transaction per call. Every call raises StoreUnavailable, in words, when the database
cannot be used; a mistake of the caller is a ValueError or a KeyError.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, update

from intake.model.query import Query, QueryState
from intake.model.receipt import Outcome, Receipt, SourceFile
from intake.model.record import (
    Clues,
    Entry,
    KnownPatients,
    KnownRecord,
    PatientKey,
    StoredReceipt,
    StoredRecord,
)
from intake.model.submission import Submission
from intake.ports import Clock
from intake.privacy.private import identifying_items
from intake.storage import verify as checking
from intake.storage.admission import Definitions, admit, fill_copies
from intake.storage.counting.counts import Counts
from intake.storage.database import tables
from intake.storage.database.opening import Database
from intake.storage.database.tables import number_of
from intake.storage.proof import audit
from intake.storage.rows import (
    deciding,
    known,
    numbering,
    queries,
    reading,
    rechecking,
    saving,
    stepping,
)
from intake.storage.rows.blocks import blocks
from intake.storage.rows.forgetting import require_forgotten
from intake.storage.rows.history import (
    Happened,
    Noted,
    changed_since,
    has_left,
    history,
    noted,
)
from intake.storage.rows.transaction import Transaction

_MOST_RANKS = 9
"""How many patients of one key are looked for among those who objected."""


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class SqlStore:
    """``ports.Store`` on a database."""

    def __init__(
        self,
        url: str,
        keys: Path,
        definitions: Definitions,
        clock: Clock = _utc_now,
        by: str = "",
    ) -> None:
        """Open the store, and the key file beside which alone it can be used.

        A new store makes a new key file unless there is one. ``definitions`` says which
        items of a form are identifying; ``by`` who works, for the audit chain.
        """
        self._definitions = definitions
        self._clock = clock
        self._by = by
        self._reserved = 0
        self._database = Database(url)
        self._pseudonyms, self._witness = admit(self._database, keys, clock)
        fill_copies(self._database, self._pseudonyms, definitions)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def only_run(self) -> contextlib.AbstractContextManager[None]:
        """Be the only run at work on a server's store, of all computers; else StoreUnavailable."""
        return self._database.only_run()

    def receipt_for(self, sha256: str) -> Receipt | None:
        """Return the receipt of these bytes when they are loaded or in review."""
        return self._receipt_of(numbering.first_receipt_of, sha256)

    def newest_receipt_for(self, sha256: str) -> Receipt | None:
        """Return the newest receipt of these bytes, whatever became of them."""
        return self._receipt_of(numbering.newest_receipt_of, sha256)

    def candidates(self, clues: Clues) -> KnownPatients:
        """Return the records and waiting forms that a form with these clues may belong to."""
        with self._database.reading() as connection:
            key = clues.key
            hashes = blocks(self._pseudonyms, clues.form, key)
            found = known.candidates(connection, clues, hashes)
            if key is None:
                return found
            ids = [
                self._pseudonyms.record_id(clues.form, replace(key, rank=rank))
                for rank in range(1, _MOST_RANKS + 1)
            ]
            return replace(found, objected=known.objected(connection, ids))

    def known_record(self, form: str, name: str) -> KnownRecord | None:
        """Return the record of a form with this subject or record id, in capitals or not."""
        with self._database.reading() as connection:
            return known.known_record(connection, form, name)

    def record_under(self, form: str, key: PatientKey) -> tuple[str, int]:
        """Return the id and newest revision number of the record under a key, answers or not."""
        record_id = self._pseudonyms.record_id(form, key)
        column = tables.record.c
        wanted = select(column.record_id, column.revision).where(column.record_id == record_id)
        with self._database.reading() as connection:
            found = connection.execute(wanted).first()
        return (found.record_id, found.revision) if found else ("", 0)

    def repeats(self, receipt_id: str) -> tuple[Receipt, ...]:
        """Return the duplicates of a file, and theirs, in the order of their numbers."""
        with self._database.reading() as connection:
            return known.repeats(connection, number_of(receipt_id))

    def current(self, record_id: str) -> StoredRecord:
        """Return the current revision of a record. Raises KeyError."""
        with self._database.reading() as connection:
            found = reading.records(connection, tables.record.c.record_id == record_id)
            for record, _ in found:
                return record
        raise KeyError(record_id)

    def records(self, form: str | None = None) -> Iterator[StoredRecord]:
        """Yield current records by subject, all as they are when the first is asked for."""
        where = () if form is None else (tables.record.c.form == form,)
        with self._database.reading(in_parts=True) as connection:
            yield from (record for record, _ in reading.records(connection, *where))

    def records_by_id(
        self, form: str, only: Collection[str] | None = None
    ) -> Iterator[tuple[str, StoredRecord | None, Receipt | None]]:
        """Yield a form's records with their receipts by record id: those named, or all.

        A record without current answers, or of another form, is told by None. Memory does not
        grow with their number.
        """
        with self._database.reading(in_parts=True) as connection:
            yield from reading.records_by_id(connection, form, only)

    def changed_since(self, head: str) -> frozenset[str] | None:
        """Return the ids of the records that may have changed since the chain ended at a head.

        None when the chain never ended there.
        """
        with self._database.reading() as connection:
            if not audit.holds(connection, head):
                return None
            return changed_since(connection, int(head.partition("-")[0]))

    def receipts(
        self, numbers: Collection[str] | None = None, outcome: Outcome | None = None
    ) -> Iterator[StoredReceipt]:
        """Yield receipts in the order of their numbers: all, those numbered, of an outcome."""
        column, where = tables.receipt.c, list[ColumnElement[bool]]()
        if numbers is not None:
            where.append(column.number.in_([number_of(receipt) for receipt in numbers]))
        if outcome is not None:
            where.append(column.outcome == outcome.value)
        with self._database.reading(in_parts=True) as connection:
            yield from reading.receipts(connection, *where)

    @property
    def counts(self) -> Counts:
        """Return what counts without opening records, for the state of the study."""
        return Counts(self._database)

    def originals(self, *, in_containers: bool = False) -> Iterator[SourceFile]:
        """Yield the files that the archive must hold, or those that a container may hold alone.

        What was forgotten or set aside is not in the archive.
        """
        with self._database.reading(in_parts=True) as connection:
            for stored in reading.receipts(connection, tables.receipt.c.salt.is_not(None)):
                receipt = stored.receipt
                if receipt.may_be_in_container == in_containers and not receipt.was_set_aside:
                    yield stored.receipt.source

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of all the calls made inside; an exception undoes them."""
        with self._database.together() as connection:
            try:
                yield
            finally:
                self._reserved = 0
            head = self._witness.follow(connection, self._pseudonyms)
        self._witness.keep(head)

    def reserve(self) -> str:
        """Return a receipt number for an entry to be saved with it, inside ``together``."""
        with self._writing() as transaction:
            self._reserved = numbering.next_receipt(transaction)
            return tables.number_text(self._reserved)

    def save(self, entry: Entry) -> Receipt:
        """Save one file's entry in one transaction and return the numbered receipt."""
        names = self._identifying(entry)
        with self._writing() as transaction:
            return saving.save_entry(transaction, entry, names)

    def entry(self, receipt_id: str) -> Entry:
        """Return a receipt with what is held for review, if anything. Raises KeyError."""
        with self._database.reading() as connection:
            found = reading.entry(connection, number_of(receipt_id))
        if found is None:
            raise KeyError(receipt_id)
        return found

    def kept(self, receipt_id: str) -> Entry:
        """Return a receipt with the answers kept of it, loaded or held. Raises KeyError."""
        with self._database.reading() as connection:
            found = reading.entry(connection, number_of(receipt_id), loaded=True)
        if found is None:
            raise KeyError(receipt_id)
        return found

    def receipts_of(self, record_id: str) -> tuple[Receipt, ...]:
        """Return the receipts that are tied to a record, in the order of their numbers."""
        with self._database.reading() as connection:
            found = reading.receipts(connection, tables.receipt.c.record_id == record_id)
            return tuple(stored.receipt for stored in found)

    def has_left(self, receipt_id: str, *, revision: int | None = None) -> bool:
        """Say whether data were exported since a receipt became a revision, or was decided on."""
        with self._database.reading() as connection:
            return has_left(connection, number_of(receipt_id), revision)

    def decide(self, entry: Entry, reason: str = "") -> Receipt:
        """Put a decided entry in the place of the held one, in one transaction."""
        names = self._identifying(entry)
        with self._writing() as transaction:
            receipt = deciding.decide_entry(transaction, entry, reason, names)
        self._database.empty_log()
        return receipt

    def reasons(self, receipt_id: str) -> tuple[str, ...]:
        """Return the reason of each decision about a file, in order; empty where none."""
        with self._database.reading() as connection:
            return deciding.reasons(connection, number_of(receipt_id))

    def queries(
        self, record_id: str = "", *, states: Collection[QueryState] = (), centre: str = ""
    ) -> Iterator[Query]:
        """Yield queries by record, then by number, all as they are when the first is asked for."""
        where = queries.conditions(record_id, [state.value for state in states], centre)
        with self._database.reading(in_parts=True) as connection:
            yield from queries.queries(connection, *where)

    def step(self, query: Query) -> Query:
        """Save a query with its new steps, or a new one, outside an entry; ValueError for fewer."""
        with self._writing() as transaction:
            stepping.chain_steps(transaction, stepping.keep_query(transaction, query))
        return query

    def recheck(self, record_id: str, said: Submission, detail: Mapping[str, int]) -> None:
        """Keep what newer rules say of a record's current answers, in one transaction."""
        with self._writing() as transaction:
            rechecking.keep_recheck(transaction, record_id, said, detail)

    def undelivered(self) -> tuple[Receipt, ...]:
        """Return saved receipts whose report or move may be unfinished."""
        with self._database.reading() as connection:
            found = reading.receipts(connection, tables.receipt.c.delivered.is_(None))
            return tuple(stored.receipt for stored in found)

    def mark_delivered(self, receipt_id: str) -> None:
        """Record that the receipt was written and the file taken from the inbox."""
        this = tables.receipt.c.number == int(receipt_id)
        with self._database.writing() as connection:  # delivery is no part of what is sealed
            if connection.execute(select(tables.receipt.c.number).where(this)).first() is None:
                raise KeyError(receipt_id)
            delivered = update(tables.receipt).where(this, tables.receipt.c.delivered.is_(None))
            connection.execute(delivered.values(delivered=self._clock().isoformat()))

    def note(self, event: str, detail: Mapping[str, Any]) -> None:
        """Append an event (an export, a decision) to the audit chain; never an answer.

        Of a ``reason`` the chain holds the length and a keyed hash. Of receipts said to be
        ``forgotten`` nothing may be left; else ValueError.
        """
        with self._writing() as transaction:
            if event == audit.FORGOTTEN:
                require_forgotten(transaction, map(number_of, detail["receipts"]))
            transaction.chain(event, {**detail, **self._hidden(detail)})

    def noted(self, *events: str) -> tuple[Noted, ...]:
        """Return the events of some names that were noted, the oldest first."""
        with self._database.reading() as connection:
            return tuple(noted(connection, events))

    def sign(self, text: str) -> str:
        """Return what shows, with this store's key only, that the program wrote a text."""
        return self._pseudonyms.signature(text)

    def verify(self) -> None:
        """Check chain and rows, whole. Raises StoreUnavailable when something was changed."""
        with self._database.reading(in_parts=True) as connection:
            checking.verify(connection, self._pseudonyms)
            self._witness.follow(connection, self._pseudonyms)

    @property
    def head(self) -> str:
        """Return where the audit chain ends, for a person to keep: ``153-9f2a41c07be1``."""
        return str(self._witness.head)

    def newest_head(self) -> str:
        """Return where the chain ends now, whoever wrote last. Raises StoreUnavailable."""
        self._witness.look()
        return self.head

    def holds(self, head: str) -> bool:
        """Say whether a head that somebody kept is in the audit chain."""
        with self._database.reading() as connection:
            return audit.holds(connection, head)

    def history(self, record: str) -> tuple[Happened, ...]:
        """Return what happened to a record, by its number or its id. Raises KeyError."""
        with self._database.reading() as connection:
            return tuple(history(connection, record))

    def _receipt_of(
        self, number_of: Callable[[Connection, str], int | None], sha256: str
    ) -> Receipt | None:
        with self._database.reading() as connection:
            number = number_of(connection, sha256)
            if number is None:
                return None
            found = reading.receipts(connection, tables.receipt.c.number == number)
            return next(found).receipt

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Transaction]:
        """Give one step of writing; the chain must go on from where it was known to end."""
        is_part = self._database.is_shared
        with self._database.writing() as connection:
            yield Transaction(connection, self._pseudonyms, self._clock(), self._by, self._reserved)
            if is_part:
                return
            head = self._witness.follow(connection, self._pseudonyms)
        self._witness.keep(head)

    def _hidden(self, detail: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what stands in the place of words that a person typed."""
        if "reason" not in detail:
            return {}
        text = str(detail["reason"])
        return {"reason": {"length": len(text), "seal": self._pseudonyms.keyed_hash(text)}}

    def _identifying(self, entry: Entry) -> frozenset[str]:
        """Return what must be kept apart; without its form, nothing could be told apart."""
        if entry.submission is None:
            return frozenset()
        definition = self._definitions(entry.submission.form, entry.submission.version)
        if definition is None:
            raise ValueError("a submission of an unknown form version cannot be saved")
        return identifying_items(definition)
