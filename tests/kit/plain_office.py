"""The pipeline at work in memory: whole inboxes of plain data in milliseconds."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from intake.checks.checker import checker_for
from intake.model.definition import FormDefinition
from intake.model.errors import DecisionRefused, UnreadableFile
from intake.model.file.container import Contents, Member
from intake.model.file.dates import DateSource, Written
from intake.model.file.password import Password
from intake.model.file.picture import PagePicture
from intake.model.finding_codes import FindingCode
from intake.model.receipt import Receipt
from intake.model.record import StoredRecord
from intake.model.run import Run
from intake.model.submission import FileFormat, Inspection
from intake.pipeline.desk import Desk, FileReading, Keeping, StudyFacts, StudyForms
from intake.pipeline.returns.process import process_inbox
from intake.pipeline.sheets.known_sheets import FormsAndSheets
from tests.kit.fakes.archive import MemoryArchive
from tests.kit.fakes.forms import FewForms, PlainReader
from tests.kit.fakes.inbox import MemoryInbox
from tests.kit.fakes.inprocess import InProcess
from tests.kit.fakes.memory_store import MemoryStore
from tests.kit.fakes.outbox import MemoryOutbox, MemoryReview
from tests.kit.garden import GARDEN, NEWER

NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
FIRST_SAVED = NOON - dt.timedelta(days=20)
WHY = "Vérifié par téléphone"
SECRET = "sésame"  # noqa: S105 - what the tests' protected files open with

Found = Inspection | Contents | Exception


class PlainOffice:
    """A desk made of fakes, and what its runs gave. Files are what a reader would see."""

    def __init__(self, *versions: FormDefinition, **facts: Any) -> None:
        self.versions = versions or (GARDEN, NEWER)
        self.facts = StudyFacts(**({"language": "fr"} | facts))
        self.inbox, self.archive = MemoryInbox(lambda: NOON), MemoryArchive()
        self.outbox, self.review = MemoryOutbox(), MemoryReview()
        self.store = MemoryStore(lambda: NOON)
        self.rungs: tuple[Any, ...] = ()
        self.opened: list[str] = []
        self.drawn: list[frozenset[int]] = []
        self.largest = 1 << 20
        self.budget = 300.0
        self.clock: Iterator[float] = itertools.repeat(0.0)
        self.now = NOON
        self.has_dates = True
        """Each file says that it was saved after the one made before it."""
        self.unsafe_names: set[str] = set()
        self.by = "Ana"
        self._found: dict[bytes, Found] = {}
        self._locked: dict[bytes, bytes] = {}

    @property
    def desk(self) -> Desk:
        """Return the desk as it is now."""
        reading = FileReading(
            executor=InProcess(),
            open=self._open,
            rungs=self.rungs,
            unlock=self._unlock,
            draw=self._draw,
            max_bytes=self.largest,
            budget_seconds=self.budget,
            timer=lambda: next(self.clock),
        )
        study = StudyForms(
            forms=FormsAndSheets(FewForms(*self.versions), lambda: self.store),
            readers={FileFormat.PDF: PlainReader()},
            checker_for=checker_for,
            is_safe_name=lambda name: name not in self.unsafe_names,
            facts=self.facts,
        )
        keeping = Keeping(
            inbox=self.inbox,
            archive=self.archive,
            store=self.store,
            outbox=self.outbox,
            review=self.review,
        )
        return Desk(
            reading=reading, study=study, keeping=keeping, clock=lambda: self.now, by=self.by
        )

    def bytes_of(self, found: Found) -> bytes:
        """Return bytes, new each time, that are seen as this."""
        content = f"file {len(self._found)}".encode()
        if isinstance(found, Inspection) and found.written is None and self.has_dates:
            saved = FIRST_SAVED + len(self._found) * dt.timedelta(minutes=1)
            found = replace(found, written=Written(saved, DateSource.PDF))
        self._found[content] = found
        return content

    def member(self, name: str, found: Found) -> Member:
        """Return a file to put in a container."""
        return Member(name, self.bytes_of(found))

    def locked(self, inside: Found) -> bytes:
        """Return a protected file that opens with the secret."""
        content = self.bytes_of(UnreadableFile(FindingCode.FILE_PROTECTED, {"kind": "pdf"}))
        self._locked[content] = self.bytes_of(inside)
        return content

    def drop(self, name: str, found: Found | bytes) -> bytes:
        """Put a file, or bytes known already, in the inbox."""
        content = found if isinstance(found, bytes) else self.bytes_of(found)
        self.inbox.drop(name, content)
        return content

    def run(self) -> Run:
        """Process the inbox once."""
        return process_inbox(self.desk, lambda _receipt, _total: None)

    def send(self, found: Found | bytes, name: str = "fiche.pdf") -> Receipt:
        """Drop one file, process it and return its receipt, the outermost one's."""
        self.drop(name, found)
        return self.run().receipts[0]

    def receipt(self, number: str) -> Receipt:
        """Return a receipt as it stands in the store."""
        return self.store.entry(number).receipt

    def records(self) -> list[StoredRecord]:
        return list(self.store.records())

    def decide(self, decision: Callable[..., Receipt], *arguments: Any) -> Receipt:
        """Take a decision of the coordinator."""
        return decision(self.desk, *arguments)

    def refused(self, decision: Callable[..., Receipt], *arguments: Any) -> str:
        """Return why a decision is not taken; nothing has changed then."""
        before = self._state()
        with pytest.raises(DecisionRefused) as problem:
            decision(self.desk, *arguments)
        assert self._state() == before
        return problem.value.why

    def _state(self) -> object:
        held = [self.store.entry(stored.receipt.id) for stored in self.store.receipts()]
        return held, self.records(), dict(self.outbox.receipts), dict(self.archive.originals)

    def _open(self, content: bytes, name: str) -> Inspection | Contents:
        self.opened.append(name)
        found = self._found.get(content, UnreadableFile(FindingCode.FILE_UNKNOWN))
        if isinstance(found, Exception):
            raise found
        return found

    def _unlock(self, content: bytes, password: Any) -> bytes:
        if content not in self._locked or password != Password(SECRET):
            raise UnreadableFile(FindingCode.FILE_PROTECTED)
        return self._locked[content]

    def _draw(self, content: bytes, pages: Iterable[int]) -> tuple[PagePicture, ...]:
        self.drawn.append(frozenset(pages))
        return tuple(PagePicture(page, 100, 100, b"png") for page in sorted(pages) or (1,))


def codes(receipt: Receipt) -> list[str]:
    """Return the codes of a receipt's findings."""
    return [str(finding.code) for finding in receipt.findings]


def late(run: Run) -> tuple[str, ...]:
    """Return the numbers of the receipts that a run could not deliver."""
    return tuple(one.receipt.id for one in run.undelivered)


def waiting(run: Run) -> list[str]:
    """Return the names of the files that a run left for the next one."""
    return [one.name for one in run.left]
