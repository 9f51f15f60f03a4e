"""From answers on a form to what its receipt says of them: places, words, one slip once."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from intake.checks.checker import Checker
from intake.model.computed import Derived, DerivedType
from intake.model.finding import Location, Severity
from intake.model.submission import FileFormat, RawAnswer, RawSubmission, Rung
from intake.reports.pages import receipt_page
from intake.reports.receipt.remarks import Remarks
from intake.words.catalogue import Words
from tests.kit.forms import check, codes, findings
from tests.kit.places import ROOT
from tests.kit.rules.records import form, hive
from tests.rooms.reports.samples import QUERIED


def of(submission, code):
    return [finding for finding in submission.findings if finding.code == code]


def test_a_rule_says_where_and_what_in_each_language():
    (finding,) = of(check({"lab_hb_worst": "8,9", "lab_hb_dx": "8,5"}), "R32")
    assert (finding.item, finding.items) == ("lab_hb_worst", ("lab_hb_worst", "lab_hb_dx"))
    assert finding.severity is Severity.QUERY
    assert finding.location == Location(code="Q03")
    assert "(8,9\N{NO-BREAK SPACE}g/dL > 8,5\N{NO-BREAK SPACE}g/dL)" in finding.message["fr"]
    assert "(8.9\N{NO-BREAK SPACE}g/dL > 8.5\N{NO-BREAK SPACE}g/dL)" in finding.message["en"]


def test_the_page_of_the_first_question_is_told():
    places = {"lab_hb_worst": Location(page=9)}
    answers = {"lab_hb_worst": "8,9", "lab_hb_dx": "8,5"}
    found = tuple(RawAnswer(a, t, Rung.FIELD, Location()) for a, t in answers.items())
    raw = RawSubmission(format=FileFormat.PDF, answers=found, places=places)
    submission = Checker(form()).check(raw, language="fr", received=dt.date(2021, 3, 2))
    assert of(submission, "R32")[0].location == Location(page=9, code="Q03")


def test_a_bound_in_a_message_is_written_as_a_bound():
    (finding,) = of(check({"lab_ferritin_dx": "> 40 000", "lab_ferritin_worst": "900"}), "R33")
    assert "< >\N{NO-BREAK SPACE}40\N{NO-BREAK SPACE}000" in finding.message["fr"]


def test_a_value_that_was_computed_is_said_in_a_message():
    answers = {"hscore_reported": "300", "mas_fever": "0", "bm_hphago": "0", "mas_immunosupp": "0"}
    (finding,) = of(check(answers), "R45")
    assert "noté\N{NO-BREAK SPACE}: 300" in finding.message["fr"].replace(" :", "\xa0:")
    assert "de 0 à 235" in finding.message["fr"]


@pytest.mark.parametrize(
    ("answers", "item", "shown"),
    [
        ({"lab_alb_dx": "8"}, "lab_alb_dx", ["R39"]),  # and not RANGE_SOFT
        ({"lab_alb_dx": "2"}, "lab_alb_dx", ["UNIT_SUSPECTED"]),  # its own fault comes first
        (
            {"mas_dx_date": "14/03/2019", "lab_dx_date": "14/05/2019"},
            "lab_dx_date",
            ["R61"],  # and not R42
        ),
        ({"mas_dx_date": "14/03/2022"}, "mas_dx_date", ["R03"]),
        ({"form_date": "14/03/2030"}, "form_date", ["R11"]),
        ({"lab_anc_dx": "9", "lab_wbc_dx": "5", "lab_lymph_dx": "1"}, "lab_anc_dx", ["R30"]),
    ],
)
def test_one_slip_is_said_once(answers, item, shown):
    filled = {"mas_dx_date": "14/03/2019", "lab_dx_date": "14/03/2019", "form_date": "01/03/2021"}
    assert codes(check(filled | answers), item) == shown


def test_an_empty_answer_with_a_rule_of_its_own_is_not_also_asked_for():
    nearly_whole = check_demo(vital_status="dead", death_date="")
    assert codes(nearly_whole, "death_date") == ["R57"]
    no_unit = check_demo(lab_tg_unit="")
    assert codes(no_unit, "lab_tg_unit") == ["R38"]


def check_demo(**changed):
    content = (ROOT / "demo/01.json").read_text(encoding="utf-8")
    answers = {name: text for name, text in (json.loads(content) | changed).items() if text}
    found = tuple(RawAnswer(a, t, Rung.FIELD, Location(page=1)) for a, t in answers.items())
    raw = RawSubmission(format=FileFormat.PDF, answers=found)
    return Checker(form()).check(raw, language="fr", received=dt.date(2027, 1, 1))


def test_the_demonstration_patient_breaks_no_rule():
    shown = {finding.code for finding in check_demo().findings}
    assert not shown & {rule.id for rule in form().rules}


def test_rules_see_what_is_held_back_and_computed_values_do_not():
    answers = {"lab_hb_dx": "8,5", "lab_hb_worst": "85", "lab_anc_dx": "250", "lab_wbc_dx": "10"}
    submission = check(answers)
    assert submission.record["_missing"]["lab_anc_dx"] == "ERR"
    assert of(submission, "R30")
    assert submission.record["_missing"]["lab_hb_worst"] == "ERR"
    assert "d_hscore_worst_dx" not in submission.derived


def test_computed_values_are_kept_beside_the_record_and_steps_are_not():
    derived = check_demo().derived
    assert derived["d_hscore_min"] <= derived["d_hscore_max"]
    assert derived["mas_tx"][0]["d_line_calc"] == 1
    assert not {"hs_hb", "elig_no", "mas2016_n_min"} & set(derived)
    assert "tx_first_day" not in derived["mas_tx"][0]


def broken_form():
    """Return the form shipped with a rule and a value that fail on some answers."""
    rule = replace(form().rules[0], id="X1", when="[true][dm_mmt8]", items=("dm_mmt8",))
    value = Derived(
        name="x_value",
        type=DerivedType.INTEGER,
        expression="[1][dm_mmt8]",
        title={"fr": "x", "en": "x"},
    )
    return replace(form(), rules=(rule,), derived=(*form().derived, value))


def test_a_rule_that_fails_is_our_fault_and_never_silent():
    found = (RawAnswer("dm_mmt8", "40", Rung.FIELD, Location()),)
    raw = RawSubmission(format=FileFormat.PDF, answers=found)
    submission = Checker(broken_form()).check(raw, language="fr", received=dt.date(2021, 3, 2))
    failed = of(submission, "RULE_ERROR")
    assert [finding.context["rule"] for finding in failed] == ["X1", "x_value"]
    assert failed[0].severity is Severity.ERROR
    assert "x_value" not in submission.derived


def test_a_message_never_says_who_or_what_was_typed_freely():
    rule = replace(
        form().rules[0],
        when="has_comments",
        items=("comments",),
        message={"fr": "{comments} {id_surname2} {birth_date}", "en": "{comments}"},
    )
    checker = Checker(replace(form(), rules=(rule,)))
    answers = {"comments": "secret", "id_surname2": "KO", "birth_date": "02/03/1960"}
    found = tuple(RawAnswer(a, t, Rung.FIELD, Location()) for a, t in answers.items())
    raw = RawSubmission(format=FileFormat.PDF, answers=found)
    submission = checker.check(raw, language="fr", received=dt.date(2021, 3, 2))
    assert of(submission, "R01")[0].message == {"fr": "… … …", "en": "…"}


def test_a_telephone_typed_for_a_number_is_not_repeated():
    (finding,) = of(check({"lab_hb_worst": "0612345678", "lab_hb_dx": "8,5"}), "R32")
    assert "(… > 8,5 g/dL)" in finding.message["fr"]


def test_a_wrong_date_is_shown_once_with_all_that_it_breaks():
    answers = {
        "mas_dx_date": "14/03/2012",
        "mas_first_sign_date": "01/03/2019",
        "dm_dx_date": "02/2019",
        "mas_dm_timing": "fla",
        "lab_dx_date": "14/03/2019",
        "bm_date": "15/03/2019",
    }
    submission = check(answers)
    broken = {"R13", "R15", "R61", "R43"}
    assert broken <= {finding.code for finding in submission.findings}
    of_rules = [finding for finding in submission.findings if finding.code in broken]
    (question,) = Remarks(of_rules, form(), Words("fr")).asked
    assert question.code == "L01"
    assert len(question.remarks) == 4
    assert [remark.codes for remark in question.remarks if remark.code == "R15"] == [("L02", "L01")]
    assert {code for code, _ in question.names} == {"L01", "L02", "L03", "D02", "Q01", "R02"}


def test_two_rules_on_one_date_stay_where_they_are():
    answers = {"mas_dx_date": "14/03/2012", "lab_dx_date": "14/03/2019", "bm_date": "15/03/2019"}
    of_rules = [f for f in check(answers).findings if f.code in ("R61", "R43")]
    asked = Remarks(of_rules, form(), Words("fr")).asked
    assert [question.code for question in asked] == ["Q01", "R02"]


def test_a_receipt_words_a_rule_for_a_clinician():
    submission = check({"lab_hb_worst": "8,9", "lab_hb_dx": "8,5"})
    receipt = replace(
        QUERIED, form=form().id, version=form().version, findings=tuple(of(submission, "R32"))
    )
    page = receipt_page(receipt, form(), "fr")
    assert "La valeur la plus basse dépasse celle du diagnostic" in page
    text = page.replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")
    assert ": 8,9 g/dL" in text
    assert ": 8,5 g/dL" in text


def test_compared_answers_that_identify_are_not_repeated():
    submission = check({"birth_date": "14/03/2019", "mas_dx_date": "14/03/2019"})
    (finding,) = of(submission, "R09")
    assert dict(finding.context) == {"answer.mas_dx_date": "2019-03-14"}
    telephone = of(check({"lab_hb_worst": "0612345678", "lab_hb_dx": "8,5"}), "R32")
    assert dict(telephone[0].context) == {"answer.lab_hb_dx": "8.5"}


def test_the_same_engine_serves_another_study():
    answers = {
        "wintering_date": "2025-09",
        "queen_born": "2018-05",
        "weight": "20",
        "fed": "0",
        "alive": "1",
        "mite_check__2__mite_count": "900",
        "mite_check__2__bees_sampled": "300",
        "mite_check__2__check_method": "alc",
    }
    submission = check(answers, form="hive", language="de")
    assert submission.derived["c_queen_years"] == 7
    assert submission.derived["mite_check"] == [{"_row": 2, "c_load": 3.0}]
    assert submission.derived["c_risk_min"] == submission.derived["c_risk_max"] == 9
    assert codes(submission, "mite_count", 2) == ["RANGE_SOFT", "H3"]
    (old,) = findings(submission, "queen_born")
    assert (old.code, old.severity) == ("H5", Severity.ERROR)  # the higher level, and alone
    (risky,) = of(submission, "H4")
    assert "Risikos von 9 (20\N{NO-BREAK SPACE}kg)" in risky.message["de"]


def test_a_risk_of_which_a_part_is_unknown_is_an_interval():
    submission = check({"fed": "1", "weight": "< 20"}, form="hive")
    assert (submission.derived["c_risk_min"], submission.derived["c_risk_max"]) == (2, 2)
    submission = check({"fed": "1", "weight": "< 40"}, form="hive")
    assert (submission.derived["c_risk_min"], submission.derived["c_risk_max"]) == (0, 2)
    assert submission.derived["c_risk_known"] == 2
    assert hive().scores[0].totals == ("c_risk_min", "c_risk_max", "c_risk_known")
