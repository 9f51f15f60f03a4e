"""What the pipeline works with, in three parts; ``wiring`` gathers them once.

A step takes the part or the port it needs. Only a whole use case takes the desk.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from intake.checks.checker import Checker
from intake.model.definition import FormDefinition
from intake.model.file.container import Contents
from intake.model.file.password import Password
from intake.model.file.picture import PagePicture
from intake.model.submission import FileFormat, Inspection
from intake.ports import (
    Archive,
    Clock,
    Executor,
    FormReader,
    Forms,
    Inbox,
    LowerRung,
    Outbox,
    ReviewPages,
    Store,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """How the bytes of a returned file are looked into; knows no store and no patient.

    The functions are picklable: the executor runs them elsewhere, within limits.
    """

    executor: Executor
    open: Callable[[bytes, str], Inspection | Contents]
    """Bytes and name to inspection or members."""
    rungs: tuple[LowerRung, ...] = ()
    """Other ways to look into a file, tried in order where ``open`` was not enough."""
    accounting: tuple[LowerRung, ...] = ()
    """What is looked for in a file that was read: all it shows beside its answers."""
    unlock: Callable[[bytes, Password], bytes]
    """A protected file's bytes to the same without protection."""
    draw: Callable[[bytes, Collection[int]], tuple[PagePicture, ...]]
    """Bytes and numbers of pages (none: all) to their pictures."""
    opener: Executor | None = None
    """Where ``open`` is run; None: where all else is."""
    ahead: Callable[[], int] = lambda: 4
    """How many files are looked into in advance of the one being decided, now."""
    max_bytes: int = 32 << 20
    budget_seconds: float = 300
    """For one returned file and all that it holds; what has not begun by then is left out."""
    timer: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyFacts:
    """What the study says that decides about files."""

    language: str
    """Language of receipts when neither the stamp nor the centre gives one."""
    opening_date: dt.date | None = None
    closing_date: dt.date | None = None
    centres: Mapping[str, str] = field(default_factory=dict)
    """Letters of each known centre, by centre id."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """Email address of each known centre that has one, by centre id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyForms:
    """The study's forms, and how what a file says is understood by them; no file is opened."""

    forms: Forms
    readers: Mapping[FileFormat, FormReader]
    checker_for: Callable[[FormDefinition], Checker]
    is_safe_name: Callable[[str], bool]
    """Say whether a file's name shows no patient."""
    facts: StudyFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Where files come from, and where they, their receipts and their answers are kept."""

    inbox: Inbox
    archive: Archive
    store: Store
    outbox: Outbox
    review: ReviewPages


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One workspace at work."""

    reading: FileReading
    study: StudyForms
    keeping: Keeping
    clock: Clock
    by: str = ""
    """Who works here, as they gave their name once; empty where nobody did."""
