"""What becomes of a record's queries when its answers, or the rules, are new. Pure.

A question is asked once: what was confirmed or given up is not asked again while its answers
stay what they were, and a question that is still open stays the one that was asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import assert_never

from intake.model.finding import Finding, Settled, Severity
from intake.model.finding_codes import FindingCode
from intake.model.query import (
    Query,
    QueryAction,
    QueryEnd,
    QueryStep,
    question_of,
    settled_by,
)
from intake.model.submission import Submission
from intake.pipeline.queries.question import (
    ABOUT_SHEET,
    is_about_file,
    is_gone,
    is_same_answer,
)

Earlier = Callable[[Finding, Finding], Finding | None]
"""Return what counts of an older finding, where a new one is of another version of its rule."""
AnswersAt = Callable[[int], Submission | None]
"""Return a revision of the record by its number; None when it is not kept."""


class Brought(StrEnum):
    """What makes the questions of a record new (a closed list)."""

    FORM = "form"
    """A whole form: another file."""
    ANSWERS = "answers"
    """Answers to some questions (a sheet, a correction); all that was said of the others holds."""
    RULES = "rules"
    """New rules over the same answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn of the conversation: the record as it is from now on."""

    submission: Submission
    revision: int
    findings: tuple[Finding, ...]
    """All that is said of the revision, about its file included."""
    brought: Brought
    at: dt.datetime
    receipt: str | None = None
    """Of the file that brought it."""
    by: str = ""
    """Who, where a person brought it."""
    sheet: int | None = None
    earlier: Earlier = lambda _new, _old: None


@dataclass(frozen=True, slots=True)
class Talk:
    """What a turn makes of the conversation."""

    queries: tuple[Query, ...]
    """The new ones, and those with a new step or known to hold for the new revision."""
    findings: tuple[Finding, ...]
    """Those of the turn, in their order. One asks nothing, and says why, where what it asks was
    confirmed or given up for these answers."""


def conversation(turn: Turn, known: Iterable[Query], answers_at: AnswersAt) -> Talk:
    """Return the queries that a turn opens, closes and reopens, and what it need not ask."""
    talking = _Talking(turn, answers_at, {query.number: query for query in known})
    told = tuple(talking.ask(finding) if _asks(finding) else finding for finding in turn.findings)
    talking.leave_the_rest()
    before = talking.known
    changed = (query for n, query in sorted(talking.now.items()) if before.get(n) != query)
    return Talk(tuple(changed), told)


@dataclass(slots=True)
class _Talking:
    """A turn being worked out; each known query answers for one finding at most."""

    turn: Turn
    answers_at: AnswersAt
    known: dict[int, Query]
    now: dict[int, Query] = field(default_factory=dict)
    met: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.now = dict(self.known)

    def ask(self, finding: Finding) -> Finding:
        """Find the query that asks this already or did so, or open one; return what is told."""
        asks = question_of(finding)
        same = [query for query in self._unmet() if question_of(query.finding) == asks]
        asked = [query for query in same if not query.is_closed]
        live = next(filter(self._holds, asked), None) or next(iter(asked), None)
        settled = self._settled_by_rule(finding)
        if live is not None:
            self.met.add(live.number)
            if self._holds(live) and not self._is_of_now(settled):
                return finding
            end = QueryEnd.SUPERSEDED if self._holds(live) else QueryEnd.CHANGED
            self._step(live, QueryAction.CLOSED, end)
        ended = [query for query in same if query.is_closed and self._answers_for(query)]
        settled = next((query for query in reversed(ended) if _settled(query)), None) or settled
        if settled is not None:
            self._stand(settled, is_met=settled in ended)
            return replace(finding, severity=Severity.NOTE, settled=_settled(settled))
        if ended:
            self.met.add(ended[-1].number)
            self._step(replace(ended[-1], finding=finding), QueryAction.REOPENED)
        else:
            self._open(finding)
        return finding

    def _settled_by_rule(self, finding: Finding) -> Query | None:
        """Return the query in which another version of a rule was confirmed or given up.

        What both name is as it was then: two rules may come of one, so it answers for each.
        """
        for query in reversed(self.now.values()):
            old = self.turn.earlier(finding, query.finding) if _settled(query) else None
            if old and self._holds(query, old) and self._holds(query, finding):
                return query
        return None

    def _is_of_now(self, query: Query | None) -> bool:
        """Say whether a query ended by what this turn brings, as by a sheet of an older version."""
        if query is None or self.turn.receipt is None or self.turn.brought is Brought.RULES:
            return False
        return query.steps[-1].receipt == self.turn.receipt

    def leave_the_rest(self) -> None:
        """Close what is asked no more, and keep what was confirmed of the same answers."""
        for query in list(self._unmet()):
            if not query.is_closed:
                end = self._end(query)
                if end is not None:
                    self._step(query, QueryAction.CLOSED, end)
            elif _settled(query) and self._holds(query):
                self._stand(query)

    def _end(self, query: Query) -> QueryEnd | None:
        """Return how a query ends that nothing asks any more; None where it goes on."""
        finding, then = query.finding, self.answers_at(query.revision)
        if not finding.all_items:
            return QueryEnd.SUPERSEDED if self.turn.brought is Brought.FORM else None
        if is_gone(finding, then, self.turn.submission):
            return QueryEnd.SUPERSEDED
        if not self._holds(query):
            return QueryEnd.CHANGED
        return None if finding.code == FindingCode.STUDY_QUESTION else self._end_of_same(finding)

    def _end_of_same(self, finding: Finding) -> QueryEnd | None:
        """Return how a question ends whose answers are what they were."""
        match self.turn.brought:
            case Brought.FORM:
                return QueryEnd.CHANGED
            case Brought.ANSWERS:
                return None if is_about_file(finding) else QueryEnd.CHANGED
            case Brought.RULES:
                return QueryEnd.SUPERSEDED
            case unknown:
                assert_never(unknown)

    def _answers_for(self, query: Query) -> bool:
        """Say whether how a closed query ended holds for what is there now."""
        is_other_file = self.turn.brought is Brought.FORM and is_about_file(query.finding)
        return not is_other_file and self._holds(query)

    def _holds(self, query: Query, about: Finding | None = None) -> bool:
        """Say whether the answers of a query, or what else is named, are what they were."""
        then = self.answers_at(self.known[query.number].revision)
        return is_same_answer(about or query.finding, then, self.turn.submission)

    def _unmet(self) -> Iterator[Query]:
        return (query for n, query in sorted(self.now.items()) if n not in self.met)

    def _stand(self, query: Query, *, is_met: bool = True) -> None:
        self.met |= {query.number} if is_met else set()
        self.now[query.number] = replace(query, revision=self.turn.revision)

    def _open(self, finding: Finding) -> None:
        number = max(self.now, default=0) + 1
        self.met.add(number)
        blank = Query(number=number, finding=finding, revision=self.turn.revision, steps=())
        self._step(blank, QueryAction.OPENED)

    def _step(self, query: Query, action: QueryAction, how: QueryEnd | None = None) -> None:
        turn = self.turn
        step = QueryStep(
            action=action, at=turn.at, by=turn.by, how=how, receipt=turn.receipt, sheet=turn.sheet
        )
        is_closed = action is QueryAction.CLOSED
        revision = query.revision if is_closed else turn.revision
        self.now[query.number] = replace(query, revision=revision, steps=(*query.steps, step))


def _asks(finding: Finding) -> bool:
    """Say whether a finding asks; one about a sheet speaks of a question that is asked already."""
    return finding.severity is not Severity.NOTE and finding.code not in ABOUT_SHEET


def _settled(query: Query) -> Settled | None:
    return settled_by(query.how)
