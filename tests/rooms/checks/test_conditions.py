"""Hidden, required and held back: what the form's conditions make of the answers."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from intake.checks.checker import Checker
from intake.model.definition import MissingReason
from tests.kit.forms import (
    RECEIVED_HIVE,
    an_item,
    check,
    codes,
    findings,
    hive,
    raw,
    value,
)


def missing(submission, item: str, row: int | None = None):
    stored = value(submission, item, row)
    return None if stored is None else stored.missing


def test_a_hidden_question_left_empty_is_not_applicable():
    submission = check({"dm_ild": "0"})
    assert missing(submission, "dm_ild_pattern") is MissingReason.NA
    assert submission.record["_missing"]["dm_ild_pattern"] == "NA"
    assert codes(submission, "dm_ild_pattern") == []


def test_a_hidden_question_that_is_answered_keeps_its_answer_and_is_queried():
    submission = check({"dm_ild": "0", "dm_ild_rapid": "1"})
    assert submission.record["dm_ild_rapid"] == "1"
    assert codes(submission, "dm_ild_rapid") == ["HIDDEN_ANSWER"]
    assert value(submission, "dm_ild_rapid").status == "queried"


def test_a_hidden_bound_is_a_hidden_answer():
    submission = check({"mas_ebv_pcr": "neg", "mas_ebv_load": "< 2"})
    assert submission.record["_bound"] == {"mas_ebv_load": "<2"}
    assert "HIDDEN_ANSWER" in codes(submission, "mas_ebv_load")


@pytest.mark.parametrize("text", ["NA", "sans objet"])
def test_not_applicable_may_be_written_where_the_question_is_hidden(text):
    submission = check({"mas_ebv_pcr": "neg", "mas_ebv_load": text})
    assert missing(submission, "mas_ebv_load") is MissingReason.NA
    assert codes(submission, "mas_ebv_load") == []


def test_not_applicable_written_where_the_question_is_asked_is_held_back():
    submission = check({"mas_ebv_pcr": "pos", "mas_ebv_load": "NA"})
    assert missing(submission, "mas_ebv_load") is MissingReason.ERR
    assert codes(submission, "mas_ebv_load") == ["REASON_NOT_ALLOWED"]


def test_a_reason_written_in_a_hidden_question_stays_as_written():
    submission = check({"mas_ebv_pcr": "neg", "mas_ebv_load": "NF"})
    assert missing(submission, "mas_ebv_load") is MissingReason.NOTDONE
    assert codes(submission, "mas_ebv_load") == []


def test_when_the_condition_is_unknown_the_question_is_neither_hidden_nor_needed():
    for answers in ({}, {"dm_ild": "9"}, {"dm_ild": "beaucoup"}):
        submission = check(answers)
        assert missing(submission, "dm_ild_rapid") is None
        assert codes(submission, "dm_ild_rapid") == []


def test_what_hangs_on_a_hidden_question_is_hidden_too():
    answers = {"treated": "1", "alive": "1", "treatment__1__product": "oxa"}
    submission = check(answers, form="hive", language="en")
    assert missing(submission, "loss_causes") is MissingReason.NA
    assert missing(submission, "loss_detail") is MissingReason.NA


def most_answered(**changed: str) -> dict[str, str]:
    """Return a form of the second study with every needed answer."""
    answers = {
        "region": "BRE",
        "apiary_number": "0127",
        "hive_number": "12",
        "survey_date": "01/03/2026",
        "consent": "yes",
        "breed": "buck",
        "wintering_date": "2023-11-01",
        "queen_born": "2024",
        "brood_frames": "6",
        "signs__none": "1",
        "fed": "0",
        "treated": "0",
        "alive": "1",
    }
    return {address: text for address, text in (answers | changed).items() if text}


def required(answers: dict[str, str]) -> list[tuple[str | None, int | None]]:
    submission = check(answers, form="hive", language="en")
    return [(f.item, f.row) for f in submission.findings if f.code == "REQUIRED"]


def test_a_form_with_every_needed_answer_misses_none():
    assert required(most_answered()) == []


def test_a_needed_answer_that_is_empty_is_an_error_without_a_reason():
    submission = check(most_answered(breed=""), form="hive", language="en")
    (finding,) = findings(submission, "breed")
    assert (finding.code, finding.severity) == ("REQUIRED", "error")
    assert finding.location.code == "B01"
    assert missing(submission, "breed") is None


def test_a_reason_or_an_answer_held_back_is_not_an_empty_answer():
    assert required(most_answered(brood_frames="UNK")) == []
    assert required(most_answered(brood_frames="abc")) == []


def test_a_condition_makes_an_answer_needed():
    assert required(most_answered(fed="1")) == [("syrup", None)]
    assert required(most_answered(fed="1", syrup="5")) == []


def test_rows_need_their_answers_only_when_they_are_filled():
    assert ("product", 2) not in required(most_answered(treated="1"))
    answers = most_answered(treated="1", treatment__2__product="oth")
    assert ("product_other", 2) in required(answers)
    assert ("product_other", 1) not in required(answers)


def test_a_printed_value_is_neither_hidden_nor_needed():
    group = hive().groups["mite_check"]
    fixed = dataclasses.replace(group.items[0], required="true", relevant="false")
    changed = dataclasses.replace(group, items=(fixed, *group.items[1:]))
    elements = tuple(changed if each is group else each for each in hive().elements)
    form = dataclasses.replace(hive(), elements=elements)
    answers = raw(most_answered(mite_check__1__check_method="alc"))
    made = Checker(form).check(answers, language="en", received=RECEIVED_HIVE)
    assert codes(made, "check_month", 1) == []
    assert value(made, "check_month", 1) is None
    assert made.record["mite_check"][0]["check_month"] == "mar"


def test_an_answered_row_under_a_no_keeps_its_answers_with_a_query():
    submission = check({"dm_tx_any": "0", "dm_tx__1__dtrt_drug": "hcq"})
    assert submission.record["dm_tx"][0]["dtrt_drug"] == "hcq"
    assert codes(submission, "dtrt_drug", 1) == ["HIDDEN_ANSWER"]


def test_many_missing_answers_are_told_once_a_section():
    submission = check({"sex": "f"})
    told = [f for f in submission.findings if f.code in ("REQUIRED", "SECTION_INCOMPLETE")]
    assert {f.code for f in told} == {"SECTION_INCOMPLETE"}
    identification = next(f for f in told if f.context["section"] == "identification")
    assert identification.items[0] == "id_surname2"
    assert identification.context["count"] == str(len(identification.items))
    assert len({f.context["section"] for f in told}) == len(told)
    assert sum(len(f.items) for f in told) == submission.expected - submission.expected_answered


def test_answers_are_counted():
    submission = check(most_answered(brood_frames="UNK", weight="abc"), form="hive", language="en")
    assert (submission.expected, submission.expected_answered) == (13, 13)
    assert submission.answered == 13


def test_held_back_and_hidden_answers_do_not_count():
    submission = check({"lab_hb_dx": "85", "dm_ild": "0", "dm_ild_rapid": "1"})
    assert submission.answered == 1
    assert submission.expected_answered == 1


def with_item(answers: dict[str, str], **item: str):
    """Check answers of the second study's form with one item more."""
    definition = hive()
    elements = (*definition.elements, an_item(**item))
    form = dataclasses.replace(definition, elements=elements)
    return Checker(form).check(raw(answers), language="en", received=RECEIVED_HIVE)


