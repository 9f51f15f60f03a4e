"""One step of a query that a person takes, or a sheet brings: what may follow what. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from intake.model.errors import DecisionRefused, Refusal
from intake.model.finding import Finding
from intake.model.finding_codes import is_missing_answer
from intake.model.query import Query, QueryAction, QueryEnd, QueryStep
from intake.model.submission import Submission
from intake.pipeline.queries.question import is_held_back


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Who takes a step, when, through which file or sheet, and their words."""

    at: dt.datetime
    by: str = ""
    receipt: str | None = None
    sheet: int | None = None
    reason: str = ""


def asked(query: Query, said: Said) -> Query:
    """Return a query that was put on a sheet or a receipt. Raises DecisionRefused when closed."""
    return stepped(_not_closed(query), QueryAction.ASKED, said)


def answered(query: Query, said: Said) -> Query:
    """Return a query with the centre's words, which change and confirm nothing by themselves.

    Raises DecisionRefused when it is closed.
    """
    return stepped(_not_closed(query), QueryAction.ANSWERED, said)


def confirmed(query: Query, submission: Submission, revision: int, said: Said) -> Query:
    """Return a query whose answers, those of a revision, are right as they are.

    Raises DecisionRefused when it is closed, or there is no such answer.
    """
    why = not_confirmable(query.finding, submission)
    if why is not None:
        raise DecisionRefused(why, query=query.id)
    closed = stepped(_not_closed(query), QueryAction.CLOSED, said, QueryEnd.CONFIRMED)
    return replace(closed, revision=revision)


def withdrawn(query: Query, revision: int, said: Said) -> Query:
    """Return a query given up for the answers of a revision. Raises DecisionRefused when closed."""
    closed = stepped(_not_closed(query), QueryAction.CLOSED, said, QueryEnd.WITHDRAWN)
    return replace(closed, revision=revision)


def reopened(query: Query, revision: int, said: Said) -> Query:
    """Return a closed query, asked again of a revision. Raises DecisionRefused when not closed."""
    if not query.is_closed:
        raise DecisionRefused(Refusal.QUERY_NOT_CLOSED, query=query.id)
    return replace(stepped(query, QueryAction.REOPENED, said), revision=revision)


def asked_as_before(query: Query, gone: str, undone: Collection[QueryAction], said: Said) -> Query:
    """Return a query that was reopened by an undoing, asked or answered again as before.

    ``gone`` is the receipt, ``undone`` what it did that is taken back.
    """
    if query.steps[-1].action is not QueryAction.REOPENED:
        return query
    earlier = (s for s in reversed(query.steps[:-1]) if s.receipt != gone or s.action not in undone)
    stood = next(earlier, None)
    if stood is None or stood.action not in (QueryAction.ASKED, QueryAction.ANSWERED):
        return query
    return replace(query, steps=(*query.steps, replace(stood, at=said.at, by=said.by)))


def not_confirmable(finding: Finding, submission: Submission) -> Refusal | None:
    """Return why « as it is » is no answer to a question; None where it is one.

    Nothing is confirmed of a file, of an answer that is missing, nor of one held back.
    """
    if not finding.all_items:
        return Refusal.CONFIRMS_NO_ANSWER
    if is_missing_answer(finding.code):
        return Refusal.CONFIRMS_MISSING
    return Refusal.CONFIRMS_HELD_BACK if is_held_back(finding, submission) else None


def stepped(query: Query, action: QueryAction, said: Said, how: QueryEnd | None = None) -> Query:
    """Return a query with one more step."""
    step = QueryStep(
        action=action,
        at=said.at,
        by=said.by,
        how=how,
        receipt=said.receipt,
        sheet=said.sheet,
        reason=said.reason,
    )
    return replace(query, steps=(*query.steps, step))


def _not_closed(query: Query) -> Query:
    if query.is_closed:
        raise DecisionRefused(Refusal.QUERY_CLOSED, query=query.id)
    return query
