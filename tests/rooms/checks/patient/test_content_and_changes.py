"""The digest of answers, changes between revisions, and objections."""

from __future__ import annotations

import dataclasses

import pytest

from intake.checks.patient.changes import changes
from intake.checks.patient.content import content_digest
from intake.checks.patient.objection import objection_expressed
from intake.model.finding import Location
from intake.model.submission import FileFormat, RawAnswer, RawSubmission, Rung
from tests.kit.forms import check, check_raw, dm_sam, hive, raw

ANSWERS = {
    "id_surname2": "DU",
    "birth_date": "14/03/1950",
    "lab_hb_dx": "8,5",
    "lab_plt_dx": "NF",
    "lab_asat_dx": "< 30",
    "sex": "f",
    "comorbidities__hta": "x",
    "mas_fu__2__fu_hb": "9",
    "comments": "Évolution favorable",
}


def digest(**changed: str) -> str:
    return content_digest(check(ANSWERS | changed))


def test_the_same_answers_written_otherwise_have_the_same_digest():
    other = {
        "id_surname2": "dû",
        "birth_date": "1950-03-14",
        "lab_hb_dx": "85 g/L",
        "lab_plt_dx": "non fait",
        "lab_asat_dx": "<30 UI/L",
        "sex": "Féminin",
        "comorbidities__hta": "/Yes",
        "comorbidities__hiv": "Off",
        "mas_fu__2__fu_hb": "9,0",
        "mas_fu__1__fu_timepoint": "d3",
        "comments": "E\u0301volution favorable ",
    }
    assert content_digest(check(other)) == digest()


def test_format_language_and_place_do_not_count():
    answers = ANSWERS | {"lab_plt_dx": "ND"}
    moved = tuple(
        RawAnswer(a, t, Rung.CODE_ROW, Location(page=3)) for a, t in reversed(answers.items())
    )
    submission = RawSubmission(format=FileFormat.WORD, answers=moved)
    assert content_digest(check_raw(submission, language="en")) == digest()


@pytest.mark.parametrize(
    "changed",
    [
        {"lab_hb_dx": "8,6"},
        {"lab_hb_dx": "< 8,5"},
        {"lab_hb_dx": "NF"},
        {"lab_plt_dx": "NDI"},
        {"lab_asat_dx": "30"},
        {"sex": ""},
        {"comorbidities__hiv": "x"},
        {"mas_fu__2__fu_hb": "", "mas_fu__3__fu_hb": "9"},
        {"comments": "Évolution défavorable"},
        {"lab_hb_dx": "abc"},
        {"birth_date": "14/03/1951"},
    ],
)
def test_any_other_answer_gives_another_digest(changed):
    assert digest(**changed) != digest()


def test_what_the_form_hides_does_not_count():
    submission = check(ANSWERS | {"dm_ild": "0"})
    kept = tuple(v for v in submission.values if v.missing != "NA")
    assert len(kept) < len(submission.values)
    shorter = dataclasses.replace(submission, values=kept)
    assert content_digest(shorter) == content_digest(submission)


def test_what_is_held_back_counts_as_it_was_written():
    assert digest(lab_hb_dx="abc") != digest(lab_hb_dx="abd")
    assert digest(lab_hb_dx="abc") == digest(lab_hb_dx=" ABC ")


def test_changes_are_listed_in_form_order_as_in_the_record():
    before = check(ANSWERS)
    after = check(
        ANSWERS
        | {
            "lab_hb_dx": "9,5",
            "lab_plt_dx": "45",
            "lab_asat_dx": "",
            "comorbidities__hiv": "x",
            "mas_fu__2__fu_hb": "ND",
            "lab_crp_dx": "beaucoup",
        }
    )
    found = [(c.item, c.row, c.before, c.after) for c in changes(dm_sam(), before, after)]
    assert found == [
        ("comorbidities", None, "hta", "hta;hiv"),
        ("lab_hb_dx", None, "8.5", "9.5"),
        ("lab_plt_dx", None, "NOTDONE", "45"),
        ("lab_asat_dx", None, "<30", ""),
        ("lab_crp_dx", None, "", "ERR"),
        ("fu_hb", 2, "9", "NI"),
    ]
    assert [c.code for c in changes(dm_sam(), before, after)][-1] == "T04.2"


def test_identifying_and_free_text_changes_are_told_without_content():
    after = check(ANSWERS | {"birth_date": "15/03/1950", "comments": "Rechute"})
    found = changes(dm_sam(), check(ANSWERS), after)
    assert [(c.item, c.before, c.after) for c in found] == [
        ("birth_date", "", ""),
        ("comments", "", ""),
    ]


def test_nothing_changes_between_equal_answers_or_by_being_hidden():
    assert changes(dm_sam(), check(ANSWERS), check(ANSWERS)) == ()
    hidden = changes(dm_sam(), check({}), check({"dm_ild": "0"}))
    assert [c.item for c in hidden] == ["dm_ild"]


def test_another_text_held_back_is_a_change():
    found = changes(dm_sam(), check({"lab_hb_dx": "abc"}), check({"lab_hb_dx": "abd"}))
    assert [(c.item, c.before, c.after) for c in found] == [("lab_hb_dx", "ERR", "ERR")]


@pytest.mark.parametrize("text", ["opp", "/opp", "Opposition exprimée", "OPPOSITION EXPRIMEE"])
def test_an_objection_is_seen_however_it_is_written(text):
    assert objection_expressed(dm_sam(), raw({"elig_info": text}))


@pytest.mark.parametrize("answers", [{}, {"elig_info": "inf"}, {"comments": "opp"}])
def test_no_objection_is_no_objection(answers):
    assert not objection_expressed(dm_sam(), raw(answers))


def test_an_objection_of_another_study():
    assert objection_expressed(hive(), raw({"consent": "Lehnt ab"}))
    assert not objection_expressed(hive(), raw({"consent": "yes"}))