def test_conditions_see_a_value_that_is_going_to_be_held_back():
    answers = most_answered(brood_frames="40")
    made = with_item(answers, name="more", relevant="brood_frames < 30")
    assert made.record["_missing"]["brood_frames"] == "ERR"
    assert missing(made, "more") is MissingReason.NA


def test_an_unknown_beside_a_hidden_question_hides_nothing():
    answers = most_answered(treated="8")
    condition = 'treated || "oth" in loss_causes'
    assert missing(with_item(answers, name="more", relevant=condition), "more") is None
    hidden = with_item(most_answered(treated="0"), name="more", relevant=condition)
    assert missing(hidden, "more") is MissingReason.NA


def test_what_is_not_surely_asked_is_not_needed():
    answers = most_answered(brood_frames="UNK")
    made = with_item(answers, name="more", relevant="brood_frames > 3", required="alive")
    assert codes(made, "more") == []
    made = with_item(most_answered(), name="more", relevant="brood_frames > 3", required="alive")
    assert codes(made, "more") == ["REQUIRED"]


def test_conditions_see_an_unreadable_answer_as_held_back():
    shown = check({"lab_tg_dx": "9 000"})
    assert missing(shown, "lab_tg_dx") is MissingReason.ERR
    assert missing(shown, "lab_tg_unit") is None
    hidden = check({"lab_tg_dx": "NF", "lab_tg_worst": "NF"})
    assert missing(hidden, "lab_tg_unit") is MissingReason.NA


@pytest.mark.parametrize(
    ("item", "text", "code"),
    [
        ("elig_dm_dx", "peut-être", "CHOICE_UNKNOWN"),
        ("mas_dx_date", "vers 2015", "DATE_UNREADABLE"),
        ("mas_dx_date", "ND", "REASON_NOT_ALLOWED"),
    ],
)
def test_eligibility_items_are_absent_and_never_held_back(item, text, code):
    submission = check({item: text})
    assert value(submission, item) is None
    assert item not in submission.record.get("_missing", {})
    assert codes(submission, item) == [code]


def test_an_eligibility_date_out_of_range_keeps_its_value():
    submission = check({"mas_dx_date": "14/03/2009"})
    assert submission.record["mas_dx_date"] == "2009-03-14"
    assert value(submission, "mas_dx_date").status == "queried"


def test_an_expression_that_fails_is_our_fault_and_is_said():
    made = with_item(most_answered(), name="broken", relevant="[1][brood_frames] == 1")
    assert codes(made, "broken") == ["RULE_ERROR"]
    assert missing(made, "broken") is None


def test_today_is_the_day_of_reception():
    checker = Checker(hive())
    late = raw(most_answered(survey_date="05/03/2026"))
    for received, expected in ((dt.date(2026, 3, 5), []), (dt.date(2026, 3, 4), ["survey_date"])):
        made = checker.check(late, language="en", received=received)
        found = [f.item for f in made.findings if f.code == "DATE_OUT_OF_RANGE"]
        assert [name for name in found if name == "survey_date"] == expected
