"""A store in memory that keeps the real one's promises (see tests/rooms/storage/contract).

It keeps the very objects it is given, so that what the real store loses or changes shows.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from intake.checks.patient.near_keys import may_be_meant
from intake.model.errors import StoreFault, StoreUnavailable
from intake.model.query import Query, QueryAction, QueryEnd, QueryState, QuestionNow, answers_named
from intake.model.receipt import Outcome, Receipt, ReviewAction
from intake.model.record import (
    Answer,
    Clues,
    Entry,
    KnownForm,
    KnownPatients,
    KnownRecord,
    PatientKey,
    StoredReceipt,
    StoredRecord,
    dates_of,
    known_form,
)
from intake.model.submission import Submission
from intake.ports import Clock
from intake.storage.proof.pseudonym import Pseudonyms
from tests.kit.fakes.memory_record import MemoryRecord, following

_SETTLED = (QueryEnd.CONFIRMED, QueryEnd.WITHDRAWN)


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class MemoryStore:
    """``ports.Store`` without a database; ``events`` shows what was noted."""

    def __init__(self, clock: Clock = _utc_now) -> None:
        self._clock = clock
        self._pseudonyms = Pseudonyms(b"\x07" * 32)
        self._entries: list[Entry] = []
        self._records: dict[str, MemoryRecord] = {}
        self._delivered: set[str] = set()
        self._reasons: dict[str, list[str]] = {}
        self._reserved = 0
        self._queries: dict[tuple[str, int], Query] = {}
        self._seen: dict[tuple[str, int | None], int] = {}
        """How many events were noted before each receipt was saved or decided on."""
        self.events: list[tuple[str, Mapping[str, Any]]] = []

    def receipt_for(self, sha256: str) -> Receipt | None:
        return next(
            (
                e.receipt
                for e in self._entries
                if e.receipt.source.sha256 == sha256 and _is_known(e.receipt)
            ),
            None,
        )

    def candidates(self, clues: Clues) -> KnownPatients:
        waiting = (e for e in self._entries if _waits(e) and _is_meant(clues, e))
        return KnownPatients(
            tuple(
                self._known(record)
                for record in self._in_order()
                if any(_is_meant(clues, entry) for entry in record.entries)
            ),
            self._forms(waiting),
            self._objected(clues),
        )

    def _objected(self, clues: Clues) -> tuple[str, ...]:
        if clues.key is None:
            return ()
        ids = {
            self._pseudonyms.record_id(clues.form, replace(clues.key, rank=rank))
            for rank in range(1, 10)
        }
        receipts = [entry.receipt for entry in self._entries if entry.receipt.record_id in ids]
        return tuple(dict.fromkeys(str(r.subject) for r in receipts if _objected(r)))

    def known_record(self, form: str, name: str) -> KnownRecord | None:
        wanted = name.strip().upper()
        named = (r for r in self._in_order() if wanted in (r.subject, r.record_id.upper()))
        kept = (record for record in named if record.form == form and record.entries)
        return next((self._known(record) for record in kept), None)

    def record_under(self, form: str, key: PatientKey) -> tuple[str, int]:
        record = self._records.get(self._pseudonyms.record_id(form, key))
        return (record.record_id, record.newest) if record else ("", 0)

    def repeats(self, receipt_id: str) -> tuple[Receipt, ...]:
        return following(receipt_id, self._duplicates())

    def _duplicates(self) -> list[Receipt]:
        return [e.receipt for e in self._entries if e.receipt.outcome is Outcome.DUPLICATE]

    def _known(self, record: MemoryRecord) -> KnownRecord:
        return KnownRecord(
            record_id=record.record_id,
            subject=record.subject,
            revision=record.newest,
            forms=self._forms(record.entries),
        )

    def _forms(self, entries: Iterable[Entry]) -> tuple[KnownForm, ...]:
        every = self._duplicates()
        return tuple(known_form(e, map(dates_of, following(e.receipt.id, every))) for e in entries)

    def current(self, record_id: str) -> StoredRecord:
        record = self._records[record_id]
        if not _is_live(record):
            raise KeyError(record_id)
        return self._current(record)

    def records(self, form: str | None = None) -> Iterator[StoredRecord]:
        for record in self._in_order():
            if form in (None, record.form) and _is_live(record):
                yield self._current(record)

    def receipts(self) -> Iterator[StoredReceipt]:
        for entry in self._entries:
            yield StoredReceipt(
                receipt=entry.receipt, delivered=entry.receipt.id in self._delivered
            )

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        # What is kept of a receipt or a query never changes: only what holds it is copied.
        reasons = {number: list(given) for number, given in self._reasons.items()}
        records = {r.record_id: replace(r, entries=list(r.entries)) for r in self._in_order()}
        before = list(self._entries), records, set(self._delivered)
        queries = dict(self._queries)
        try:
            yield
        except BaseException:
            self._entries, self._records, self._delivered = before
            self._reasons, self._queries = reasons, queries
            raise
        finally:
            self._reserved = 0

    def reserve(self) -> str:
        self._reserved = self._next()
        return f"{self._reserved:06d}"

    def save(self, entry: Entry) -> Receipt:
        is_first = entry.receipt.earlier is None
        if (
            is_first
            and _is_kept(entry.receipt)
            and self.receipt_for(entry.receipt.source.sha256) is not None
        ):
            raise StoreUnavailable(StoreFault.SAVED_TWICE)
        receipt = replace(entry.receipt, id=entry.receipt.id or f"{self._next():06d}")
        record = None
        if receipt.is_in_dataset:
            if entry.key is None or entry.submission is None:
                raise ValueError("a loaded entry has a submission and a patient's key")
            record = self._record_of(receipt, entry.key)
            receipt = _tied(record, receipt)
        saved = replace(entry, receipt=receipt)
        self._entries.append(saved)
        self._entries.sort(key=lambda kept: kept.receipt.id)
        if receipt.decisions:
            self._reasons.setdefault(receipt.id, []).append(entry.reason)
        if record is not None:
            record.entries.append(saved)
        self._see(receipt)
        self._ask(receipt, entry.queries)
        return receipt

    def entry(self, receipt_id: str) -> Entry:
        entry = self._entries[self._index(receipt_id)]
        if entry.receipt.outcome is Outcome.REVIEW and entry.submission is not None:
            return entry
        return Entry(receipt=entry.receipt)

    def kept(self, receipt_id: str) -> Entry:
        return replace(self._entries[self._index(receipt_id)], reason="", queries=())

    def receipts_of(self, record_id: str) -> tuple[Receipt, ...]:
        return tuple(e.receipt for e in self._entries if e.receipt.record_id == record_id)

    def has_left(self, receipt_id: str, *, revision: int | None = None) -> bool:
        seen = self._seen.get((receipt_id.zfill(6), revision), 0)
        told = [f"{receipt_id.zfill(6)} {outcome}" for outcome in Outcome]
        return any(
            event in ("export", "freeze")
            or (event == "mail" and {*told} & {*detail.get("about", ())})
            for event, detail in self.events[seen:]
        )

    def decide(self, entry: Entry, reason: str = "") -> Receipt:
        index = self._index(entry.receipt.id)
        before, action = self._entries[index], entry.receipt.decisions[-1].action
        is_open = before.receipt.outcome in (Outcome.REVIEW, Outcome.DUPLICATE)
        if not is_open and action not in _ABOUT_RECORDS:
            raise ValueError("a decision about a receipt that is not in review")
        saved = entry if _is_kept(entry.receipt) else Entry(receipt=entry.receipt)
        if entry.receipt.is_in_dataset and entry.receipt.revision is None:
            if entry.key is None or entry.submission is None:
                raise ValueError("a loaded entry has a submission and a patient's key")
            record = self._record_of(entry.receipt, entry.key)
            saved = replace(entry, receipt=_tied(record, entry.receipt))
            record.entries.append(saved)
        else:
            self._put(before.receipt, saved)
        self._entries[index] = saved
        self._reasons.setdefault(saved.receipt.id, []).append(reason)
        self._delivered.discard(saved.receipt.id)
        self._see(saved.receipt)
        self._ask(saved.receipt, entry.queries)
        if action is ReviewAction.OBJECTION:
            self._forget_words(before.receipt)
        return saved.receipt

    def _see(self, receipt: Receipt) -> None:
        self._seen[receipt.id, None] = len(self.events)
        self._seen.setdefault((receipt.id, receipt.revision), len(self.events))

    def _put(self, before: Receipt, saved: Entry) -> None:
        """Change a revision of a record, or take it out where it is loaded no more."""
        record = self._records.get(before.record_id or "")
        if record is not None:
            own = [saved if e.receipt.id == before.id else e for e in record.entries]
            record.entries[:] = [e for e in own if e.receipt.outcome.is_loaded]

    def _forget_words(self, before: Receipt) -> None:
        for key, query in self._queries.items():
            if key[0] == before.record_id and query.revision == before.revision:
                steps = tuple(replace(step, reason="") for step in query.steps)
                finding = replace(query.finding, context={})
                self._queries[key] = replace(query, finding=finding, steps=steps)

    def queries(
        self, record_id: str = "", *, states: Collection[QueryState] = (), centre: str = ""
    ) -> Iterator[Query]:
        for record in self._in_order():
            named = _stored(record).centre if record.entries else record.letters
            for key in sorted(key for key in self._queries if key[0] == record.record_id):
                query = replace(self._queries[key], centre=named)
                is_of_centre = not centre or centre in (named, record.letters)
                is_of_record = record_id in ("", record.record_id)
                if is_of_record and is_of_centre and (not states or query.state in states):
                    yield query

    def step(self, query: Query) -> Query:
        if query.record_id not in self._records:
            raise ValueError("a query about a record that has no answers")
        if self._known_steps(query) == len(query.steps):
            raise ValueError("a query without a new step")
        self._keep(query)
        return query

    def _ask(self, receipt: Receipt, queries: Iterable[Query]) -> None:
        for query in queries:
            own = {"record_id": receipt.record_id, "subject": receipt.subject}
            self._keep(replace(query, **own) if receipt.record_id else query)

    def _keep(self, query: Query) -> None:
        if len(query.steps) < max(self._known_steps(query), 1):
            raise ValueError("a step of a query cannot be taken back")
        self._queries[query.record_id, query.number] = query

    def _known_steps(self, query: Query) -> int:
        known = self._queries.get((query.record_id, query.number))
        return 0 if known is None else len(known.steps)

    def _current(self, record: MemoryRecord) -> StoredRecord:
        """Return a record with what its queries say of its answers."""
        stored = _stored(record)
        own = [query for key, query in self._queries.items() if key[0] == record.record_id]
        places: dict[QueryEnd | None, set[Answer]] = defaultdict(set)
        of_now = [q for q in own if q.how is None or q.revision == stored.revision]
        for query in of_now:
            named = answers_named(query.finding, stored.submission)
            places[query.how] |= {(value.item, value.row) for value in named}
        was_settled = any(query.how in _SETTLED for query in own)
        questions = [
            QuestionNow(query.finding, query.how)
            for query in of_now
            if was_settled or (query.how is None and query.last(QueryAction.REOPENED))
        ]
        confirmed = frozenset(places[QueryEnd.CONFIRMED] - places[None])
        withdrawn = frozenset(places[QueryEnd.WITHDRAWN] - places[None])
        return replace(stored, confirmed=confirmed, withdrawn=withdrawn, questions=tuple(questions))

    def recheck(self, record_id: str, said: Submission, detail: Mapping[str, int]) -> None:
        entries = self._records[record_id].entries
        held = entries[-1].submission
        now = replace(held, findings=said.findings, rechecked=said.rechecked)
        entries[-1] = replace(entries[-1], submission=now)
        self._entries[self._index(entries[-1].receipt.id)] = entries[-1]
        self.events.append(("rechecked", {"rules": said.rechecked, **detail}))

    def reasons(self, receipt_id: str) -> tuple[str, ...]:
        return tuple(self._reasons.get(receipt_id, ()))

    def _index(self, receipt_id: str) -> int:
        found = [n for n, e in enumerate(self._entries) if e.receipt.id == receipt_id.zfill(6)]
        if not found:
            raise KeyError(receipt_id)
        return found[0]

    def undelivered(self) -> tuple[Receipt, ...]:
        return tuple(e.receipt for e in self._entries if e.receipt.id not in self._delivered)

    def mark_delivered(self, receipt_id: str) -> None:
        if all(entry.receipt.id != receipt_id for entry in self._entries):
            raise KeyError(receipt_id)
        self._delivered.add(receipt_id)

    def note(self, event: str, detail: Mapping[str, Any]) -> None:
        self.events.append((event, detail))

    def sign(self, text: str) -> str:
        return self._pseudonyms.signature(text)

    def verify(self) -> None:
        """Nothing can change what stands in memory."""

    def close(self) -> None:
        """Nothing to close."""

    def _next(self) -> int:
        return max([self._reserved, *(int(entry.receipt.id) for entry in self._entries)]) + 1

    def _in_order(self) -> list[MemoryRecord]:
        return sorted(self._records.values(), key=lambda r: (r.form, r.letters, r.number))

    def _record_of(self, receipt: Receipt, key: PatientKey) -> MemoryRecord:
        form = receipt.form
        if form is None:
            raise ValueError("a loaded receipt names its form")
        record_id = receipt.record_id or self._pseudonyms.record_id(form, key)
        if record_id not in self._records:
            if receipt.record_id is not None:
                raise ValueError("a revision of a record that does not exist")
            same = [r for r in self._records.values() if (r.form, r.letters) == (form, key.centre)]
            self._records[record_id] = MemoryRecord(record_id, form, key.centre, len(same) + 1, [])
        return self._records[record_id]


_ABOUT_RECORDS = (ReviewAction.WITHDRAW, ReviewAction.UNDO, ReviewAction.OBJECTION)


def _tied(record: MemoryRecord, receipt: Receipt) -> Receipt:
    record.newest += 1
    named = {"record_id": record.record_id, "subject": record.subject}
    return replace(receipt, revision=record.newest, **named)


def _is_live(record: MemoryRecord) -> bool:
    return bool(record.entries) and record.entries[-1].receipt.is_in_dataset


def _objected(receipt: Receipt) -> bool:
    return any(decision.action is ReviewAction.OBJECTION for decision in receipt.decisions)


def _is_kept(receipt: Receipt) -> bool:
    return receipt.outcome.is_loaded or receipt.outcome is Outcome.REVIEW


def _is_known(receipt: Receipt) -> bool:
    return _is_kept(receipt) or _objected(receipt)


def _waits(entry: Entry) -> bool:
    is_held = entry.key is not None and entry.submission is not None
    return is_held and entry.receipt.outcome is Outcome.REVIEW


def _is_meant(clues: Clues, entry: Entry) -> bool:
    if entry.submission is None or entry.key is None or entry.submission.form != clues.form:
        return False
    return may_be_meant(clues, entry.key, entry.likeness)


def _stored(record: MemoryRecord) -> StoredRecord:
    entry = record.entries[-1]
    receipt, submission = entry.receipt, entry.submission
    assert submission is not None
    return StoredRecord(
        record_id=record.record_id,
        subject=record.subject,
        centre=receipt.centre or record.letters,
        revision=receipt.revision or 0,
        received=receipt.source.received,
        receipt=receipt.id,
        file_sha256=receipt.source.sha256,
        file_format=receipt.format.value if receipt.format else "",
        submission=submission,
    )
