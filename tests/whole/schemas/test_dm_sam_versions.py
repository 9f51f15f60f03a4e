"""The shipped form's second version: what it adds, and that it loses nothing of the first."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from intake.checks.checker import Checker
from intake.checks.recheck import Held, Rules, recheck
from intake.model.finding import Severity
from intake.schema.versions.change import ChangeKind
from intake.schema.versions.compare import compare
from intake.schema.versions.formerly import misnamed
from intake.workspace.form_library import SchemaLibrary
from tests.kit.forms import raw
from tests.kit.office.office import demo_answers
from tests.kit.places import SCHEMAS

LIBRARY = SchemaLibrary(SCHEMAS)
FIRST, SECOND = LIBRARY.get("dm-sam", "1.0.0"), LIBRARY.get("dm-sam", "1.1.0")
CHANGES = compare(FIRST, SECOND)
DAY = dt.date(2027, 1, 15)
ADDED = {
    "elig_other": "B06",
    "mas_height": "C08",
    "history_other": "C09",
    "dm_capillaroscopy": "E07",
    "dm_skin_oth_text": "E08",
    "dm_muscle_other": "F13",
    "dm_ild_other": "G11",
    "dm_tx_other": "K13",
    "mas_signs_other": "N13",
    "mas_icu_out_date": "P05",
    "mas_hosp_in_date": "P06",
    "mas_hosp_out_date": "P07",
    "lab_ggt_dx": "Q47",
    "lab_alp_dx": "Q48",
    "lab_other": "Q49",
    "bm_findings": "R10",
    "workup_other": "R11",
    "mas_tx_other": "S22",
    "outcome_other": "U18",
}
WITH_TEXTS_OF_THEIR_OWN = {"dtrt_drug", "mtrt_drug", "mas_trigger", "mas_inf_agent", "ab_ars_other"}


def of_kind(kind):
    return [change for change in CHANGES if change.kind is kind]


def test_it_is_the_version_that_new_forms_are_built_from():
    assert LIBRARY.latest("dm-sam") is SECOND


def test_nothing_of_the_first_version_is_lost_or_changes_its_meaning():
    assert not [change for change in CHANGES if change.is_refused]
    assert list(misnamed(SECOND, [FIRST])) == []
    assert {name: item.code for name, item in FIRST.items.items()}.items() <= {
        name: item.code for name, item in SECOND.items.items()
    }.items()


def test_it_asks_what_was_missed_and_nothing_else():
    assert {change.name: change.code for change in of_kind(ChangeKind.ITEM_ADDED)} == ADDED


def test_what_it_adds_is_needed_of_nobody():
    assert not [name for name in ADDED if SECOND.items[name].required]


def test_every_other_of_a_list_has_its_line_of_text():
    conditions = " ".join(str(SECOND.items[name].relevant) for name in ADDED)
    lists = [i for i in SECOND.items.values() if i.option("oth") and i.is_choice]
    silent = {i.name for i in lists if not re.search(rf"\b{i.name}\b", conditions)}
    assert silent == WITH_TEXTS_OF_THEIR_OWN


def test_the_help_of_the_temperature_tells_no_threshold():
    hint = SECOND.items["mas_temp_max"].hint
    assert not re.search(r"38|39", hint["fr"] + hint["en"])


def test_a_reported_hscore_that_differs_asks_for_nothing():
    assert {rule.severity for rule in SECOND.rules if rule.id == "R45"} == {Severity.NOTE}


def test_the_same_lowest_and_highest_score_is_said_once():
    texts = [r.message["fr"] for r in SECOND.rules if r.id in ("R45", "R46")]
    assert len(texts) == 4
    assert sum("recalculé : {" in text for text in texts) == 2


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_rule_names_each_question_that_it_compares(language):
    """Ranges (J04 to J12) name the questions between; R24 has one."""
    for rule in SECOND.rules:
        if len(rule.items) < 2 or rule.id == "R24":
            continue
        named = set(re.findall(r"\b[A-Z]\d\d\b", rule.message[language]))
        asked = {SECOND.items[name].code for name in rule.items}
        assert asked <= named, (rule.id, asked - named)


def test_a_treatment_far_from_mas_is_compared_with_the_first_signs_by_name():
    words = [rule.message["fr"] for rule in SECOND.rules if rule.id == "R51"]
    assert [sorted(re.findall(r"[LS]\d\d", text)) for text in words] == [
        ["L02", "S06", "S12"],
        ["L01", "S05", "S12"],
    ]


@pytest.fixture(scope="module")
def checkers():
    return {form.version: Checker(form) for form in (FIRST, SECOND)}


def checked(checkers, version, **changed):
    return checkers[version].check(raw(demo_answers(**changed)), language="fr", received=DAY)


def test_leaving_before_entering_is_an_error(checkers):
    answers = {
        "mas_icu": "1",
        "mas_icu_date": "20/03/2016",
        "mas_icu_out_date": "19/03/2016",
        "mas_hosp_in_date": "20/03/2016",
        "mas_hosp_out_date": "03/2016",
    }
    found = {f.code for f in checked(checkers, "1.1.0", **answers).findings}
    assert "R66" in found
    assert not found & {"R67", "R68"}


def test_the_line_other_is_asked_when_the_answer_is_ticked_and_only_then(checkers):
    hidden = checked(checkers, "1.1.0", mas_neuro__oth="", mas_signs_other="neuropathie")
    assert [f.code for f in hidden.findings if f.item == "mas_signs_other"] == ["HIDDEN_ANSWER"]
    ticked = {"mas_neuro__none": "", "mas_neuro__oth": "1", "mas_signs_other": "neuropathie"}
    shown = checked(checkers, "1.1.0", **ticked)
    assert [f.code for f in shown.findings if f.item == "mas_signs_other"] == []


def test_a_height_in_metres_is_read_in_centimetres(checkers):
    found = checked(checkers, "1.1.0", mas_height="1,70 m")
    assert found.record["mas_height"] == 170


def test_a_remark_of_the_first_version_is_told_in_the_words_of_the_second(checkers):
    held = checked(checkers, "1.0.0", dm_first_sign_date="2015", dm_dx_date="10/03/2014")
    said = Held(submission=held, asked=FIRST, findings=held.findings, received=DAY)
    rules = [Rules(definition=f, checker=checkers[f.version]) for f in (FIRST, SECOND)]
    (told,) = (f for f in recheck(said, *rules).reworded if f.code == "R12")
    assert "(D02) précède les premiers signes (D01)" in told.message["fr"]


def test_the_newer_rules_open_nothing_of_a_record_without_remarks(checkers):
    held = checked(checkers, "1.0.0")
    said = Held(submission=held, asked=FIRST, findings=held.findings, received=DAY)
    rules = [Rules(definition=f, checker=checkers[f.version]) for f in (FIRST, SECOND)]
    found = recheck(said, *rules)
    assert (found.appeared, found.gone) == ((), ())
