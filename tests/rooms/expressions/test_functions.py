"""The other functions, and the rule that each has one typed signature."""

from __future__ import annotations

import pytest

from intake.expressions.errors import ExpressionError
from intake.expressions.functions import FUNCTIONS
from tests.kit.tiny_form import answer


@pytest.mark.parametrize(
    ("source", "returns", "expected"),
    [
        ("count([true, false, true])", int, 2),
        ("count([])", int, 0),
        ("total([1, 2, 3])", int, 6),
        ("total([])", int, 0),
        ("smallest([3, 1, 2])", int, 1),
        ("ratio(1.0, 4.0)", float, 0.25),
        ("plus(0.1, 0.2)", float, 0.3),
        ("times(265.0, 0.01129)", float, 2.99185),
        ("logistic(0.0)", float, 0.5),
        ("logistic(-800.0)", float, 0.0),
        ("interpolate(169.0, [160.0, 170.0], [40.0, 54.0])", float, 52.6),
        ("interpolate(160.0, [150.0, 160.0, 170.0], [25.0, 40.0, 54.0])", float, 40.0),
        ("only([4.5])", float, 4.5),
        ("group_within([10, 12, 14, 13], 3, 13)", int, 1),
        ("group_within([10, 12, 14, 13], 3, 14)", int, 2),
        ("group_within([1, 4, 7, 8], 3, 8)", int, 2),
    ],
)
def test_small_functions(source, returns, expected):
    assert answer(source, returns=returns).value == expected


@pytest.mark.parametrize(
    "source",
    [
        "smallest([]) > 1",
        "ratio(dose, 0.0) > 1.0",
        "only([dose, dose]) > 1.0",
        'only(numbers(visits, "v_dose")) > 1.0',
        "interpolate(dose, [2.0, 3.0], [1.0, 2.0]) > 1.0",
    ],
)
def test_what_has_no_answer_is_unknown(source):
    found = answer(source, {"dose": 1.0})

    assert (found.known, found.error) == (False, None)


def test_a_tolerance_is_exact_where_floats_are_not():
    assert 5.1 + 0.1 < 5.2
    assert answer("exceeds(5.2, 5.1, 0.1)").is_false
    assert answer("exceeds(5.21, 5.1, 0.1)").is_true


def test_a_column_is_what_the_rows_hold():
    record = {"visits": [{"_row": 1, "v_dose": 2.0}, {"_row": 3}, {"_row": 4, "v_dose": 5.0}]}
    assert answer('size(numbers(visits, "v_dose")) == 2', record).is_true
    record = {"visits": [{"_row": 1, "v_day": "2019-03-02"}]}
    assert answer(
        'smallest(column(visits, "day_v_day")) == day_seen', record | {"seen": "2019-03-02"}
    ).is_true


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('size(column(visits, "v_dos")) > 1', "Did you mean v_dose"),
        ('size(column(visits, "v_dose")) > 1', "v_dose is no int"),
        ("size(numbers(visits, note)) > 1", "reads a written field"),
        ('size(numbers(visits.filter(r, r.v_ok), "v_day")) > 1', "v_day is no double"),
    ],
)
def test_a_column_that_is_not_there_is_refused(source, words):
    with pytest.raises(ExpressionError, match=words):
        answer(source)


def test_settled_has_three_ends():
    assert answer("settled(true, true)").is_true
    assert answer("settled(false, false)").is_false
    assert not answer("settled(false, true)").known
    assert answer("settled(false, true) || fever", {"fever": "1"}).is_true


def test_one_unset_member_makes_a_list_unknown():
    assert not answer("count([fever, true]) > 0").known


def test_an_impossible_day_is_our_fault():
    assert answer("age(0, 1) > 3").error


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.name)
def test_no_function_takes_or_gives_a_dynamic_type(function):
    assert "dyn" not in [*function.parameters, function.returns]


def test_each_function_has_one_signature():
    names = [function.name for function in FUNCTIONS]

    assert len(names) == len(set(names))
