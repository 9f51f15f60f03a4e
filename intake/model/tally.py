"""What a store counts and lists without opening a record: patients, files, questions, events.

Counts, numbers and days alone, and how a long list is taken part by part; no answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from intake.model.finding import Severity
from intake.model.query import QueryState
from intake.model.receipt import Outcome

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientTally:
    """One record that is in the dataset."""

    record_id: str
    subject: str
    """Number within the centre, e.g. ``REI-007``."""
    centre: str
    """As on the current revision: an id of the list, else the letters on the form."""
    receipt: str
    """Of the current revision."""
    revision: int
    version: str
    """Of the form that its answers have."""
    expected: int
    answered: int
    """Of the required answers."""
    is_late: bool = False
    """The current revision came after the closing date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreTally:
    """The patients of a centre that are in the dataset, and what is asked about them."""

    centre: str
    """As ``PatientTally.centre``."""
    patients: int
    late: int = 0
    """Patients whose current revision came after the closing date."""
    open: int = 0
    """Patients with a question that is not closed."""
    unasked: int = 0
    """Patients with a question that the centre was not asked yet."""
    points: int = 0
    """Questions that are not closed."""
    answered: int = 0
    """Those of them of which the centre said something that closes nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTally:
    """The files of a centre that had one outcome; an email or archive counts by its files."""

    centre: str
    """Empty where nobody knows it."""
    outcome: Outcome
    count: int
    first: dt.datetime
    """When the program first saw one."""
    last: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTally:
    """What became of the questions of one rule or code that are closed."""

    code: str
    closed: int
    changed: int
    """Those after which an answer changed."""


@dataclass(frozen=True, slots=True)
class OpenTally:
    """Questions about patients of one centre that wait since one day."""

    centre: str
    severity: Severity
    since: dt.date
    """The day of their opening, or of their last reopening."""
    count: int


@dataclass(frozen=True, slots=True)
class AnsweredTally:
    """Records that were asked as many required answers, and gave as many."""

    expected: int
    answered: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """One receipt in a long list, before it is opened."""

    receipt: str
    parent: str | None
    outcome: Outcome
    arrived: dt.datetime
    """When the program first saw the file, whatever its message says."""
    is_superseded: bool
    """A newer file of the same patient took its place."""


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest arrivals, each with all that it holds, and how many receipts there are."""

    lines: tuple[ReceiptLine, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """All that is counted of a study at one moment."""

    centres: tuple[CentreTally, ...] = ()
    files: tuple[FileTally, ...] = ()
    codes: tuple[CodeTally, ...] = ()

    @property
    def whole(self) -> CentreTally:
        """Return the sums of all centres, as if they were one without a name."""
        names = [held.name for held in fields(CentreTally) if held.name != "centre"]
        sums = {name: sum(getattr(one, name) for one in self.centres) for name in names}
        return CentreTally(centre="", **sums)


@dataclass(frozen=True, slots=True)
class Part:
    """Which lines of a list are wanted: so many, after those before."""

    start: int = 0
    most: int = 50


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """The lines of one part, and how many the whole list has, as it is narrowed."""

    lines: tuple[T, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """How a list is narrowed; what is empty narrows nothing, and what a list has not, neither."""

    centres: tuple[str, ...] = ()
    """Names that one centre has: its id, the letters on its forms."""
    number: str = ""
    """How the number of a patient begins, e.g. ``REI-00``."""
    state: str = ""
    """Of patients: ``asked`` or ``clear``."""
    outcomes: tuple[Outcome, ...] = ()
    states: tuple[QueryState, ...] = ()
    code: str = ""
    """Of questions: the rule, or the code, that asks."""
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEvent:
    """One event of the journal; never an answer, nor a reason."""

    seq: int
    at: dt.datetime
    by: str
    event: str
    receipt: str | None
    subject: str | None
    detail: Mapping[str, Any]
