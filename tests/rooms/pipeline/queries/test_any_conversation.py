"""What holds of every conversation, whatever comes and is decided in any order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.model.finding import Severity
from intake.model.query import QueryAction, QueryEnd, QueryStep, question_of
from intake.pipeline.queries.conversation import Brought
from intake.pipeline.queries.question import is_same_answer
from tests.rooms.pipeline.queries.test_conversation import NOON, Record, answers, rule

ITEMS = ("height", "width")
_VALUES = st.fixed_dictionaries({name: st.integers(0, 2) for name in ITEMS})
_FINDINGS = st.lists(
    st.sampled_from(
        [rule("height"), rule("width", code="R09"), rule("height", "width", code="R12")]
    ),
    unique_by=lambda finding: finding.code,
)
_ENDS = st.sampled_from([QueryEnd.CONFIRMED, QueryEnd.WITHDRAWN])
_TURNS = st.lists(st.tuples(_VALUES, _FINDINGS, st.sampled_from(Brought)), min_size=1, max_size=6)
_ACTS = st.lists(st.tuples(st.integers(1, 6), _ENDS), max_size=3)


def talked(turns, acts):
    """Return each state of a record: after each turn, some queries are settled by a person."""
    record = Record()
    before = None
    for (values, findings, brought), settled in zip(turns, acts, strict=False):
        is_same = brought is Brought.RULES and before is not None
        before = before if is_same else answers(**values)
        record.turn(before, *findings, brought=brought)
        yield record, before, findings
        for number, how in settled:
            query = record.known.get(number)
            if query is not None and not query.is_closed:
                step = QueryStep(action=QueryAction.CLOSED, at=NOON, how=how)
                settled_now = replace(query, steps=(*query.steps, step))
                record.known[number] = replace(settled_now, revision=len(record.revisions))


@settings(deadline=None)
@given(turns=_TURNS, acts=st.lists(_ACTS, min_size=6, max_size=6))
def test_each_finding_is_asked_by_one_query_or_was_settled(turns, acts):
    for record, _, findings in talked(turns, acts):
        live = [q.finding.code for q in record.known.values() if not q.is_closed]
        settled = [code for code, _ in record.settled]
        assert len(live) == len(set(live))
        assert not set(live) & set(settled)
        assert {finding.code for finding in findings} <= set(live) | set(settled)
        asked = [f.code for f in record.talk.findings if f.severity is not Severity.NOTE]
        assert set(asked) <= set(live)


@settings(deadline=None)
@given(turns=_TURNS, acts=st.lists(_ACTS, min_size=6, max_size=6))
def test_no_question_of_the_same_answers_has_two_queries(turns, acts):
    for record, _, _ in talked(turns, acts):
        seen = []
        for query in record.known.values():
            then = record.revisions[query.revision]
            told = [
                other
                for other in seen
                if question_of(other.finding) == question_of(query.finding)
                and is_same_answer(query.finding, then, record.revisions[other.revision])
            ]
            assert told == []
            seen.append(query)


@settings(deadline=None)
@given(turns=_TURNS, acts=st.lists(_ACTS, min_size=6, max_size=6))
def test_steps_are_only_added_and_numbers_never_change(turns, acts):
    before = {}
    for record, _, _ in talked(turns, acts):
        for number, query in before.items():
            now = record.known[number]
            assert question_of(now.finding) == question_of(query.finding)
            assert now.steps[: len(query.steps)] == query.steps
        before = dict(record.known)
        assert list(before) == list(range(1, len(before) + 1))
