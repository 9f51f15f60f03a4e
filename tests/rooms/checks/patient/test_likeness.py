"""How alike two forms are: two patients of one key, one of two, corrections alone."""

from __future__ import annotations

import pytest

from intake.checks.checker import checker_for
from intake.checks.patient.likeness import (
    is_mostly_emptied,
    likeness_digest,
    may_be_two_patients,
    mostly_agree,
    same_slip,
)
from intake.model.submission import Submission
from tests.kit.fakes.forms import PlainReader
from tests.kit.orchard import COUNTS, ORCHARD, WHOLE, Form
from tests.kit.plain_office import NOON


def read(**changed: str) -> Submission:
    raw = PlainReader().read(Form("f.pdf", {**WHOLE, **changed}).seen(), ORCHARD)
    return checker_for(ORCHARD).check(raw, language="fr", received=NOON.date())


def counts(how_many: int, text: str) -> dict[str, str]:
    return dict.fromkeys(COUNTS[:how_many], text)


@pytest.mark.parametrize(
    ("before", "after", "doubted"),
    [
        ({}, {}, False),
        ({}, {"kind": "pear"}, True),
        ({}, {"kind": ""}, False),
        ({"kind": ""}, {"kind": "pear"}, False),
        ({}, {"planted": "04/2011"}, False),
        ({}, {"planted": "2011"}, False),
        ({}, {"planted": "04/2012"}, True),
        ({}, {"letters": "QO", "filled": "01/11/2026"}, False),
        ({}, counts(5, "80"), False),
        ({}, counts(6, "80"), True),
        (counts(12, ""), {}, False),
        ({}, counts(12, ""), False),
        ({}, counts(12, "beaucoup"), False),
        ({**counts(12, ""), "tree_01": "3", "tree_02": "4"}, counts(2, "80"), False),
    ],
)
def test_what_cannot_change_or_a_third_of_the_answers_makes_two_patients(before, after, doubted):
    assert may_be_two_patients(ORCHARD, read(**before), read(**after)) is doubted


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("2011-03-14", "2011-03-14", True),
        ("2011-03-14", "2012-03-14", True),
        ("2011-03-14", "2011-14-03", True),
        ("2011-03-04", "2011-04-03", True),
        ("2011-03-14", "2012-04-14", False),
        ("2011-03", "2011-03-14", True),
        ("2011-03", "2012-04", False),
        ("2011", "2019", True),
    ],
)
def test_a_date_may_differ_by_a_slip(one, other, slip):
    assert same_slip(one, other) is slip


@pytest.mark.parametrize(
    ("after", "emptied"),
    [
        ({}, False),
        (counts(7, ""), False),
        (counts(8, ""), True),
        (counts(12, "beaucoup"), False),
        ({**counts(12, ""), "kind": "", "planted": "", "agreed": ""}, True),
    ],
)
def test_a_form_without_most_of_the_answers_holds_corrections_only(after, emptied):
    assert is_mostly_emptied(ORCHARD, read(), read(**after)) is emptied


@pytest.mark.parametrize(
    ("other", "agree"),
    [({}, True), (counts(5, "80"), True), (counts(6, "80"), False), (counts(6, ""), False)],
)
def test_two_thirds_of_enough_answers_make_two_keys_one_patient(other, agree):
    assert mostly_agree(ORCHARD, read(), read(**other)) is agree
    assert mostly_agree(ORCHARD, read(**other), read()) is agree


def test_the_likeness_of_enough_answers_is_the_same_whoever_and_whenever():
    assert likeness_digest(ORCHARD, read()) != ""
    renamed = read(letters="WZ", born="02/02/1944", place="ZOR", filled="01/11/2026")
    assert likeness_digest(ORCHARD, renamed) == likeness_digest(ORCHARD, read())
    assert likeness_digest(ORCHARD, read(tree_01="80")) != likeness_digest(ORCHARD, read())
    assert likeness_digest(ORCHARD, read(**counts(6, ""))) == ""
