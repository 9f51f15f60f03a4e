"""New answers over a record: the others stay, with all that was said of them."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest

from intake.checks.checker import checker_for
from intake.model.definition import Formerly
from intake.model.finding import Finding, Location, Severity
from intake.model.finding_codes import FindingCode as Code
from intake.model.finding_codes import finding_of
from intake.model.receipt import Outcome
from intake.model.submission import FileFormat, RawAnswer, RawSubmission, Rung, ValueStatus
from intake.pipeline.forms.written import written
from intake.pipeline.records.overlay import NewAnswers, Onto, overlay
from intake.pipeline.review.decisions import accept
from intake.schema.sample.record import sample_record
from tests.kit.fakes.forms import PlainReader
from tests.kit.garden import GARDEN, NEWER, a_file, answers
from tests.kit.plain_office import NOON, WHY, PlainOffice

DAY = dt.date(2026, 11, 9)
WHOLE = answers(remark="au nord", visits__1__count="4", visits__2__count="5", trade="x")


def kept(*found, **entered):
    """Return the record that one file makes, accepted where it waits."""
    office = PlainOffice()
    receipt = office.send(a_file(*found, entered={**WHOLE, **entered}))
    if receipt.outcome is Outcome.REVIEW:
        office.decide(accept, receipt.id, WHY)
    (record,) = office.records()
    return record


def new(places=(), **entered):
    """Return answers at addresses; ``places`` are the questions where that is not enough."""
    raw = PlainReader().read(a_file(entered=entered, rung=Rung.CONTROL), GARDEN)
    asked = places or [(address.split("__")[0], None) for address in entered]
    return NewAnswers(raw=raw, places=frozenset(asked), language="fr", received=DAY)


def laid(record, answered, definition=GARDEN):
    return overlay(Onto(definition, checker_for(definition), record), answered)


def value(submission, item, row=None):
    return next((v for v in submission.values if v.key == (item, row)), None)


def codes(submission):
    return [finding.code for finding in submission.findings]


def said(record, *findings):
    """Return the record as if its reader had said more."""
    submission = record.submission
    return replace(
        record, submission=replace(submission, findings=(*findings, *submission.findings))
    )


def about(code, item=None, row=None, *, items=(), severity=Severity.QUERY):
    return Finding(code=code, severity=severity, item=item, row=row, items=items)


def test_a_new_answer_takes_its_place_and_the_others_stay():
    record = kept()
    made = laid(record, new(height="13"))
    assert str(value(made, "height").value) == "13"
    others = {v.key: replace(v, origin=None) for v in made.values if v.item != "height"}
    assert others == {v.key: v for v in record.submission.values if v.item != "height"}


def test_what_stays_names_its_file_and_what_comes_says_where_it_was_read():
    record = kept()
    made = laid(record, new(height="13"))
    assert value(made, "remark").origin == record.file_sha256
    assert (value(made, "height").origin, value(made, "height").rung) == (None, Rung.CONTROL)


def test_an_answer_in_one_row_leaves_the_other_rows():
    made = laid(kept(), new([("count", 2)], visits__2__count="9"))
    assert [row["count"] for row in made.record["visits"]] == [4, 9]


def test_a_question_without_an_answer_is_emptied():
    made = laid(kept(), new([("height", None)]))
    assert value(made, "height") is None
    assert ("REQUIRED", "height") in [(f.code, f.item) for f in made.findings]


def test_a_required_answer_that_comes_is_asked_for_no_more():
    record = kept(height="")
    assert "REQUIRED" in codes(record.submission)
    assert "REQUIRED" not in codes(laid(record, new(height="13")))


def test_what_the_reader_said_of_answers_that_stay_is_still_said():
    record = said(
        kept(),
        about(Code.CELL_ERROR, "remark"),
        about(Code.CELL_ERROR, "height"),
        about(Code.CELL_ERROR, "count", 1),
        about(Code.CELL_ERROR, "count", 2),
        about(Code.FILE_PRINTED),
    )
    made = laid(record, new([("height", None), ("count", 2)], height="13", visits__2__count="9"))
    left = [(f.code, f.item, f.row) for f in made.findings]
    assert left == [
        (Code.CELL_ERROR, "remark", None),
        (Code.CELL_ERROR, "count", 1),
        (Code.FILE_PRINTED, None, None),
    ]


def test_what_was_said_of_two_answers_stays_until_both_came_anew():
    record = said(kept(), about(Code.CELL_ERROR, items=("height", "remark")))
    assert Code.CELL_ERROR in codes(laid(record, new(height="13")))
    assert Code.CELL_ERROR not in codes(laid(record, new(height="13", remark="au sud")))


def test_what_a_person_settled_stays_settled_and_is_asked_again_of_a_new_answer():
    record = kept(height="", colours__red="")
    lowered = tuple(replace(f, severity=Severity.NOTE) for f in record.submission.findings)
    record = replace(record, submission=replace(record.submission, findings=lowered))
    made = laid(record, new(remark="au sud"))
    assert [f.severity for f in made.findings if f.item == "height"] == [Severity.NOTE]
    again = laid(record, new([("height", None)]))
    assert [f.severity for f in again.findings if f.item == "height"] == [Severity.ERROR]


def test_what_an_older_reading_explained_is_not_asked_because_of_another_answer():
    record = kept(height="haut")
    cell = about(Code.CELL_ERROR, "height", severity=Severity.ERROR)
    explained = replace(record.submission, findings=(cell,))
    assert codes(laid(replace(record, submission=explained), new(remark="x"))) == [Code.CELL_ERROR]


def test_a_value_in_question_stays_so_while_its_question_stands():
    record = said(kept(), about(Code.CELL_ERROR, "remark"))
    asked = [replace(v, status=ValueStatus.QUERIED) for v in record.submission.values]
    record = replace(record, submission=replace(record.submission, values=tuple(asked)))
    made = laid(record, new(height="13"))
    assert value(made, "remark").status is ValueStatus.QUERIED
    assert value(made, "agreed").status is ValueStatus.ACCEPTED


@pytest.mark.parametrize("raw", ["haut", "12", ""])
def test_an_answer_that_was_held_back_stays_so_whatever_its_text_reads_as_now(raw):
    record = kept(height="haut")
    values = [replace(v, raw=raw) if v.item == "height" else v for v in record.submission.values]
    record = replace(record, submission=replace(record.submission, values=tuple(values)))
    made = laid(record, new(remark="au sud"))
    assert value(made, "height").status is ValueStatus.HELD_BACK
    assert made.record["_missing"]["height"] == "ERR"
    assert [c for c in codes(made) if c != "REQUIRED"] == ["NUMBER_UNREADABLE"]


@pytest.mark.parametrize("text", ["none;red", "red=?;blue", "red=?"])
def test_ticks_that_were_held_back_stay_so(text):
    record = kept()
    values = [
        replace(v, raw=text, value=None, missing="ERR", status=ValueStatus.HELD_BACK)
        if v.item == "colours"
        else v
        for v in record.submission.values
    ]
    record = replace(record, submission=replace(record.submission, values=tuple(values)))
    made = laid(record, new(height="13"))
    assert (value(made, "colours").raw, value(made, "colours").status) == (
        text, ValueStatus.HELD_BACK,
    )  # fmt: skip


def test_an_answer_of_an_older_version_stands_under_its_name_of_now():
    record = said(kept(), about(Code.CELL_ERROR, "remark"))
    named = replace(
        NEWER.items["remark"], name="note", formerly=(Formerly(version="1.0.0", name="remark"),)
    )
    elements = (named if e.name == "remark" else e for e in NEWER.elements if e.name != "trade")
    made = laid(record, new(height="13"), replace(NEWER, elements=tuple(elements)))
    assert (value(made, "note").value, value(made, "note").version) == ("au nord", "1.0.0")
    assert value(made, "trade") is None
    assert [(f.code, f.item) for f in made.findings] == [(Code.CELL_ERROR, "note")]


def test_two_files_that_say_the_same_of_themselves_say_it_once():
    record = said(kept(), finding_of(Code.LATE, {"closing": "2026-10-01"}))
    answered = new(height="13")
    late = (finding_of(Code.LATE, {"closing": "2026-10-01"}),)
    answered = replace(answered, raw=replace(answered.raw, findings=late))
    assert codes(laid(record, answered)).count(Code.LATE) == 1


def test_an_answer_accepted_on_a_later_day_is_not_held_back_by_an_older_form():
    record = kept(filled="01/11/2026")
    answered = replace(new(height="13"), received=dt.date(2026, 10, 10))
    assert value(laid(record, answered), "filled").status is ValueStatus.ACCEPTED
    assert record.received == NOON


@pytest.mark.parametrize("seed", range(4))
def test_nothing_of_a_whole_record_changes_but_what_comes(definition, build, seed):
    rng = random.Random(seed)
    entered = written(definition, sample_record(definition, rng, full=True), "fr")
    found = (
        RawAnswer(address, text, Rung.FIELD, Location(page=1)) for address, text in entered.items()
    )
    raw = RawSubmission(format=FileFormat.PDF, answers=tuple(found))
    checker = checker_for(definition)
    before = checker.check(raw, language="fr", received=DAY)
    record = replace(build(definition, {}), submission=before)
    nothing = RawSubmission(format=FileFormat.EXCEL, answers=())
    answered = NewAnswers(raw=nothing, places=frozenset(), language="en", received=DAY)
    made = overlay(Onto(definition, checker, record), answered)
    assert [replace(v, origin=None) for v in made.values] == list(before.values)
    assert (made.record, made.derived) == (before.record, before.derived)
    assert made.findings == before.findings
