"""A reported bound as the values worth trying."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from intake.expressions.bounds import trial_values
from intake.model.definition import DataType, NumberLimits
from tests.kit.tiny_form import answer, item

DOSE = item("dose", DataType.DECIMAL)
STAYS = item("stays", DataType.INTEGER)


def limited(low, high):
    return replace(DOSE, limits=NumberLimits(Decimal(low), Decimal(high)))


def test_the_ends_and_what_lies_around_each_mark_are_tried():
    tried = trial_values(limited("1", "100"), "<30", [10.0, 30.0, 50.0])
    assert min(tried) == 1.0
    assert 29.9 < max(tried) < 30.0
    assert 10.0 in tried
    assert any(9.9 < value < 10.0 for value in tried)
    assert any(10.0 < value < 10.1 for value in tried)
    assert not any(value >= 30.0 for value in tried)


def test_an_inclusive_bound_tries_its_own_number():
    assert max(trial_values(limited("1", "100"), "<=30", [])) == 30.0
    assert min(trial_values(limited("1", "100"), ">=30", [])) == 30.0
    assert min(trial_values(limited("1", "100"), ">30", [])) > 30.0


def test_whole_numbers_are_tried_as_whole_numbers():
    tried = trial_values(STAYS, ">3", [4.5, 10])
    assert all(type(value) is int for value in tried)
    assert tried[0] == 4
    assert {5, 9, 10, 11} <= set(tried)


def test_a_bound_beyond_the_form_s_limits_still_has_values():
    assert trial_values(limited("1", "100"), ">200", []) != []


def test_what_is_no_bound_is_refused():
    with pytest.raises(ValueError, match="holds no bound"):
        trial_values(DOSE, "about 3", [])
    assert answer("dose > 3.0", {"_bound": {"dose": "about 3"}}).error


@pytest.mark.parametrize(
    ("bound", "source", "expected"),
    [
        ("<30", "dose < 30.0", True),
        ("<30", "dose < 10.0 || dose >= 10.0", True),
        ("<30", "dose < 10.0", None),
        (">30", "exceeds(dose, 29.9, 0.1)", True),
        (">30", "has_dose ? dose > 30.0 : false", True),
        (">30", "has_dose", False),
        (">30", 'why_dose == "BOUND"', True),
        (">30", "dose > 30.0 && fever", None),
        (">30", "dose < 30.0 && fever", False),
    ],
)
def test_an_expression_is_known_where_all_trials_agree(bound, source, expected):
    found = answer(source, {"_bound": {"dose": bound}})
    assert (found.value if found.known else None) is expected


def test_two_bounds_are_tried_together_and_compared_with_values():
    record = {"_bound": {"dose": ">5", "stays": "<3"}}
    assert answer("dose > double(stays)", record).is_true
    assert answer("dose > double(stays)", {"stays": 5, "_bound": {"dose": ">5"}}).is_true
    assert not answer("dose > double(stays)", {"stays": 6, "_bound": {"dose": ">5"}}).known
