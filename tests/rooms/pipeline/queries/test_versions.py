"""Questions over two versions of a form: what was confirmed is not asked again under another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.model.computed import Rule
from intake.model.definition import Formerly
from intake.model.errors import DecisionRefused
from intake.model.finding import Severity
from intake.model.query import QueryEnd, QueryState
from intake.model.submission import StampClaim
from intake.pipeline.queries import acts
from intake.pipeline.queries.steps import Said
from intake.pipeline.queries.versions import Names
from intake.pipeline.review.recheck import recheck_records
from intake.pipeline.review.undo import undo
from tests.kit.fakes.forms import FewForms
from tests.kit.garden import GARDEN, a_file, answers, stamp
from tests.kit.plain_office import NOON, PlainOffice
from tests.rooms.pipeline.queries.test_conversation import rule

ASKED = QueryState.ASKED
CONFIRMED, CHANGED, SUPERSEDED = QueryEnd.CONFIRMED, QueryEnd.CHANGED, QueryEnd.SUPERSEDED


def a_rule(*items, when="height > 10.0", code="R51"):
    words = {"fr": "Vérifier ?", "en": "Check?"}
    return Rule(id=code, severity=Severity.QUERY, when=when, items=items, message=words)


OLD = replace(GARDEN, rules=(a_rule("height", "agreed"),))
NEW = replace(
    GARDEN,
    version="1.1.0",
    fingerprint="0A1B2C3E",
    rules=(
        a_rule("height", "filled"),
        a_rule("height", "remark", when="height > 11.0"),
        a_rule("height", code="R52"),
    ),
)


def of_newer(**changed):
    claims = (StampClaim("field", stamp(version="1.1.0", fingerprint="0A1B2C3E")),)
    return a_file(entered=answers(**changed), claims=claims)


def confirm(office, name="ZAA-001-1"):
    query = acts.find_query(office.store, "garden", name)
    acts.confirm(office.store, query, Said(at=NOON))


def recheck(office, newest=NEW):
    list(recheck_records(office.desk, newest, ask_new=False, keeps=True))


def told(office):
    return [(q.finding.code, q.finding.all_items, q.how or q.state) for q in office.store.queries()]


@pytest.fixture
def office():
    """Return an office with a question that was confirmed under the older version's rule."""
    made = PlainOffice(OLD, NEW)
    made.send(a_file())
    confirm(made)
    return made


FIRST = ("R51", ("height", "agreed"), CONFIRMED)


def test_what_was_confirmed_is_not_asked_again_by_a_newer_version_of_its_rule(office):
    receipt = office.send(of_newer(colours__blue="1", colours__red=""))

    assert told(office) == [FIRST, ("R52", ("height",), ASKED)]
    notes = [f.code for f in receipt.findings if f.settled]
    assert notes == ["R51", "R51"]


def test_newer_rules_over_old_answers_ask_nothing_that_was_confirmed(office):
    recheck(office)
    assert told(office) == [FIRST, ("R52", ("height",), QueryState.OPEN)]


@pytest.mark.parametrize("changed", [{"height": "13"}, {"agreed": "no"}])
def test_another_answer_is_asked_about_by_the_newer_rule(office, changed):
    office.send(of_newer(**changed))
    live = {items for code, items, state in told(office) if code == "R51" and state is ASKED}
    assert live <= {("height", "filled"), ("height", "remark")}
    assert bool(live) is ("height" in changed)


def test_an_answer_that_the_newer_rule_names_beside_counts_too(office):
    office.send(of_newer(remark="un mot"))
    assert ("R51", ("height", "remark"), ASKED) in told(office)
    assert ("R51", ("height", "filled"), ASKED) not in told(office)


def test_what_was_confirmed_under_the_newer_rule_holds_for_the_older_one():
    newer = replace(NEW, rules=NEW.rules[:1])
    office = PlainOffice(OLD, newer)
    office.send(a_file())
    recheck(office, newer)
    confirm(office, "ZAA-001-2")
    office.send(a_file(entered=answers(colours__blue="1", colours__red="")))
    assert [end for *_, end in told(office)] == [SUPERSEDED, CONFIRMED]


def names(*versions):
    return Names(forms=FewForms(*versions), form="garden", version="1.0.0", versions={})


def is_one(new, old, *versions):
    return names(*versions).earlier(new, old) is not None


def test_two_rules_of_one_version_are_two_questions_whatever_their_id():
    one, other = rule("height", "filled", code="R51"), rule("height", "remark", code="R51")
    assert not is_one(one, other, OLD, NEW)
    assert is_one(one, rule("height", "agreed", code="R51"), OLD, NEW)
    assert not is_one(one, rule("height", "colours", code="R51"), OLD, NEW)
    assert not is_one(one, rule("height", "agreed", code="R52"), OLD, NEW)
    assert not is_one(replace(one, row=1), rule("height", "agreed", code="R51"), OLD, NEW)


