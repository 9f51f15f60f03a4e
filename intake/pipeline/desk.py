"""All that processing needs, gathered once by ``wiring`` and handed down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from intake.checks.checker import Checker
from intake.model.container import Contents
from intake.model.definition import FormDefinition
from intake.model.password import Password
from intake.model.picture import PagePicture
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
    max_bytes: int = 32 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Ports, formats, forms and study facts of one workspace."""

    inbox: Inbox
    archive: Archive
    outbox: Outbox
    review: ReviewPages
    store: Store
    executor: Executor
    inspect: Callable[[bytes, str], Inspection | Contents]
    """Bytes and name to inspection or members; picklable, run by the executor."""
    unlock: Callable[[bytes, Password], bytes]
    """A protected file's bytes to the same without protection; picklable as well."""
    lower_rungs: tuple[LowerRung, ...] = ()
    """Other ways to look into a file, tried in order where ``inspect`` was not enough."""
    draw: Callable[[bytes, Collection[int]], tuple[PagePicture, ...]]
    """Bytes and numbers of pages (none: all) to their pictures; picklable as well."""
    readers: Mapping[FileFormat, FormReader]
    forms: Forms
    checker_for: Callable[[FormDefinition], Checker]
    is_safe_name: Callable[[str], bool]
    """Say whether a file's name shows no patient."""
    clock: Clock
    facts: StudyFacts
