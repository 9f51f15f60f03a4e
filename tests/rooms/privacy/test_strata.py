"""Classes of centre and period are told while every one of them holds enough patients."""

from __future__ import annotations

import pytest

from intake.privacy.strata import NONE, Strata, period_of, told_strata

BOTH = Strata(centre=True, period_years=2)
CENTRE, PERIOD = Strata(centre=True), Strata(period_years=2)


def patients(**counts):
    return [tuple(place.split("_")) for place, count in counts.items() for _ in range(count)]


@pytest.mark.parametrize(
    ("asked", "counts", "told"),
    [
        (BOTH, {"a_x": 5, "a_y": 5, "b_x": 5}, BOTH),
        (BOTH, {"a_x": 5, "a_y": 5, "b_x": 4, "b_y": 5}, PERIOD),
        (BOTH, {"a_x": 9, "a_y": 4}, CENTRE),
        (BOTH, {"a_x": 9, "b_y": 4}, NONE),
        (BOTH, {"a_x": 5, "b_x": 5, "c_x": 1}, PERIOD),
        (CENTRE, {"a_x": 9, "a_y": 1}, CENTRE),
        (CENTRE, {"a_x": 9, "b_x": 4}, NONE),
        (PERIOD, {"a_x": 4, "b_x": 1, "c_y": 5}, PERIOD),
        (PERIOD, {"a_x": 9, "a_y": 4}, NONE),
        (NONE, {"a_x": 9}, NONE),
        (BOTH, {}, BOTH),
    ],
)
def test_a_class_of_few_patients_keeps_its_column_out(asked, counts, told):
    assert told_strata(asked, patients(**counts), 5) == told


def test_a_patient_of_no_known_class_makes_no_class_small():
    unknown = [("a", ""), ("", "x")]
    assert told_strata(BOTH, [*patients(a_x=5), *unknown], 5) == BOTH


def test_the_columns_are_those_of_what_is_told():
    assert BOTH.columns == ("centre_class", "period")
    assert CENTRE.columns == ("centre_class",)
    assert NONE.columns == ()


@pytest.mark.parametrize(
    ("first", "last", "years", "told"),
    [
        (2014, 2014, 2, "2014-2015"),
        (2015, 2015, 2, "2014-2015"),
        (2015, 2016, 2, ""),
        (2014, 2015, 2, "2014-2015"),
        (2019, 2019, 1, "2019"),
        (2019, 2019, 5, "2015-2019"),
    ],
)
def test_a_period_is_a_class_of_years_and_never_guessed(first, last, years, told):
    assert period_of(first, last, years) == told
