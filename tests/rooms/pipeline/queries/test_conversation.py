"""What becomes of a record's queries at each turn, on plain data."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from intake.model.definition import MissingReason
from intake.model.finding import Finding, Location, Settled, Severity
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.query import QueryAction, QueryEnd, QueryState, QueryStep
from intake.model.submission import Submission, Value, ValueStatus
from intake.pipeline.queries.conversation import Brought, Talk, Turn, conversation

NOON = dt.datetime(2026, 3, 15, 12, tzinfo=dt.UTC)
NA = MissingReason.NA


def answers(**given) -> Submission:
    """Return answers by item; ``visits_2_seen`` is that of the second row."""
    return Submission(
        form="garden",
        version="1.0.0",
        language="fr",
        values=tuple(_value(name, data) for name, data in given.items()),
        findings=(),
    )


def _value(name, data) -> Value:
    place = {"item": name}
    if name.startswith("visits_"):
        group, row, item = name.split("_")
        place = {"group": group, "row": int(row), "item": item}
    if isinstance(data, MissingReason):
        return Value(**place, missing=data)
    return Value(**place, value=data, raw=str(data))


def rule(*items: str, code="R07", row=None, severity=Severity.QUERY) -> Finding:
    return Finding(code=code, severity=severity, item=items[0], row=row, items=items)


class Record:
    """A record that takes one turn after the other."""

    def __init__(self):
        self.revisions, self.known, self.talk = {}, {}, Talk((), ())

    def turn(self, submission, *findings, brought=Brought.FORM):
        number = len(self.revisions) + 1
        turn = Turn(
            submission=submission,
            revision=number,
            findings=findings,
            brought=brought,
            at=NOON,
            receipt=f"{number:06d}",
        )
        self.talk = conversation(turn, self.known.values(), self.revisions.get)
        self.revisions[number] = submission
        self.known |= {query.number: query for query in self.talk.queries}
        return self

    def closed(self, number, how):
        step = QueryStep(action=QueryAction.CLOSED, at=NOON, by="Marie", how=how)
        query = self.known[number]
        self.known[number] = replace(query, steps=(*query.steps, step))
        return self

    @property
    def settled(self):
        return [
            (finding.code, finding.settled) for finding in self.talk.findings if finding.settled
        ]

    @property
    def told(self):
        return [query.how or query.state for query in self.known.values()]


OPEN = QueryState.OPEN
CHANGED, CONFIRMED = QueryEnd.CHANGED, QueryEnd.CONFIRMED
WITHDRAWN, SUPERSEDED = QueryEnd.WITHDRAWN, QueryEnd.SUPERSEDED


def test_a_finding_above_a_note_opens_a_query_that_says_which_file_raised_it():
    note = rule("height", severity=Severity.NOTE)
    record = Record().turn(answers(height=12), rule("height"), note, rule("width", code="R09"))

    assert [(q.number, q.finding.code, q.revision) for q in record.talk.queries] == [
        (1, "R07", 1),
        (2, "R09", 1),
    ]
    (step,) = record.known[1].steps
    assert (step.action, step.at, step.receipt) == (QueryAction.OPENED, NOON, "000001")


def test_a_question_that_stands_is_not_asked_twice():
    record = Record().turn(answers(height=12, width=3), rule("height"))

    record.turn(answers(height=12, width=4), rule("height"))

    assert (record.talk.queries, record.told) == ((), [OPEN])


def test_a_question_about_another_answer_is_a_new_one():
    record = Record().turn(answers(height=12), rule("height"))

    record.turn(answers(height=13), rule("height"))

    assert record.told == [CHANGED, OPEN]
    assert record.known[1].steps[-1].receipt == "000002"
    assert [q.revision for q in record.known.values()] == [1, 2]


def test_a_question_that_nothing_asks_any_more_was_changed():
    record = Record().turn(answers(height=12), rule("height"))

    assert record.turn(answers(height=13)).told == [CHANGED]


def test_every_answer_of_a_question_counts():
    asked = rule("height", "width")
    record = Record().turn(answers(height=12, width=3), asked)

    record.turn(answers(height=12, width=4), asked)

    assert record.told == [CHANGED, OPEN]


@pytest.mark.parametrize("how", [CONFIRMED, WITHDRAWN])
def test_what_was_settled_is_not_asked_again_while_its_answers_stay(how):
    record = Record().turn(answers(height=12), rule("height")).closed(1, how)

    record.turn(answers(height=12, width=4), rule("height"))

    assert record.told == [how]
    told = replace(rule("height"), severity=Severity.NOTE, settled=Settled(how.value))
    assert record.talk.findings == (told,)
    assert record.known[1].revision == 2
    assert len(record.known[1].steps) == 2


@pytest.mark.parametrize("how", [CONFIRMED, WITHDRAWN])
def test_another_answer_is_asked_about_anew(how):
    record = Record().turn(answers(height=12), rule("height")).closed(1, how)

    record.turn(answers(height=14), rule("height"))

    assert (record.told, record.settled) == ([how, OPEN], [])


def test_an_answer_that_comes_back_to_what_was_confirmed_is_not_asked_again():
    record = Record().turn(answers(height=12), rule("height")).closed(1, CONFIRMED)
    record.turn(answers(height=14), rule("height"))

    record.turn(answers(height=12), rule("height"))

    assert record.told == [CONFIRMED, CHANGED]
    assert record.settled == [("R07", Settled.CONFIRMED)]
    assert record.known[1].revision == 3


def test_a_confirmed_answer_stays_confirmed_where_its_rule_is_silent():
    record = Record().turn(answers(height=12), rule("height")).closed(1, CONFIRMED)

    assert record.turn(answers(height=12)).known[1].revision == 2
    assert record.turn(answers(height=15)).known[1].revision == 2


def test_a_question_that_comes_back_with_its_answer_is_reopened():
    record = Record().turn(answers(height=12), rule("height")).turn(answers(height=13))

    record.turn(answers(height=12), rule("height"))

    assert record.told == [OPEN]
    assert record.known[1].steps[-1].action is QueryAction.REOPENED
    assert record.known[1].revision == 3


def test_a_question_whose_answer_is_hidden_is_superseded():
    record = Record().turn(answers(height=12), rule("height"))

    assert record.turn(answers(height=NA)).told == [SUPERSEDED]


def test_a_missing_answer_that_is_not_asked_any_more_is_superseded():
    record = Record().turn(answers(width=1), rule("height", code="REQUIRED"))

    assert record.turn(answers(width=2, height=NA)).told == [SUPERSEDED]


def test_an_emptied_answer_is_a_change():
    record = Record().turn(answers(height=12), rule("height"))

    assert record.turn(answers(width=1)).told == [CHANGED]


def test_a_question_of_a_row_that_is_gone_is_superseded():
    asked = rule("seen", row=2)
    record = Record().turn(answers(visits_1_seen="2019", visits_2_seen="2020"), asked)

    assert record.turn(answers(visits_1_seen="2019")).told == [SUPERSEDED]


def test_a_question_of_one_row_is_not_that_of_another():
    given = answers(visits_1_seen="2019", visits_2_seen="2020")
    record = Record().turn(given, rule("seen", row=1)).closed(1, CONFIRMED)

    record.turn(given, rule("seen", row=2), rule("seen", row=1))

    assert record.told == [CONFIRMED, OPEN]
    assert record.known[2].finding.row == 2


def test_a_question_over_all_rows_is_no_question_of_one():
    asked = rule("seen")
    record = Record().turn(answers(visits_1_seen="2019", visits_2_seen="2020"), asked)

    assert record.turn(answers(visits_1_seen="2019")).told == [CHANGED]


def test_a_change_in_another_row_asks_nothing_anew():
    record = Record().turn(answers(visits_1_seen="2019"), rule("seen", row=1))

    record.turn(answers(visits_1_seen="2019", visits_2_seen="2020"), rule("seen", row=1))

    assert record.told == [OPEN]


def test_what_is_held_back_is_compared_as_it_was_written():
    def held(raw):
        value = Value(
            item="filled", missing=MissingReason.ERR, raw=raw, status=ValueStatus.HELD_BACK
        )
        return replace(answers(), values=(value,))

    asked = rule("filled", code="DATE_UNREADABLE", severity=Severity.ERROR)
    record = Record().turn(held("l'an 40"), asked)

    assert record.turn(held("l'an 40"), asked).told == [OPEN]
    assert record.turn(held("l'an 41"), asked).told == [CHANGED, OPEN]


def test_of_two_open_questions_the_one_about_these_answers_goes_on():
    """A late sheet said something of the older one, which is read and closed again."""
    record = (
        Record().turn(answers(height=12), rule("height")).turn(answers(height=13), rule("height"))
    )
    said = QueryStep(action=QueryAction.ANSWERED, at=NOON, reason="relu")
    record.known[1] = replace(record.known[1], steps=(*record.known[1].steps, said))

    record.turn(answers(height=13), rule("height"), brought=Brought.ANSWERS)

    assert record.told == [CHANGED, OPEN]


def test_two_findings_of_one_question_are_two_queries():
    record = Record().turn(answers(height=12), rule("height"), rule("height"))
    record.closed(1, CONFIRMED).turn(answers(height=12), rule("height"), rule("height"))

    assert record.told == [CONFIRMED, OPEN]
    assert record.settled == [("R07", Settled.CONFIRMED)]


ADDED = finding_of(FindingCode.TEXT_ELSEWHERE, {"count": "2"}, location=Location(page=3))


def test_another_file_is_asked_about_even_if_the_words_of_the_first_were_given_up():
    record = Record().turn(answers(height=12), ADDED).closed(1, WITHDRAWN)

    record.turn(answers(height=12), ADDED)

    assert record.told == [WITHDRAWN, OPEN]


def test_words_beside_an_answer_of_another_file_are_other_words():
    beside = rule("height", code="CONTENT_ADDED")
    record = Record().turn(answers(height=12), beside).closed(1, CONFIRMED)

    record.turn(answers(height=12), beside)

    assert record.told == [CONFIRMED, OPEN]


def test_what_was_said_of_a_file_is_superseded_by_another_file():
    assert Record().turn(answers(height=12), ADDED).turn(answers(height=12)).told == [SUPERSEDED]


@pytest.mark.parametrize("brought", [Brought.ANSWERS, Brought.RULES])
def test_what_was_said_of_the_file_outlives_a_correction(brought):
    beside = rule("height", code="CONTENT_ADDED")
    record = Record().turn(answers(height=12, width=3), ADDED, beside)

    if brought is Brought.ANSWERS:
        assert record.turn(answers(height=12, width=4), brought=brought).told == [OPEN, OPEN]
    assert record.turn(answers(height=12, width=4), ADDED, beside, brought=brought).told == [
        OPEN,
        OPEN,
    ]


def test_words_of_the_same_file_stay_settled_after_a_correction():
    record = Record().turn(answers(height=12), ADDED).closed(1, WITHDRAWN)

    record.turn(answers(height=12, width=1), ADDED, brought=Brought.ANSWERS)

    assert record.told == [WITHDRAWN]
    assert record.settled == [("TEXT_ELSEWHERE", Settled.WITHDRAWN)]


def test_other_words_of_a_file_are_another_question():
    record = Record().turn(answers(height=12), ADDED).closed(1, WITHDRAWN)

    other = replace(ADDED, location=Location(page=4))
    record.turn(answers(height=12), other, ADDED, brought=Brought.RULES)

    assert record.told == [WITHDRAWN, OPEN]
    assert record.known[2].finding == other


def test_a_rule_that_is_gone_supersedes_its_question():
    record = Record().turn(answers(height=12), rule("height"))

    assert record.turn(answers(height=12), brought=Brought.RULES).told == [SUPERSEDED]


QUESTION = rule("height", code=FindingCode.STUDY_QUESTION)


def test_a_persons_question_outlives_what_does_not_answer_it():
    record = Record().turn(answers(height=12), QUESTION)

    for brought in Brought:
        record.turn(answers(height=12, width=2), brought=brought)

    assert record.told == [OPEN]
    assert record.turn(answers(height=13)).told == [CHANGED]


def test_a_revision_that_is_not_kept_proves_nothing():
    record = Record().turn(answers(height=12), rule("height")).closed(1, CONFIRMED)
    record.revisions[1] = None

    assert record.turn(answers(height=12), rule("height")).told == [CONFIRMED, OPEN]
