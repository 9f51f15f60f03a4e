"""The other functions, and the rule that each has one typed signature."""

from __future__ import annotations

import pytest

from intake.expressions.functions import FUNCTIONS
from tests.expressions.tiny_form import answer


@pytest.mark.parametrize(
    ("source", "returns", "expected"),
    [
        ("count([true, false, true])", int, 2),
        ("count([])", int, 0),
        ("total([1, 2, 3])", int, 6),
        ("total([])", int, 0),
        ("smallest([3, 1, 2])", int, 1),
        ("ratio(1.0, 4.0)", float, 0.25),
    ],
)
def test_small_functions(source, returns, expected):
    assert answer(source, returns=returns).value == expected


@pytest.mark.parametrize("source", ["smallest([]) > 1", "ratio(dose, 0.0) > 1.0"])
def test_what_has_no_answer_is_unknown(source):
    found = answer(source, {"dose": 1.0})

    assert (found.known, found.error) == (False, None)


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