def test_of_two_rules_that_both_changed_the_one_that_shares_most_questions_is_meant():
    older = replace(NEW, version="1.0.0")
    newer = replace(
        GARDEN, version="1.1.0", rules=(a_rule("height", "filled", "agreed"), a_rule("place"))
    )
    new = rule("height", "filled", "agreed", code="R51")
    assert is_one(new, rule("height", "filled", code="R51"), older, newer)
    assert not is_one(new, rule("height", "remark", code="R51"), older, newer)
    assert not is_one(rule("place", code="R51"), rule("height", "remark", code="R51"), older, newer)


def test_a_rule_that_could_come_of_two_comes_of_neither():
    older = replace(NEW, version="1.0.0")
    newer = replace(GARDEN, version="1.1.0", rules=(a_rule("height"),))
    for old in (rule("height", "filled", code="R51"), rule("height", "remark", code="R51")):
        assert not is_one(rule("height", code="R51"), old, older, newer)


def test_a_question_that_the_newer_version_asks_no_more_counts_no_more(office):
    left = tuple(element for element in GARDEN.elements if element.name != "agreed")
    newer = replace(NEW, elements=left, objection=None, rules=(a_rule("height", "filled"),))
    office.versions = (OLD, newer)
    office.send(of_newer(agreed="", colours__blue="1", colours__red=""))
    assert told(office) == [FIRST]
    office.send(of_newer(agreed="", filled="09/10/2026", height="13"))
    assert told(office)[1:] == [("R51", ("height", "filled"), ASKED)]


def _renamed(element):
    if element.name != "height":
        return element
    return replace(element, name="size", formerly=(Formerly(version="1.0.0", name="height"),))


RENAMED = replace(
    NEW,
    elements=tuple(map(_renamed, GARDEN.elements)),
    rules=(a_rule("size", "agreed", when="size > 10.0"),),
)


@pytest.fixture
def renamed(office):
    office.versions = (OLD, RENAMED)
    return office


def of_renamed(**changed):
    return of_newer(**{"height": "", "size": "12,5", **changed})


def test_undoing_a_form_of_a_newer_version_asks_nothing_that_was_confirmed(renamed):
    newer = renamed.send(of_renamed(remark="un mot"))
    assert told(renamed) == [("R51", ("size", "agreed"), CONFIRMED)]
    renamed.decide(undo, newer.id)
    assert told(renamed) == [FIRST]
    (stored,) = renamed.records()
    assert ("height", None) in stored.confirmed


def test_undoing_a_form_of_a_newer_version_closes_what_it_asked(renamed):
    newer = renamed.send(of_renamed(size="14"))
    renamed.decide(undo, newer.id)
    assert told(renamed) == [FIRST, ("R51", ("size", "agreed"), CHANGED)]


def test_an_open_question_has_the_names_of_the_newest_answers():
    office = PlainOffice(OLD, RENAMED)
    office.send(a_file())
    newer = office.send(of_renamed(remark="un mot"))
    assert told(office) == [("R51", ("size", "agreed"), ASKED)]
    confirm(office)
    assert office.records()[0].confirmed == {("size", None), ("agreed", None)}
    office.decide(undo, newer.id)
    assert told(office) == [FIRST]
    assert office.records()[0].confirmed == {("height", None), ("agreed", None)}


def test_a_question_that_is_open_under_another_name_is_not_opened_twice():
    office = PlainOffice(OLD, RENAMED)
    office.send(a_file())
    office.send(of_renamed(size="14"))
    first, second = office.store.queries()
    said = Said(at=NOON, reason="vu")
    with pytest.raises(DecisionRefused) as problem:
        acts.reopen(office.store, office.desk.study.forms, first, said)
    assert problem.value.context["query"] == second.id


def test_a_question_of_a_form_that_was_undone_is_asked_again_under_the_names_of_now(renamed):
    newer = renamed.send(of_renamed(size="14"))
    renamed.decide(undo, newer.id)
    _, undone = renamed.store.queries()
    said = Said(at=NOON, reason="vu")
    acts.reopen(renamed.store, renamed.desk.study.forms, undone, said)
    assert told(renamed)[1] == ("R51", ("height", "agreed"), QueryState.OPEN)


def test_a_question_that_is_asked_again_has_the_names_of_the_newest_answers():
    office = PlainOffice(OLD, RENAMED)
    office.send(a_file())
    office.send(of_renamed(size="9"))
    assert told(office) == [(*FIRST[:2], CHANGED)]
    (closed,) = office.store.queries()
    acts.reopen(office.store, office.desk.study.forms, closed, Said(at=NOON, reason="vu"))
    assert told(office) == [("R51", ("size", "agreed"), QueryState.OPEN)]
