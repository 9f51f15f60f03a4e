"""Which answers of a record are confirmed, or asked about no more: made of its queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from intake.model.finding import Finding
from intake.model.query import QueryEnd, answers_named
from intake.model.record import Answer
from intake.model.submission import Submission
from intake.storage.database import tables
from intake.storage.database.codec import loads
from intake.storage.rows.numbering import CURRENT

_QUERY, _RECORD, _SUBMISSION = tables.query.c, tables.record.c, tables.submission.c
_ENDS = (QueryEnd.CONFIRMED.value, QueryEnd.WITHDRAWN.value)


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a record's current answers, and how it ended; None while it is asked."""

    finding: Finding
    how: QueryEnd | None


def settled_questions(
    connection: Connection, *where: ColumnElement[bool]
) -> Mapping[str, list[Question]]:
    """Return, by record, what ended as confirmed or withdrawn, and what is asked still.

    Only records where a question ended so are there: most have none.
    """
    ended = select(_QUERY.record_id).where(_QUERY.how.in_(_ENDS))
    is_current = and_(_SUBMISSION.record_id == _RECORD.record_id, _SUBMISSION.state == CURRENT)
    together = tables.query.join(tables.record, _QUERY.record_id == _RECORD.record_id).join(
        tables.submission, is_current
    )
    wanted = select(_QUERY.record_id, _QUERY.how, _QUERY.payload).select_from(together)
    is_of_now = or_(_QUERY.how.is_(None), _QUERY.revision == _SUBMISSION.revision)
    wanted = wanted.where(_QUERY.record_id.in_(ended), is_of_now, *where)
    found: dict[str, list[Question]] = defaultdict(list)
    for row in connection.execute(wanted):
        how = QueryEnd(row.how) if row.how else None
        found[row.record_id].append(Question(loads(Finding, row.payload), how))
    return found


def answers_at(
    how: QueryEnd, questions: Iterable[Question], submission: Submission
) -> frozenset[Answer]:
    """Return the answers whose questions ended in one way, and that nothing asks about."""
    by_end: dict[QueryEnd | None, set[Answer]] = defaultdict(set)
    for question in questions:
        named = answers_named(question.finding, submission)
        by_end[question.how].update((value.item, value.row) for value in named)
    return frozenset(by_end[how] - by_end[None])
