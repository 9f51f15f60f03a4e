"""Patients and records as the store knows them.

A patient is known by its key (the folded identity items); outside the store a record is
known by its ``record_id`` (a keyed hash) and its ``subject`` (number within the centre).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from intake.model.file.dates import FormDates
from intake.model.finding_codes import Doubt, doubt_of
from intake.model.query import Query, QuestionNow
from intake.model.receipt import Receipt
from intake.model.submission import Submission

Answer = tuple[str, int | None]
"""An item and the printed row; None outside groups."""


@dataclass(frozen=True, slots=True, repr=False)
class PatientKey:
    """The folded identity items in the schema's order. Identifying: never logged.

    ``parts`` are capitals A-Z or ISO dates; ``centre`` is the part that names the centre.
    """

    parts: tuple[str, ...]
    centre: str
    rank: int = 1
    """Which of the patients with these parts, in the order in which a person told them apart."""

    def __repr__(self) -> str:
        """Hide the parts, so that no log or traceback can show them."""
        return "PatientKey(...)"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownForm:
    """One form whose answers are kept: a revision of a record, or one that waits."""

    receipt: str
    key: PatientKey
    content: str
    """Digest of the answers, whatever the format and language."""
    dates: tuple[FormDates, ...]
    """Its own, then those of the files that repeat it."""
    submission: Submission
    by_person: bool = False
    """A person's decision loaded it: what came before it is settled."""
    revision: int | None = None
    """Its number in its record; None where it waits."""
    is_withdrawn: bool = False
    """A person took its record out of the dataset."""
    told_from: tuple[str, ...] = ()
    """Subjects that it resembles; a person decided whose it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRecord:
    """A record of the dataset, as needed to decide what a new file is."""

    record_id: str
    subject: str
    revision: int
    """The newest number given, from 1; above the current revision's where that one was undone."""
    forms: tuple[KnownForm, ...]
    """Its revisions that are kept, the current one last; never empty."""

    @property
    def current(self) -> KnownForm:
        """Return the current revision."""
        return self.forms[-1]

    @property
    def keys(self) -> tuple[PatientKey, ...]:
        """Return every key under which the patient is known, the current one first."""
        return tuple(dict.fromkeys(form.key for form in reversed(self.forms)))

    @property
    def unsettled(self) -> tuple[KnownForm, ...]:
        """Return the revisions since a person last decided, that one first."""
        decided = [n for n, form in enumerate(self.forms) if form.by_person]
        return self.forms[decided[-1] if decided else 0 :]

    def has(self, key: PatientKey) -> bool:
        """Say whether the patient is known by the parts of a key, whatever its rank."""
        return any(known.parts == key.parts for known in self.keys)


@dataclass(frozen=True, slots=True)
class KnownPatients:
    """What the store knows that may be a form's patient: records, and forms that wait."""

    records: tuple[KnownRecord, ...] = ()
    waiting: tuple[KnownForm, ...] = ()
    objected: tuple[str, ...] = ()
    """Subjects of patients who objected, of whom nothing but that is known."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What a form is recognised by: the store looks for records that share some of it."""

    form: str
    key: PatientKey | None
    likeness: str = ""
    """Digest of the answers that do not name the patient; empty where they are too few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """All that one transaction saves for one file.

    ``submission`` is kept for loaded and review outcomes. A loaded entry has a ``key``;
    ``record_id`` and ``subject`` are then set by the store (new) or given (revision).
    Also what the store holds of one receipt, for a person to decide about it.
    """

    receipt: Receipt
    submission: Submission | None = None
    key: PatientKey | None = None
    content: str = ""
    likeness: str = ""
    """Digest of the answers that do not name the patient; empty where they are too few."""
    steps_aside: tuple[str, ...] = ()
    """Receipts of forms that wait with the same answers: this one takes their place."""
    reason: str = ""
    """Why a person saved it, where nobody decides on it afterwards."""
    queries: tuple[Query, ...] = ()
    """What is asked of the record, new or with new steps; of a loaded entry only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecord:
    """One patient's current record, as exports and status read it."""

    record_id: str
    subject: str
    centre: str
    revision: int
    received: dt.datetime
    receipt: str
    file_sha256: str
    file_format: str
    submission: Submission
    confirmed: frozenset[Answer] = frozenset()
    """Answers that the centre confirmed as they are and that nothing asks about."""
    withdrawn: frozenset[Answer] = frozenset()
    """Answers whose question was given up and that nothing asks about."""
    questions: tuple[QuestionNow, ...] = field(default=(), compare=False)
    """Where one was ever confirmed or given up, how each stands; else none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReceipt:
    """A saved receipt with what delivery needs."""

    receipt: Receipt
    delivered: bool


def dates_of(receipt: Receipt) -> FormDates:
    """Return when the answers of a file were written, as its receipt keeps it."""
    source = receipt.source
    return FormDates(filled=receipt.filling_date, sent=source.sent, saved=source.inside)


def known_form(entry: Entry, repeats: Iterable[FormDates] = ()) -> KnownForm:
    """Return a kept entry as deciding sees it, with the dates of the files that repeat it.

    Raises ValueError without answers or a patient's key.
    """
    if entry.submission is None or entry.key is None:
        raise ValueError("a known form has answers and a patient's key")
    receipt = entry.receipt
    doubts = (f for f in receipt.findings if doubt_of(f.code) is Doubt.WHICH_PATIENT)
    named = (finding.context.get("subject", "") for finding in doubts)
    return KnownForm(
        receipt=receipt.id,
        key=entry.key,
        content=entry.content,
        dates=(dates_of(receipt), *repeats),
        submission=entry.submission,
        revision=receipt.revision,
        is_withdrawn=receipt.is_withdrawn,
        by_person=any(decision.action.loads for decision in receipt.decisions),
        told_from=tuple(named) if receipt.outcome.is_loaded else (),
    )
