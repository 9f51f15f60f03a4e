"""Which answers of a record are confirmed, or asked about no more: made of its queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, and_, exists, or_, select

from intake.model.finding import Finding
from intake.model.query import QueryAction, QueryEnd, QuestionNow, answers_named
from intake.model.record import Answer
from intake.model.submission import Submission
from intake.storage.database import tables
from intake.storage.database.codec import loads
from intake.storage.rows.numbering import CURRENT

_QUERY, _STEP = tables.query.c, tables.query_step.c
_RECORD, _SUBMISSION = tables.record.c, tables.submission.c
_ENDS = (QueryEnd.CONFIRMED.value, QueryEnd.WITHDRAWN.value)


def settled_questions(
    connection: Connection, records: Collection[str]
) -> Mapping[str, list[QuestionNow]]:
    """Return, of some records, what ended as confirmed or withdrawn, and what is asked still.

    Only records where a question ended so once are there: most have none.
    """
    is_asked_for = _QUERY.record_id.in_(records)
    ended = select(_QUERY.record_id).where(_QUERY.how.in_(_ENDS), is_asked_for)
    is_current = and_(_SUBMISSION.record_id == _RECORD.record_id, _SUBMISSION.state == CURRENT)
    together = tables.query.join(tables.record, _QUERY.record_id == _RECORD.record_id).join(
        tables.submission, is_current
    )
    wanted = select(_QUERY.record_id, _QUERY.how, _QUERY.payload).select_from(together)
    is_of_now = or_(_QUERY.how.is_(None), _QUERY.revision == _SUBMISSION.revision)
    again = exists().where(
        _STEP.record_id == _QUERY.record_id,
        _STEP.number == _QUERY.number,
        _STEP.action == QueryAction.REOPENED.value,
    )
    is_asked_again = and_(_QUERY.how.is_(None), again)
    is_wanted = or_(_QUERY.record_id.in_(ended), is_asked_again)
    wanted = wanted.where(is_wanted, is_of_now, is_asked_for).order_by(
        _QUERY.record_id, _QUERY.number
    )
    found: dict[str, list[QuestionNow]] = defaultdict(list)
    for row in connection.execute(wanted):
        how = QueryEnd(row.how) if row.how else None
        found[row.record_id].append(QuestionNow(loads(Finding, row.payload), how))
    return found


def answers_at(
    how: QueryEnd, questions: Iterable[QuestionNow], submission: Submission
) -> frozenset[Answer]:
    """Return the answers whose questions ended in one way, and that nothing asks about."""
    by_end: dict[QueryEnd | None, set[Answer]] = defaultdict(set)
    for question in questions:
        named = answers_named(question.finding, submission)
        by_end[question.how].update((value.item, value.row) for value in named)
    return frozenset(by_end[how] - by_end[None])
