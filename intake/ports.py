"""The seams: what the pipeline asks of formats, channels, stores and executors.

Each protocol has a real adapter and a fake used by tests. Bytes, not paths, cross the
format seam. Adapters live beside each other and do not know one another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, ParamSpec, Protocol, TypeVar

from intake.model.definition import FormDefinition
from intake.model.errors import UnreadableFile
from intake.model.file.container import Contents
from intake.model.file.picture import PagePicture
from intake.model.query import Query, QueryState
from intake.model.receipt import Receipt, SourceFile
from intake.model.record import (
    Clues,
    Entry,
    KnownPatients,
    KnownRecord,
    PatientKey,
    StoredReceipt,
    StoredRecord,
)
from intake.model.run import Left
from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat, Inspection, RawSubmission, Submission

P = ParamSpec("P")
T = TypeVar("T")

Clock = Callable[[], dt.datetime]
"""Return the aware current time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRequest:
    """One blank form to write: language, stamp, study words, answers to fill in."""

    language: str
    stamp: FormStamp
    study_title: str = ""
    sponsor: str = ""
    contact: tuple[str, ...] = ()
    """Lines printed on the first page: whom to ask, where to send the form."""
    minutes: int | None = None
    """How long filling the form takes; None where the study does not say."""
    closing_date: dt.date | None = None
    prefill: Mapping[str, str] = field(default_factory=dict)
    """Text by address (a tick is ``1``), written as if the centre had typed it."""


@dataclass(frozen=True, slots=True)
class LayoutFault:
    """A place that a form's layout lost, cut or drew twice."""

    address: str
    problem: str


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What an inbox holds now."""

    files: tuple[SourceFile, ...]
    left: tuple[Left, ...] = ()
    """What stays there, by name: not finished, no file of its own, or no room for it."""


class FormWriter(Protocol):
    """Write blank forms of one format. Deterministic: same request, same bytes."""

    file_format: FileFormat
    extension: str

    def write(self, definition: FormDefinition, request: FormRequest) -> bytes:
        """Return the form. Raises DefinitionError when the layout audit fails."""
        ...

    def audit(self, definition: FormDefinition, request: FormRequest) -> tuple[LayoutFault, ...]:
        """Return every layout fault, without raising."""
        ...


class FormReader(Protocol):
    """Read returned forms of one format, in two steps."""

    file_format: FileFormat

    def inspect(self, content: bytes) -> Inspection:
        """Return all that the file says. Runs in a limited child; raises UnreadableFile only."""
        ...

    def read(self, inspection: Inspection, definition: FormDefinition) -> RawSubmission:
        """Match what was found with a known form. Pure; problems become findings."""
        ...


class LowerRung(Protocol):
    """Another way to look into a file that its format's reader could not read whole.

    What it gives carries a finding that sends the file to a person.
    """

    @property
    def is_slow(self) -> bool:
        """Say whether it takes seconds a file: other files are looked into before."""
        ...

    def applies(self, found: Inspection | UnreadableFile) -> bool:
        """Say whether this is the way for a file, from what its reader saw or why it failed."""
        ...

    def look(
        self, content: bytes, name: str, found: Inspection | UnreadableFile
    ) -> Inspection | Contents:
        """Return what the file says, looked at this way. Raises UnreadableFile."""
        ...


class Inbox(Protocol):
    """Where returned files arrive."""

    def ready(self) -> Arrivals:
        """Take the finished, regular files; return them in order of reception then name.

        What an earlier run took and did not remove is among them.
        """
        ...

    def chunks(self, source: SourceFile) -> Iterator[bytes]:
        """Yield the file's bytes in pieces. Raises OSError."""
        ...

    def remove(self, source: SourceFile) -> None:
        """Take the file away if it is still the one received; set one too large aside."""
        ...


class Archive(Protocol):
    """Where originals are kept, by digest, never changed."""

    def keep(self, source: SourceFile, chunks: Iterable[bytes]) -> None:
        """Store the original durably (synced) before anything else is saved.

        Raises ChangedFile when the bytes are not the ones announced by ``source``.
        """
        ...

    def content(self, sha256: str) -> bytes:
        """Return the original's bytes. Raises StoreUnavailable."""
        ...


