"""What every store promises about queries, asked of the real one and of the fake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.model.query import QueryAction, QueryEnd, QueryState, QueryStep
from tests.rooms.storage.forms import RECEIVED, asking, key, loaded, query, rule, unreadable


def stepped(asked, action, **more):
    step = QueryStep(action=action, at=RECEIVED, **more)
    return replace(asked, steps=(*asked.steps, step))


def closed(asked, how, **more):
    return stepped(asked, QueryAction.CLOSED, how=how, **more)


def test_what_an_entry_asks_comes_back_with_its_record(store):
    receipt = store.save(asking(loaded("a")))

    first, second = store.queries()

    named = {"record_id": receipt.record_id, "subject": "REI-001", "centre": "REI-2"}
    assert first == replace(query(1, unreadable()), **named)
    assert second == replace(query(2, rule()), **named)
    assert second.id == "REI-001-2"
    store.verify()


def test_every_field_of_a_step_is_kept(store):
    store.save(asking(loaded("a")))
    (asked, _) = store.queries()
    told = stepped(
        asked, QueryAction.ANSWERED, by="Marie", receipt="000001", sheet=3, reason="vu \u2028 «»"
    )
    ended = closed(told, QueryEnd.CONFIRMED, by="Marie")

    store.step(told)
    store.step(ended)

    assert next(iter(store.queries())) == ended
    assert ended.state is QueryState.CLOSED
    store.verify()


def test_queries_are_listed_by_record_state_and_centre(store):
    first = store.save(asking(loaded("a")))
    store.save(asking(loaded("b", key("CD"))))
    store.save(asking(loaded("c", key("EF", place="PAR"))))
    store.step(closed(next(iter(store.queries())), QueryEnd.WITHDRAWN))

    def ids(*record, **more):
        return [asked.id for asked in store.queries(*record, **more)]

    assert ids(first.record_id) == ["REI-001-1", "REI-001-2"]
    assert ids(states={QueryState.CLOSED}) == ["PAR-001-1"]
    assert ids(centre="PAR") == ["PAR-001-1", "PAR-001-2"]
    assert ids(centre="REI") == ["REI-001-1", "REI-001-2", "REI-002-1", "REI-002-2"]
    assert len(ids(centre="REI-2")) == 6
    assert ids("nobody") == []


def test_a_revision_steps_what_was_asked_before(store):
    first = store.save(asking(loaded("a")))

    store.save(asking(loaded("b"), 2))

    found = list(store.queries(first.record_id))
    assert [(asked.number, asked.how) for asked in found] == [
        (1, QueryEnd.SUPERSEDED),
        (2, QueryEnd.SUPERSEDED),
        (3, None),
        (4, None),
    ]
    store.verify()


@pytest.mark.parametrize("steps", [0, 1])
def test_a_step_is_never_taken_back(store, steps):
    store.save(asking(loaded("a")))
    asked = store.step(closed(next(iter(store.queries())), QueryEnd.WITHDRAWN))

    with pytest.raises(ValueError, match="taken back"):
        store.step(replace(asked, steps=asked.steps[:steps] or asked.steps[:1]))
    assert next(iter(store.queries())).how is QueryEnd.WITHDRAWN


def test_a_query_of_no_record_or_without_a_step_is_refused(store):
    store.save(asking(loaded("a")))

    with pytest.raises(ValueError, match="no answers"):
        store.step(replace(query(9, rule()), record_id="nobody"))
    with pytest.raises(ValueError, match="without a new step"):
        store.step(next(iter(store.queries())))


def test_a_query_can_be_opened_outside_an_entry(store):
    receipt = store.save(loaded("a"))
    asked = replace(query(1, rule()), record_id=receipt.record_id, subject=receipt.subject)

    store.step(asked)

    assert [each.finding for each in store.queries(receipt.record_id)] == [rule()]
    store.verify()


def test_an_answer_is_confirmed_where_nothing_else_asks_about_it(store):
    receipt = store.save(asking(loaded("a")))
    _, second = store.queries()

    store.step(closed(second, QueryEnd.CONFIRMED))

    record = store.current(receipt.record_id)
    assert record.confirmed == {("height", None), ("seen", 2)}
    assert record.withdrawn == frozenset()
    more = replace(query(3, rule()), record_id=receipt.record_id, subject="REI-001")
    store.step(replace(more, finding=replace(rule(), items=("height",))))
    assert [each.confirmed for each in store.records()] == [{("seen", 2)}]


def test_how_each_question_stands_is_told_where_one_was_ever_settled(store):
    receipt = store.save(asking(loaded("a")))
    assert store.current(receipt.record_id).questions == ()
    _, second = store.queries()
    done = store.step(closed(second, QueryEnd.CONFIRMED))
    told = [(each.finding.code, each.how) for each in store.current(receipt.record_id).questions]
    assert told == [(unreadable().code, None), (rule().code, QueryEnd.CONFIRMED)]

    again = store.step(stepped(done, QueryAction.REOPENED))
    (stored,) = store.records()
    assert [(each.finding.code, each.how) for each in stored.questions] == [(rule().code, None)]

    store.step(closed(again, QueryEnd.CONFIRMED))
    store.save(loaded("b"))
    told = [each.how for each in store.current(receipt.record_id).questions]
    assert told == [None]


def test_what_was_confirmed_of_an_older_revision_is_not_confirmed_of_the_current(store):
    receipt = store.save(asking(loaded("a")))
    for asked in list(store.queries()):
        store.step(closed(asked, QueryEnd.WITHDRAWN))
    assert ("filled", None) in store.current(receipt.record_id).withdrawn

    store.save(loaded("b"))

    assert store.current(receipt.record_id).withdrawn == frozenset()


def test_what_fails_together_asks_nothing(store):
    def fail_after(entry):
        with store.together():
            store.save(entry)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after(asking(loaded("a")))

    assert list(store.queries()) == []
