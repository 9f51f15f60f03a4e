"""What the state of the study asks of the store, counted by the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping

from intake.model.query import Query
from intake.model.tally import (
    AnsweredTally,
    Listed,
    LoggedEvent,
    Narrowed,
    Newest,
    OpenTally,
    Part,
    PatientTally,
    Tally,
)
from intake.storage.counting import listing, patients, tallies
from intake.storage.counting.patients import Asked
from intake.storage.database.opening import Database
from intake.storage.database.tables import number_of, number_text
from intake.storage.rows import queries


class Counts:
    """Counts and lists for the state of the study. Every call raises StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        """Remember the opened database."""
        self._database = database

    def tally(self, form: str) -> Tally:
        """Count patients of a form, files of centres and questions; opens no record."""
        with self._database.reading() as connection:
            return Tally(
                centres=tuple(patients.centres(connection, form)),
                files=tuple(tallies.files(connection)),
                codes=tuple(tallies.codes(connection)),
            )

    def patients(
        self, form: str, asked: Asked | None = None, most: int | None = None
    ) -> Iterator[PatientTally]:
        """Yield patients of a form by letters and number: all, or those of whom this is asked."""
        with self._database.reading(in_parts=True) as connection:
            yield from patients.patients(connection, form, asked, most)

    def asked(self, form: str, records: Collection[str] | None = None) -> Iterator[Query]:
        """Yield the queries that are not closed, of a form's patients or of some of them."""
        with self._database.reading(in_parts=True) as connection:
            yield from queries.still_asked(connection, form, records)

    def open_since(self, form: str) -> Iterator[OpenTally]:
        """Yield how many questions about patients wait since which day, and how grave."""
        with self._database.reading(in_parts=True) as connection:
            yield from queries.waiting(connection, form)

    def answered(self, form: str) -> Iterator[AnsweredTally]:
        """Yield how many patients gave how many of the required answers."""
        with self._database.reading() as connection:
            yield from patients.answered(connection, form)

    def newest(self, count: int) -> Newest:
        """Return the newest arrivals as lines of a list, by number, with all inside them."""
        with self._database.reading() as connection:
            return tallies.newest(connection, count)

    def waiting(self) -> tuple[str, ...]:
        """Return the numbers of the files in review that hold no other file, the oldest first."""
        with self._database.reading() as connection:
            return tuple(tallies.waiting(connection))

    def decided(self) -> int:
        """Count the files that a person decided about and that wait no more."""
        with self._database.reading() as connection:
            return tallies.decided(connection)

    def arrivals(self, receipts: Iterable[str]) -> Mapping[str, dt.datetime]:
        """Return when some receipts were first saved."""
        with self._database.reading() as connection:
            return tallies.arrivals(connection, [number_of(receipt) for receipt in receipts])

    def patient_part(self, form: str, narrowed: Narrowed, part: Part) -> Listed[PatientTally]:
        """Return one part of a form's patients in the dataset, by letters and number."""
        with self._database.reading() as connection:
            return listing.patients(connection, form, narrowed, part)

    def receipt_part(self, narrowed: Narrowed, part: Part) -> Listed[str]:
        """Return one part of the receipts, by number, the newest first."""
        with self._database.reading() as connection:
            found = listing.receipts(connection, narrowed, part)
        return Listed(tuple(map(number_text, found.lines)), found.count)

    def query_part(self, form: str, narrowed: Narrowed, part: Part) -> Listed[Query]:
        """Return one part of the queries about a form's patients, by the patient's number."""
        with self._database.reading() as connection:
            return listing.asked(connection, form, narrowed, part)

    def event_part(self, narrowed: Narrowed, part: Part) -> Listed[LoggedEvent]:
        """Return one part of the audit chain, the newest event first."""
        with self._database.reading() as connection:
            return listing.events(connection, narrowed, part)
