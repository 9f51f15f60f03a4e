"""A query: one question to the centre about a record, from its opening to its end.

A query is never deleted. What asks it (a finding, a person) and what ends it are decided in
``intake.pipeline.queries``; its sheet, its receipt and its words are made elsewhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from intake.model.finding import Finding, Settled
from intake.model.submission import Submission, Value


class QueryState(StrEnum):
    """Where a query stands (a closed list)."""

    OPEN = "open"
    ASKED = "asked"
    """The centre was asked: on a receipt or a sheet that was made to be sent."""
    ANSWERED = "answered"
    """The centre said something that changes and confirms nothing by itself."""
    CLOSED = "closed"


class QueryEnd(StrEnum):
    """How a query was closed (a closed list)."""

    CHANGED = "changed"
    """The record changed and the question is not asked of it any more."""
    CONFIRMED = "confirmed"
    """The centre says that the answers are right as they are."""
    WITHDRAWN = "withdrawn"
    """A person of the study gave up the question, with a reason."""
    SUPERSEDED = "superseded"
    """Its question is hidden now, its row gone, or the rule that asked it."""


class QueryAction(StrEnum):
    """What happened to a query at one step (a closed list)."""

    OPENED = "opened"
    ASKED = "asked"
    ANSWERED = "answered"
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryStep:
    """One step of a query: what, when, who, through which file, why."""

    action: QueryAction
    at: dt.datetime
    by: str = ""
    """Who, as the coordinator gave it once; empty for the program itself."""
    how: QueryEnd | None = None
    """The end, where the step is one."""
    receipt: str | None = None
    """The receipt of the file that brought it; of a sheet that asks, of the answers it shows."""
    sheet: int | None = None
    """Number of the record's query sheet that asked, or answered."""
    reason: str = ""
    """Words of a person; kept for the coordinator, never in what leaves or in the chain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One question about a record. ``record_id`` and ``subject`` are set when it is saved."""

    number: int
    """Within its record, from 1; never given twice."""
    finding: Finding
    """What asks: its code, all its items, its words."""
    revision: int
    """The revision whose answers it is about; of a confirmed one, the newest that holds what
    was confirmed."""
    steps: tuple[QueryStep, ...]
    """The oldest first; never empty."""
    record_id: str = ""
    subject: str = ""
    centre: str = ""
    """Of the record's current revision; set when the query is read from the store."""

    @property
    def id(self) -> str:
        """Return the number that people use: ``REI-007-3``."""
        return f"{self.subject}-{self.number}"

    @property
    def state(self) -> QueryState:
        """Return where the query stands: what its last step made of it."""
        match self.steps[-1].action:
            case QueryAction.OPENED | QueryAction.REOPENED:
                return QueryState.OPEN
            case QueryAction.ASKED:
                return QueryState.ASKED
            case QueryAction.ANSWERED:
                return QueryState.ANSWERED
            case QueryAction.CLOSED:
                return QueryState.CLOSED

    @property
    def how(self) -> QueryEnd | None:
        """Return how the query was closed; None while it is not."""
        return self.steps[-1].how

    @property
    def is_closed(self) -> bool:
        """Say whether nothing is asked any more."""
        return self.state is QueryState.CLOSED

    def last(self, action: QueryAction) -> QueryStep | None:
        """Return the newest step of a kind."""
        return next((step for step in reversed(self.steps) if step.action is action), None)


@dataclass(frozen=True, slots=True)
class QuestionNow:
    """A question about a record's current answers, and how it ended; None while it is asked."""

    finding: Finding
    how: QueryEnd | None

    @property
    def settled(self) -> Settled | None:
        """Return what keeps it from being asked again, by how it ended."""
        return settled_by(self.how)


def settled_by(how: QueryEnd | None) -> Settled | None:
    """Return what keeps a question from being asked again; None for one that may be."""
    match how:
        case QueryEnd.CONFIRMED:
            return Settled.CONFIRMED
        case QueryEnd.WITHDRAWN:
            return Settled.WITHDRAWN
        case QueryEnd.CHANGED | QueryEnd.SUPERSEDED | None:
            return None
        case unknown:
            assert_never(unknown)


def question_of(finding: Finding) -> Hashable:
    """Return what is the same in two findings that ask the same.

    Of one about the file, all it says counts: there is no answer to know it by.
    """
    items = frozenset(finding.all_items)
    about = () if items else (finding.location, tuple(sorted(finding.context.items())))
    return finding.code, items, finding.row, about


def answers_named(finding: Finding, submission: Submission) -> tuple[Value, ...]:
    """Return the answers that a finding speaks of: of its own row, where it has one."""
    names = set(finding.all_items)
    return tuple(
        value
        for value in submission.values
        if value.item in names and (finding.row is None or value.row in (None, finding.row))
    )
