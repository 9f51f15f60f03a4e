"""What the deciding screen is told: why a file waits, what can be done, what is in doubt."""

from __future__ import annotations

import pytest

from intake.model.errors import DecisionRefused
from intake.model.receipt import Correction
from intake.pipeline.review.amend import set_answers
from intake.pipeline.review.decisions import accept
from intake.reports.review.beside import Piece
from intake.wiring.page.deciding.screen import deciding_screen
from intake.wiring.page.deciding.typing import answers_typed, typing_screen
from intake.wiring.page.deciding.work_list import PART, around, following, work_list
from intake.words.catalogue import Words
from tests.kit.office.coordinator import WHY, decide

FR = Words("fr")


@pytest.fixture
def too_long(looked_at):
    return looked_at.receipts[1]


@pytest.fixture
def near(looked_at):
    return looked_at.receipts[2]


def screen(office, receipt, **more):
    return deciding_screen(office.app, receipt.id, FR, **more)


def lines(found, key):
    return {line.code: line for one in found.view.answers if one.key == key for line in one.lines}


def test_a_file_says_why_it_waits_and_what_follows_from_each_decision(looked_at, too_long):
    found = screen(looked_at, too_long)
    assert [reason.about for reason in found.view.reasons] == ["A01"]
    assert [one.act for one in found.choices] == ["accept", "reject", "objection"]
    assert all(one.consequence for one in found.choices)
    assert found.first_choice is None  # of whom it is stands nowhere


def test_a_question_of_whose_answer_nothing_is_kept_is_asked_first(looked_at, too_long):
    found = screen(looked_at, too_long)
    assert next(iter(lines(found, "doubtful"))) == "A01"
    assert found.fields["id_surname2"].text == ""
    assert lines(found, "doubtful")["A01"].remarks


def test_two_patients_are_told_apart_before_anything_is_taken_by_one_key(looked_at, near):
    found = screen(looked_at, near)
    assert [one.act for one in found.choices][:2] == ["same-as", "split"]
    assert found.choices[0].about == "ZAA-001"
    assert found.first_choice is None
    (side,) = found.view.beside
    (line,) = side.lines
    assert line.code == "A03"
    assert Piece("7", is_other=True) in line.known
    assert Piece("3", is_other=True) in line.new


def test_what_tells_who_the_patient_is_is_shown_when_asked_for(looked_at, too_long):
    hidden = lines(screen(looked_at, too_long), "others")
    shown = lines(screen(looked_at, too_long, identity=True), "others")
    (code,) = {code for code in shown if shown[code].text and not hidden[code].text}
    assert shown[code].text == "vu avec le service"
    assert not screen(looked_at, too_long).is_whole
    assert screen(looked_at, too_long, identity=True).is_whole


def test_the_list_comes_in_parts_and_names_nobody(looked_at, too_long, near):
    listed = work_list(looked_at.app, FR)
    assert [one.receipt for one in listed.files] == [too_long.id, near.id]
    assert (listed.left, listed.done, listed.page, listed.pages) == (2, 0, 1, 1)
    assert listed.files[1].about == ("ZAA-001",)
    assert "1961" not in repr(listed)
    assert work_list(looked_at.app, FR, 99).page == 1
    assert PART < 100


def test_a_file_knows_what_stands_before_and_after_it(looked_at, too_long, near):
    here = around(looked_at.app, near.id)
    assert (here.previous, here.next, here.number, here.left) == (too_long.id, "", 2, 2)
    assert following(looked_at.app, too_long.id) == near.id
    assert following(looked_at.app, near.id) == too_long.id
    assert around(looked_at.app, "000001").number == 0


@pytest.mark.parametrize("number", ["000001", "999999", "", "x", "../1"])
def test_a_file_that_does_not_wait_has_no_screen(looked_at, near, number):
    with pytest.raises(DecisionRefused):
        deciding_screen(looked_at.app, number, FR)


def test_a_form_is_typed_in_its_order_and_nothing_that_is_known_is_asked(looked_at, too_long):
    found = typing_screen(looked_at.app, too_long.id, FR)
    codes = [field.code for section in found.sections for field in section.fields]
    assert codes[:3] == ["A01", "A02", "A03"]
    assert len(codes) == len(set(codes))
    assert (found.form, found.centre) == ("DM-SAM 1.0.0", "ZAA")
    fields = {field.address: field for section in found.sections for field in section.fields}
    assert fields["birth_date"].text == "02/02/1950"
    assert fields["comorbidities"].chosen == ("hta",)
    assert fields["sex"].kind == "one"


def test_only_what_was_changed_is_given(looked_at, too_long):
    found = typing_screen(looked_at.app, too_long.id, FR)
    left = {f.address: f.chosen or [f.text] for s in found.sections for f in s.fields}
    assert answers_typed(looked_at.app, too_long.id, left) == ()
    typed = left | {"id_surname2": ["ZU"], "comorbidities": ["hta", "diabete"]}
    given = answers_typed(looked_at.app, too_long.id, typed)
    assert given == (Correction("id_surname2", "ZU"), Correction("comorbidities", "hta;diabete"))


def test_what_was_typed_is_set_and_accepted_as_by_the_commands(office):
    receipt = office.receipts[1]
    given = answers_typed(office.app, receipt.id, {"id_surname2": ["ZU"]})
    decide(office, set_answers, receipt.id, given, WHY)
    assert lines(screen(office, receipt), "given")["A01"].text == "ZU"
    assert decide(office, accept, receipt.id, WHY).outcome.is_loaded
    assert work_list(office.app, FR).left == 1
    assert work_list(office.app, FR).done == 1
