"""How the questions about a record stood before a moment: what was settled by then. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from intake.model.query import Query, QuestionNow
from intake.pipeline.queries.conversation import AnswersAt
from intake.pipeline.queries.question import is_same_answer


def questions_in_time(
    queries: Iterable[Query], before: dt.datetime, revision: int, answers_at: AnswersAt
) -> Iterator[QuestionNow]:
    """Yield how the questions about a revision stood before a moment.

    One of which something was said since is asked still: nobody settled it in time.
    """
    now = answers_at(revision)
    for query in queries:
        if query.steps[0].at >= before:
            continue
        if query.steps[-1].at >= before or query.how is None:
            yield QuestionNow(query.finding, None)
        elif now is not None and is_same_answer(query.finding, answers_at(query.revision), now):
            yield QuestionNow(query.finding, query.how)
