"""A sheet of an older version than its record has: read under its own, laid over the newer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.model.definition import DataType, Formerly, Option
from intake.model.errors import Refusal
from intake.model.finding_codes import FindingCode as Code
from intake.model.finding_codes import finding_of
from intake.model.query import QueryEnd, QueryState
from intake.model.receipt import Outcome
from intake.model.submission import Rung, StampClaim
from intake.pipeline.review import decisions
from intake.pipeline.review.recheck import recheck_records
from intake.pipeline.review.undo import undo
from tests.kit.garden import a_file, stamp
from tests.kit.plain_office import WHY, codes
from tests.kit.plain_sheets import ANSWERS, ODD, Garden, seen

HEIGHT, COUNT, AGREED = 1, 2, 3
"""The queries by number."""
_SIZE = (Formerly(version="1.0.0", name="height"),)
_WORDS = (Formerly(version="1.0.0", codes={"yes": "sure", "no": "never"}),)


def _option(code):
    return Option(code, {"fr": code, "en": code})


def _changed(element, **changes):
    if element.name not in changes:
        return element
    return replace(element, **changes[element.name])


def newer(**changes):
    """Return the next version: a question and two codes have other names, and more changes."""
    own = {
        "height": {"name": "size", "formerly": _SIZE},
        "agreed": {"options": (_option("sure"), _option("never")), "formerly": _WORDS},
    }
    every = own | {name: own.get(name, {}) | more for name, more in changes.items()}
    elements = tuple(_changed(element, **every) for element in ODD.elements)
    return replace(ODD, version="1.1.0", fingerprint="0A1B2C3E", elements=elements, objection=None)


def with_newer(version, **answered):
    """Return an office whose sheet is of the older version, its record of the newer one."""
    garden = Garden()
    garden.form()
    garden.make()
    garden.versions = (ODD, version)
    claims = (StampClaim("field", stamp(version="1.1.0", fingerprint="0A1B2C3E")),)
    given = {**ANSWERS, "height": "", "size": "12,5", "filled": "20/10/2026", **answered}
    garden.send(a_file(entered={k: v for k, v in given.items() if v}, claims=claims))
    assert record(garden).submission.version == "1.1.0"
    return garden


@pytest.fixture
def office():
    return with_newer(newer())


def record(office):
    (stored,) = office.records()
    return stored


def states(office):
    return {query.number: query.how or query.state for query in office.queries()}


def test_what_it_answers_and_confirms_is_that_of_the_newer_version(office):
    receipt = office.back(_q2__ok="1", height="9", agreed="yes")

    assert (receipt.outcome, receipt.revision) == (Outcome.LOADED, 3)
    held = record(office).submission
    assert (held.version, held.record["size"], held.record["agreed"]) == ("1.1.0", 9, "sure")
    assert states(office) == {
        HEIGHT: QueryEnd.CHANGED, COUNT: QueryEnd.CONFIRMED, AGREED: QueryEnd.CHANGED,
    }  # fmt: skip
    given = {value.item: value.version for value in held.values}
    assert (given["size"], given["agreed"], given["place"]) == ("1.0.0", "1.0.0", None)


def test_a_question_that_has_another_name_now_is_confirmed_by_its_mark(office):
    receipt = office.back(_q1__ok="1")

    assert receipt.version == "1.1.0"
    assert states(office)[HEIGHT] is QueryEnd.CONFIRMED
    assert ("size", None) in record(office).confirmed


def test_words_and_doubts_are_said_of_the_question_as_it_is_named_now(office):
    receipt = office.back(_q1__ok="1", height="9", _q2_why="relu")

    unclear = [f.item for f in receipt.findings if f.code == Code.SHEET_UNCLEAR]
    assert (unclear, record(office).submission.record["size"]) == (["size"], 12.5)
    assert states(office)[COUNT] is QueryState.ANSWERED


def test_what_a_reader_doubts_is_asked_of_the_question_as_it_is_named_now(office):
    _, request = office.sheet
    plain = seen(request.stamp, {**request.prefill, "height": "9"})
    doubt = replace(finding_of(Code.ANSWER_UNSURE), item="height")
    office.send(replace(plain, findings=(*plain.findings, doubt)))

    said = [f.item for f in record(office).submission.findings if f.code == doubt.code]
    assert said == ["size"]


def test_what_the_newer_form_changed_stays():
    office = with_newer(newer(), size="11")
    receipt = office.back(height="9")

    assert Code.SHEET_LATE in codes(receipt)
    assert record(office).submission.record["size"] == 11


def test_it_comes_twice_and_says_nothing_new(office):
    first = office.back(_q1__ok="1", agreed="yes")
    again = office.back(_q1__ok="1", agreed="yes")

    assert (again.outcome, again.earlier) == (Outcome.DUPLICATE, first.id)


def test_a_printed_one_is_loaded_once_a_person_agrees(office):
    receipt = office.back(Code.FILE_PRINTED, rung=Rung.PRINTED_TEXT, _q1__ok="1", agreed="yes")
    loaded = office.decide(decisions.accept, receipt.id, WHY)

    assert states(office)[HEIGHT] is QueryEnd.CONFIRMED
    assert (loaded.version, record(office).submission.record["agreed"]) == ("1.1.0", "sure")


def test_undone_it_waits_under_its_own_version(office):
    receipt = office.back(_q1__ok="1", agreed="yes")
    waiting = office.decide(undo, receipt.id)

    assert (waiting.outcome, waiting.version) == (Outcome.REVIEW, "1.0.0")
    assert states(office)[HEIGHT] is not QueryEnd.CONFIRMED
    office.decide(decisions.accept, receipt.id, WHY)
    assert states(office)[HEIGHT] is QueryEnd.CONFIRMED


@pytest.mark.parametrize(
    "changed",
    [
        {"height": {"data_type": DataType.TEXT}},
        {"height": {"name": "depth", "formerly": ()}},
        {"height": {"unit": {"fr": "m", "en": "m"}}},
        {"agreed": {"formerly": ()}},
        {"visits": {"rows": 3, "fixed_values": ("m1", "m3", "m6")}},
    ],
)
def test_where_a_question_is_another_now_it_waits_for_a_person(changed):
    office = with_newer(newer(**changed), size="", depth="")
    receipt = office.back(_q2__ok="1", agreed="yes")

    assert Code.SHEET_NOT_LAID in codes(receipt)
    assert office.refused(decisions.accept, receipt.id, WHY) == Refusal.SHEET_OTHER_VERSION


def test_a_sheet_made_after_a_question_was_renamed_asks_it(office):
    office.definition = office.versions[-1]
    office.make()
    receipt = office.back(_q1__ok="1")

    assert (receipt.outcome.is_loaded, states(office)[HEIGHT]) == (True, QueryEnd.CONFIRMED)


def test_the_newer_rules_leave_the_sheet_as_it_is():
    office = Garden()
    office.form()
    office.make()
    office.versions = (ODD, newer())
    list(recheck_records(office.desk, newer(), ask_new=False, keeps=True))
    office.back(_q1__ok="1")

    assert states(office)[HEIGHT] is QueryEnd.CONFIRMED
