"""Newer rules over held answers: only what the rules changed is said otherwise."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from intake.checks.checker import Checker
from intake.checks.recheck import Held, Rules, question_of, recheck
from intake.model.definition import MissingReason
from intake.model.finding import Finding, Severity
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.submission import ValueStatus
from intake.schema.compile.definition import compile_definition
from tests.kit.forms import RECEIVED, dm_sam, raw
from tests.kit.two_versions import new_document, old_document

DAY = dt.date(2026, 11, 2)
TALL = {
    "id": "R01",
    "severity": "query",
    "when": "height_cm > 200.0",
    "items": ["height_cm", "colour"],
    "message": {"fr": "Grand ?", "en": "Tall?"},
}
NEW_TALL = {**TALL, "when": "height > 180.0", "items": ["height", "colour"]}


def rules(document):
    form = compile_definition(document)
    return Rules(definition=form, checker=Checker(form))


def old(*written, **more):
    return rules(old_document(**more) | {"x-rules": list(written or [TALL])})


def new(*written, **changes):
    return rules(new_document(**changes) | {"x-rules": list(written or [NEW_TALL])})


def held(by, findings=None, **answers):
    """Return the answers as a form of some rules was checked and kept."""
    found = by.checker.check(raw(answers), language="fr", received=DAY)
    said = found.findings if findings is None else findings
    return Held(submission=found, asked=by.definition, findings=said, received=DAY)


def told(findings):
    return [(finding.code, finding.item, finding.row) for finding in findings]


def test_a_rule_that_fires_now_appears_under_the_name_of_now():
    last = old()
    found = recheck(held(last, height_cm="190", colour="red"), last, new())
    assert told(found.appeared) == [("R01", "height", None)]
    assert found.findings[-1].items == ("height", "colour")
    assert (found.gone, found.reworded) == ((), ())


def test_a_rule_that_fires_no_more_goes():
    last = old({**TALL, "when": "height_cm > 150.0"})
    found = recheck(held(last, height_cm="170", colour="red"), last, new())
    assert told(found.gone) == [("R01", "height", None)]
    assert found.findings == ()


def test_a_rule_that_fires_as_before_says_nothing_new():
    last = old()
    found = recheck(held(last, height_cm="210", colour="red"), last, new())
    assert told(found.findings) == [("R01", "height", None)]
    assert (found.appeared, found.gone, found.reworded) == ((), (), ())


def test_other_words_or_another_level_of_the_same_rule_are_said_in_their_place():
    last = old()
    milder = {**NEW_TALL, "severity": "note", "message": {"fr": "Très grand", "en": "Very tall"}}
    found = recheck(held(last, height_cm="210", colour="red"), last, new(milder))
    assert told(found.reworded) == [("R01", "height", None)]
    (finding,) = found.findings
    assert (finding.severity, finding.message["en"]) == (Severity.NOTE, "Very tall")


def test_what_was_said_of_the_file_or_of_reading_it_stays():
    last = old()
    said = (
        finding_of(FindingCode.LATE),
        replace(finding_of(FindingCode.CHOICE_BY_LABEL), item="colour"),
    )
    found = recheck(held(last, said, height_cm="190", colour="red"), last, new())
    assert told(found.findings) == [
        ("LATE", None, None),
        ("CHOICE_BY_LABEL", "colour", None),
        ("R01", "height", None),
    ]


def test_what_a_person_lowered_to_a_note_stays_lowered():
    last = old()
    before = held(last, height_cm="210", colour="red")
    lowered = tuple(replace(f, severity=Severity.NOTE) for f in before.findings)
    found = recheck(replace(before, findings=lowered), last, new())
    assert [finding.severity for finding in found.findings] == [Severity.NOTE]


def test_an_answer_that_was_held_back_stays_held_back_and_asked_for():
    last = old()
    before = held(last, height_cm="2000", colour="red")
    (value,) = (v for v in before.submission.values if v.item == "height_cm")
    assert (value.missing, value.status) == (MissingReason.ERR, ValueStatus.HELD_BACK)
    found = recheck(before, last, new())
    assert told(found.findings) == [("RANGE_HARD", "height", None), ("R01", "height", None)]
    assert (found.appeared, found.gone) == ((), ())


def test_narrower_limits_of_now_are_said_of_a_value_that_stays():
    last = old()
    height = {**new_document()["properties"]["height"], "x-soft": {"max": 160}}
    found = recheck(held(last, height_cm="170"), last, new(height=height))
    assert told(found.appeared) == [("RANGE_SOFT", "height", None)]


@pytest.mark.parametrize(("ask_new", "asked"), [(False, []), (True, ["weight"])])
def test_a_question_that_the_form_did_not_ask_is_asked_only_if_wanted(ask_new, asked):
    weight = {**new_document()["properties"]["weight"], "x-required": True}
    heavy = {**NEW_TALL, "id": "R09", "when": 'why_weight == "EMPTY"', "items": ["weight"]}
    last = old()
    found = recheck(held(last, height_cm="170"), last, new(heavy, weight=weight), ask_new=ask_new)
    assert [f.item for f in found.appeared if f.code == "REQUIRED"] == asked
    assert [f.item for f in found.appeared if f.code == "R09"] == asked


def test_asked_twice_a_new_question_is_said_once():
    weight = {**new_document()["properties"]["weight"], "x-required": True}
    last, newest = old(), new(weight=weight)
    before = held(last, height_cm="170")
    first = recheck(before, last, newest, ask_new=True)
    again = recheck(replace(before, findings=first.findings), newest, newest, ask_new=True)
    assert again.findings == first.findings
    assert again.appeared == ()


def test_rows_of_a_renamed_group_are_rechecked():
    stays = new_document()["properties"]["stays"]
    stays["items"]["x-rules"] = [
        {**TALL, "id": "R02", "when": "stay_days > 3", "items": ["stay_days"]}
    ]
    last = old()
    before = held(last, stay__2__stay_days="4")
    found = recheck(before, last, new(stays=stays))
    assert told(found.appeared) == [("R02", "stay_days", 2)]


def test_held_answers_are_judged_as_they_were_when_they_came():
    shipped = Rules(definition=dm_sam(), checker=Checker(dm_sam()))
    answers = {"dm_first_sign_date": "2016", "dm_dx_date": "14/03/2015", "lab_hb_dx": "23"}
    found = shipped.checker.check(raw(answers), language="fr", received=RECEIVED)
    kept = Held(submission=found, asked=dm_sam(), findings=found.findings, received=RECEIVED)
    assert recheck(kept, shipped, shipped).findings == found.findings
    again = shipped.checker.check_held(found, received=RECEIVED)
    own = [f for f in found.findings if f.item != "lab_hb_dx"]
    assert "R12" in {f.code for f in own}
    assert [question_of(f) for f in again if f.item != "lab_hb_dx"] == [question_of(f) for f in own]


def test_a_finding_without_an_item_is_compared_by_all_its_items():
    one = Finding(code="X", severity=Severity.QUERY, items=("a", "b"))
    assert question_of(one) == ("X", None, None, ("a", "b"))
