"""Whatever a centre does to a sheet: what it means is in the record, all else is as it was."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.model.finding_codes import FindingCode as Code
from intake.model.query import QueryEnd, QueryState
from intake.model.receipt import Outcome
from tests.kit.plain_office import codes
from tests.kit.plain_sheets import Garden

QUESTIONS = {1: ("height", 12.5, "9"), 2: ("visits__1__count", 40, "4")}
"""By number: the place, what the record says of it, another answer that asks nothing."""
ACTS = ("nothing", "mark", "change", "both", "erase", "words")
ENDS = {
    "nothing": QueryState.ASKED,
    "mark": QueryEnd.CONFIRMED,
    "change": QueryEnd.CHANGED,
    "both": QueryState.ANSWERED,
    "erase": QueryState.ANSWERED,
    "words": QueryState.ANSWERED,
}


def entered(number, act):
    """Return what an act leaves in the places of a question."""
    address, _, other = QUESTIONS[number]
    texts = {}
    if act in ("mark", "both"):
        texts[f"_q{number}__ok"] = "1"
    if act in ("change", "both"):
        texts[address] = other
    if act == "erase":
        texts[address] = ""
    if act == "words":
        texts[f"_q{number}_why"] = "relu"
    return texts


def held(office):
    (stored,) = office.records()
    visit = stored.submission.record["visits"][0]
    return {1: stored.submission.record["height"], 2: visit["count"]}


@given(st.tuples(st.sampled_from(ACTS), st.sampled_from(ACTS)))
@settings(max_examples=36, deadline=None)
def test_each_question_ends_as_its_centre_answered_it(acts):
    office = Garden()
    office.form(agreed="yes")
    office.make()
    said = dict(zip(QUESTIONS, acts, strict=True))
    texts = {k: v for number, act in said.items() for k, v in entered(number, act).items()}

    receipt = office.back(**texts)

    if set(acts) == {"nothing"}:
        assert receipt.outcome is Outcome.REJECTED
        return
    ends = {query.number: query.how or query.state for query in office.queries()}
    assert ends == {number: ENDS[act] for number, act in said.items()}
    for number, act in said.items():
        _, before, other = QUESTIONS[number]
        assert held(office)[number] == (float(other) if act == "change" else before)
    unclear = sum(act in ("both", "erase") for act in acts)
    assert codes(receipt).count(Code.SHEET_UNCLEAR) == unclear


@given(st.lists(st.sampled_from(ACTS[1:]), min_size=2, max_size=2))
@settings(max_examples=20, deadline=None)
def test_what_came_twice_changes_nothing_more(acts):
    office = Garden()
    office.form(agreed="yes")
    office.make()
    said = dict(zip(QUESTIONS, acts, strict=True))
    texts = {k: v for number, act in said.items() for k, v in entered(number, act).items()}
    office.back(**texts)
    before, count = held(office), len(office.queries())

    office.back(**texts)

    assert held(office) == before
    assert len(office.queries()) == count
