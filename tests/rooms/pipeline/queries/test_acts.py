"""What the coordinator does about one query: taken whole or refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from intake.model.address import Place
from intake.model.errors import DecisionRefused, Refusal
from intake.model.finding import Severity
from intake.model.query import QueryAction, QueryEnd, QueryState
from intake.pipeline.queries import acts, steps
from intake.pipeline.queries.steps import Said
from tests.kit.fakes.forms import FewForms
from tests.kit.fakes.memory_store import MemoryStore
from tests.rooms.storage.forms import DEFINITION, FORM, asking, loaded, query, rule, unreadable

LATER = dt.datetime(2026, 4, 1, 9, tzinfo=dt.UTC)
WORDS = Said(at=LATER, by="Marie", reason="vu au téléphone")
SILENT = Said(at=LATER, by="Marie")
HELD_BACK, ASKED = "REI-001-1", "REI-001-2"


@pytest.fixture
def store():
    made = MemoryStore()
    made.save(asking(loaded("a")))
    return made


def find(store, name):
    return acts.find_query(store, FORM, name)


def reopen(store, query, said):
    return acts.reopen(store, FewForms(DEFINITION), query, said)


def refused(act, *arguments):
    with pytest.raises(DecisionRefused) as problem:
        act(*arguments)
    return problem.value.why


def test_a_confirmed_query_says_who_when_and_why(store):
    acts.confirm(store, find(store, ASKED), WORDS)

    done = find(store, ASKED)
    assert done.how is QueryEnd.CONFIRMED
    step = done.steps[-1]
    assert (step.by, step.at, step.reason) == ("Marie", LATER, "vu au téléphone")


def test_a_query_is_found_in_small_letters_and_with_spaces(store):
    assert find(store, f" {ASKED.lower()} ").number == 2


@pytest.mark.parametrize("name", ["REI-001-9", "REI-002-1", "REI-001", "1", "", "--"])
def test_an_unknown_query_is_refused(store, name):
    assert refused(find, store, name) is Refusal.UNKNOWN_QUERY


def test_what_is_held_back_is_not_confirmed(store):
    why = refused(acts.confirm, store, find(store, HELD_BACK), SILENT)

    assert why is Refusal.CONFIRMS_HELD_BACK
    assert not find(store, HELD_BACK).is_closed


@pytest.mark.parametrize(
    ("finding", "why"),
    [
        (replace(rule(), items=(), row=None), Refusal.CONFIRMS_NO_ANSWER),
        (replace(rule(), code="REQUIRED", items=("remark",)), Refusal.CONFIRMS_MISSING),
        (replace(rule(), code="SECTION_INCOMPLETE"), Refusal.CONFIRMS_MISSING),
    ],
)
def test_nothing_is_confirmed_where_no_answer_is(store, finding, why):
    (record,) = store.records()
    store.step(replace(query(3, finding), record_id=record.record_id, subject=record.subject))

    assert refused(acts.confirm, store, find(store, "REI-001-3"), SILENT) is why


def test_words_of_the_centre_close_nothing(store):
    acts.answer(store, find(store, ASKED), WORDS)

    assert find(store, ASKED).state is QueryState.ANSWERED
    assert acts.confirm(store, find(store, ASKED), SILENT).how is QueryEnd.CONFIRMED


def test_a_query_is_given_up_for_a_reason(store):
    acts.withdraw(store, find(store, HELD_BACK), WORDS)

    assert find(store, HELD_BACK).how is QueryEnd.WITHDRAWN


@pytest.mark.parametrize("act", [acts.answer, acts.withdraw, reopen])
def test_words_are_needed(store, act):
    assert refused(act, store, find(store, ASKED), SILENT) is Refusal.QUERY_NEEDS_WORDS


@pytest.mark.parametrize("act", [acts.confirm, acts.answer, acts.withdraw, reopen])
def test_words_that_seem_to_name_a_person_are_refused(store, act):
    said = replace(WORDS, reason="vu avec Mme Durand")

    assert refused(act, store, find(store, ASKED), said) is Refusal.REASON_IDENTIFIES


@pytest.mark.parametrize("act", [acts.confirm, acts.answer, acts.withdraw])
def test_a_closed_query_is_only_reopened(store, act):
    acts.withdraw(store, find(store, ASKED), WORDS)

    assert refused(act, store, find(store, ASKED), WORDS) is Refusal.QUERY_CLOSED
    assert reopen(store, find(store, ASKED), WORDS).state is QueryState.OPEN
    assert [step.action for step in find(store, ASKED).steps] == [
        QueryAction.OPENED,
        QueryAction.CLOSED,
        QueryAction.REOPENED,
    ]


def test_an_open_query_is_not_reopened(store):
    assert refused(reopen, store, find(store, ASKED), WORDS) is Refusal.QUERY_NOT_CLOSED


def test_a_person_asks_in_their_own_words(store):
    record = acts.find_record(store, FORM, "rei-001")
    place = Place(DEFINITION.items["seen"], 2)

    acts.ask(store, record, place, ("fr", "en"), WORDS)

    asked = find(store, "REI-001-3")
    finding = asked.finding
    assert (finding.code, finding.item, finding.row) == ("STUDY_QUESTION", "seen", 2)
    assert finding.severity is Severity.QUERY
    assert finding.message == {"fr": "vu au téléphone", "en": "vu au téléphone"}
    (step,) = asked.steps
    assert (step.by, step.reason) == ("Marie", "")


def test_a_question_about_nobody_is_refused(store):
    assert refused(acts.find_record, store, FORM, "REI-009") is Refusal.UNKNOWN_PATIENT


def test_a_sheet_steps_what_is_not_closed():
    said = Said(at=LATER, sheet=2)
    asked = steps.asked(query(1, unreadable()), said)

    assert (asked.state, asked.steps[-1].sheet) == (QueryState.ASKED, 2)
    closed = steps.withdrawn(asked, 1, WORDS)
    assert refused(steps.asked, closed, said) is Refusal.QUERY_CLOSED
