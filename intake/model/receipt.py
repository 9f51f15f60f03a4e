"""The receipt of one file: what came, what became of it, what was noticed.

Every file gets exactly one. Rendering (JSON, HTML) lives in ``intake.reports``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

from intake.model.file.dates import Written
from intake.model.finding import Finding, Severity
from intake.model.finding_codes import FindingCode
from intake.model.stamp import SheetStamp
from intake.model.submission import FileFormat


class Outcome(StrEnum):
    """What became of a file (a closed list)."""

    LOADED = "loaded"
    LOADED_WITH_QUERIES = "loaded_with_queries"
    DUPLICATE = "duplicate"
    REVIEW = "review"
    REJECTED = "rejected"

    @property
    def is_loaded(self) -> bool:
        """Say whether the file's answers are in the dataset."""
        match self:
            case Outcome.LOADED | Outcome.LOADED_WITH_QUERIES:
                return True
            case Outcome.DUPLICATE | Outcome.REVIEW | Outcome.REJECTED:
                return False
            case unknown:
                assert_never(unknown)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as received: its name, its bytes' digest, when it was first seen."""

    name: str
    sha256: str
    size: int
    received: dt.datetime
    """Aware; the email's date, else when the intake first saw it."""
    token: str = ""
    """How the channel finds it again (a relative path); never shown. Empty for a member."""
    sender: str = field(default="", repr=False)
    """Address that the message holding this file gives; identifying, never logged or shown."""
    sent: dt.datetime | None = None
    """Aware; the plausible date of the message that holds the file, the innermost one."""
    inside: Written | None = None
    """The plausible date that the file itself, or its place in an archive, gives."""
    beside_text: bool = False
    """A message above the file has a text of its own, which is not read."""


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that differs from the record's previous revision."""

    item: str
    row: int | None
    code: str
    """Visible code of the place."""
    before: str
    """As in the record; empty when identifying or free text."""
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """Required answers of this record: how many are needed, how many are given."""

    expected: int
    answered: int


class ReviewAction(StrEnum):
    """What is decided about a file after it was processed (a closed list)."""

    UNLOCK = "unlock"
    SET = "set"
    ACCEPT = "accept"
    SAME_AS = "same-as"
    SPLIT = "split"
    MERGE = "merge"
    REJECT = "reject"
    CORRECT = "correct"
    """Answers were given to a record: the file is the document that says so."""
    WITHDRAW = "withdraw"
    """The record's answers left the dataset; the file is that of its current revision."""
    UNDO = "undo"
    """The newest decision, or the loading itself, was taken back."""
    OBJECTION = "objection"
    STEP_ASIDE = "step-aside"
    """The program's own: the same answers came in a file that takes the place of this one."""
    COME_FORWARD = "come-forward"
    """The program's own: the file that this one repeated was refused."""

    @property
    def is_a_persons(self) -> bool:
        """Say whether the coordinator took the decision."""
        return self not in (ReviewAction.STEP_ASIDE, ReviewAction.COME_FORWARD)

    @property
    def loads(self) -> bool:
        """Say whether the decision puts the answers in the dataset."""
        cls = ReviewAction
        return self in (cls.ACCEPT, cls.SAME_AS, cls.SPLIT, cls.MERGE, cls.CORRECT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecision:
    """One decision of the coordinator; its reason is kept apart, and told where it may be."""

    action: ReviewAction
    at: dt.datetime
    code: str | None = None
    """Visible code of the answer that was set."""
    subject: str | None = None
    """The patient that ``same-as`` named."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person gives in the place of a file's answer, at an address or a visible code."""

    place: str
    text: str
    moves_to: str = ""
    """The known patient whose form it becomes by that, where it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberReceipt:
    """One file of a container, as the container's receipt lists it."""

    receipt: str
    folder: str
    outcome: Outcome
    file: str
    """Its name as received."""
    name_is_safe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What happened to one file. ``id`` is empty until the store numbers it."""

    id: str = ""
    parent: str | None = None
    """The receipt of the email or archive that held this file."""
    members: tuple[MemberReceipt, ...] = ()
    """The files that this one held, when it is a container."""
    source: SourceFile
    outcome: Outcome
    form: str | None = None
    version: str | None = None
    language: str | None = None
    format: FileFormat | None = None
    centre: str | None = None
    """Centre id of the stamp, else the letters written on the form."""
    subject: str | None = None
    """Number within the centre, e.g. ``REI-007``."""
    record_id: str | None = None
    revision: int | None = None
    findings: tuple[Finding, ...] = ()
    changes: tuple[Change, ...] = ()
    completeness: Completeness | None = None
    name_is_safe: bool = False
    """The identity guard found nothing in the file's name, so people may be shown it."""
    earlier: str | None = None
    """The receipt whose bytes or answers this file repeats."""
    hint: str = ""
    """For the centre only: what helps it find its patient, e.g. ``REI · DU/MA``."""
    filling_date: str | None = None
    decisions: tuple[ReviewDecision, ...] = ()
    """What the coordinator decided about the file, the oldest first."""
    sheet: SheetStamp | None = None
    """Whose query sheet the file says to be."""

    @property
    def is_withdrawn(self) -> bool:
        """Say whether a person took the record out of the dataset, whose newest file this was."""
        return bool(self.decisions) and self.decisions[-1].action is ReviewAction.WITHDRAW

    @property
    def answers_about(self) -> str:
        """Return whom a query sheet, or answers in a message, are about; empty for other files."""
        if self.sheet is not None:
            return self.sheet.subject
        named = (f for f in self.findings if f.code == FindingCode.MESSAGE_ANSWERS)
        return next((finding.context["subject"] for finding in named), "")

    @property
    def is_in_dataset(self) -> bool:
        """Say whether the file's answers are in the dataset; a container has none itself."""
        return self.outcome.is_loaded and not self.members and not self.is_withdrawn

    @property
    def was_set_aside(self) -> bool:
        """Say whether the file was too large to be copied: the archive has no original."""
        refused = (f for f in self.findings if f.code == FindingCode.FILE_TOO_LARGE)
        return any("folder" in finding.context for finding in refused)

    @property
    def may_be_in_container(self) -> bool:
        """Say whether the file may be kept within its container only: nothing was read of it."""
        return self.parent is not None and self.outcome is Outcome.REJECTED

    @property
    def folder(self) -> str:
        """Return the receipt's folder name, ``<YYYYMMDD>-<id>``."""
        return f"{self.source.received:%Y%m%d}-{self.id}"


def loaded_with(findings: Iterable[Finding]) -> Outcome:
    """Return the outcome of a loaded file: with queries when a finding asks something."""
    is_clear = all(finding.severity is Severity.NOTE for finding in findings)
    return Outcome.LOADED if is_clear else Outcome.LOADED_WITH_QUERIES