class Store(Protocol):
    """The receipts, records, values, findings and audit chain."""

    def receipt_for(self, sha256: str) -> Receipt | None:
        """Return the receipt of these bytes when loaded, in review, or objected to."""
        ...

    def candidates(self, clues: Clues) -> KnownPatients:
        """Return the records and waiting forms that a form with these clues may belong to.

        Those whose key is the same, near, or at most two slips apart, and those with the same
        answers; perhaps more. Whether one is the patient's is decided by who asks.
        """
        ...

    def known_record(self, form: str, name: str) -> KnownRecord | None:
        """Return the record of a form with this subject or record id, in capitals or not."""
        ...

    def record_under(self, form: str, key: PatientKey) -> tuple[str, int]:
        """Return the id of the record numbered under a key, and its newest revision's number.

        Whether it has answers or not; nothing and 0 where there is none.
        """
        ...

    def repeats(self, receipt_id: str) -> tuple[Receipt, ...]:
        """Return the duplicates of a file, and theirs, in the order of their numbers."""
        ...

    def current(self, record_id: str) -> StoredRecord:
        """Return the current revision of a record. Raises KeyError."""
        ...

    def records(self, form: str | None = None) -> Iterable[StoredRecord]:
        """Yield current records by subject."""
        ...

    def receipts(self) -> Iterable[StoredReceipt]:
        """Yield every receipt in the order of their numbers."""
        ...

    def together(self) -> AbstractContextManager[None]:
        """Make one transaction of all the calls made inside; an exception undoes them."""
        ...

    def reserve(self) -> str:
        """Return a receipt number for an entry to be saved with it, inside ``together``."""
        ...

    def save(self, entry: Entry) -> Receipt:
        """Save one file's entry in one transaction and return the numbered receipt.

        A receipt with an id keeps it: it was reserved, and its members are saved before it.
        One with a decision (a correction) is saved with the entry's reason.
        """
        ...

    def entry(self, receipt_id: str) -> Entry:
        """Return a receipt with what is held for review, if anything. Raises KeyError."""
        ...

    def kept(self, receipt_id: str) -> Entry:
        """Return a receipt with the answers kept of it, loaded or held. Raises KeyError."""
        ...

    def receipts_of(self, record_id: str) -> tuple[Receipt, ...]:
        """Return the receipts that are tied to a record, in the order of their numbers."""
        ...

    def has_left(self, receipt_id: str, *, revision: int | None = None) -> bool:
        """Say whether data were exported since a receipt became a revision of its record.

        Without one: since it came, or was last decided on.
        """
        ...

    def decide(self, entry: Entry, reason: str = "") -> Receipt:
        """Put a decided entry in the place of the held one, in one transaction.

        The receipt has its number and the decision as its newest; it must be in review, or
        a duplicate, unless the decision withdraws a record, undoes or is an objection. A
        loaded receipt with a revision keeps it. When the current revision of a record is
        undone, the newest that is left is current again; with none, it counts from 1. What
        the entry no longer holds is deleted for good; the receipt counts as not delivered.
        """
        ...

    def reasons(self, receipt_id: str) -> tuple[str, ...]:
        """Return the reason of each decision about a file, in order; empty where none."""
        ...

    def queries(
        self, record_id: str = "", *, states: Collection[QueryState] = (), centre: str = ""
    ) -> Iterable[Query]:
        """Yield queries by record, then by number; of one record, in some states, of a centre.

        A centre is named by its id, or by the letters of its patients' numbers.
        """
        ...

    def step(self, query: Query) -> Query:
        """Save a query of a record with its new steps, or a new query, outside an entry.

        What is saved is never taken back: raises ValueError for a query with fewer steps.
        """
        ...

    def recheck(self, record_id: str, said: Submission, detail: Mapping[str, int]) -> None:
        """Keep what newer rules say of a record's current answers, which stay as they are.

        Of ``said`` the findings and ``rechecked`` are kept; the audit chain holds ``detail``,
        counts alone. Raises KeyError for an unknown record.
        """
        ...

    def undelivered(self) -> tuple[Receipt, ...]:
        """Return saved receipts whose report or move may be unfinished."""
        ...

    def mark_delivered(self, receipt_id: str) -> None:
        """Record that the receipt was written and the file taken from the inbox."""
        ...

    def note(self, event: str, detail: Mapping[str, Any]) -> None:
        """Append an event (an export, a decision) to the audit chain."""
        ...

    def sign(self, text: str) -> str:
        """Return what shows, with this store's key only, that the program wrote a text."""
        ...

    def verify(self) -> None:
        """Check the audit chain. Raises StoreUnavailable when it is broken."""
        ...


class Executor(Protocol):
    """Run a picklable function elsewhere, within limits."""

    def submit(
        self, function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs
    ) -> Future[T]:
        """Start the call. The future raises UnreadableFile(FILE_LIMIT) when a limit stops it."""
        ...

    def allotting(self, left: Callable[[], float]) -> AbstractContextManager[None]:
        """Hold what is started within to the seconds that are left when it begins, too."""
        ...


class Outbox(Protocol):
    """Where receipts are delivered."""

    def deliver(self, receipt: Receipt, definition: FormDefinition | None) -> None:
        """Write the receipt's files, atomically; the same receipt twice is the same files."""
        ...


class Postman(Protocol):
    """What hands messages to a server."""

    def deliver(self, sender: str, to: str, content: bytes) -> None:
        """Hand one over; on return the server has taken it.

        Raises MailRefused when it surely did not, MailUnsure when nobody knows.
        """
        ...


class ReviewPages(Protocol):
    """Where the coordinator, and nobody else, sees what waits."""

    def show(
        self,
        entry: Entry,
        definition: FormDefinition | None,
        pictures: tuple[PagePicture, ...],
    ) -> None:
        """Write the page of a file in review anew. Raises OSError."""
        ...

    def withdraw(self, receipt: Receipt) -> None:
        """Take away the page of a file that waits no more, if there is one. Raises OSError."""
        ...


class Forms(Protocol):
    """The published form versions, and what was made of them."""

    def printed(self, stamp: FormStamp) -> FormDefinition | None:
        """Return what a stamp names, if it was printed just so: a version, or a query sheet."""
        ...

    def definitions(self) -> tuple[FormDefinition, ...]:
        """Return every version of every form."""
        ...

    def get(self, form: str, version: str) -> FormDefinition | None:
        """Return one form version, or None."""
        ...
