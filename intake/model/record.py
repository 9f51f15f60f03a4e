"""Patients and records as the store knows them.

A patient is known by its key (the folded identity items); outside the store a record is
known by its ``record_id`` (a keyed hash) and its ``subject`` (number within the centre).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from intake.model.receipt import Receipt
from intake.model.submission import Submission


@dataclass(frozen=True, slots=True, repr=False)
class PatientKey:
    """The folded identity items in the schema's order. Identifying: never logged.

    ``parts`` are capitals A-Z or ISO dates; ``centre`` is the part that names the centre.
    """

    parts: tuple[str, ...]
    centre: str

    def __repr__(self) -> str:
        """Hide the parts, so that no log or traceback can show them."""
        return "PatientKey(...)"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRecord:
    """A record of the dataset, as needed to decide what a new file is."""

    record_id: str
    subject: str
    key: PatientKey
    revision: int
    content: str
    """Digest of the current submission's answers, whatever the format and language."""
    filling_date: str | None
    receipt: str
    """The receipt of the current revision."""
    earlier_contents: tuple[str, ...] = ()
    """Digests of the superseded revisions' answers."""
    other_keys: tuple[PatientKey, ...] = ()
    """Keys of superseded revisions that a person said to be of the same patient."""

    @property
    def keys(self) -> tuple[PatientKey, ...]:
        """Return every key under which the patient is known, the current one first."""
        return (self.key, *self.other_keys)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReceipt:
    """A saved receipt with what delivery needs."""

    receipt: Receipt
    delivered: bool
