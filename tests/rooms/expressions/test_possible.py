"""Computed values over partial dates and rows of which nobody knows whether they count."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kit.rules.records import compute, rows

ONSET = {"birth_date": "1998-06-15", "dm_heliotrope": "1"}
DRUG = {"mtrt_drug": "gc_po", "mtrt_line": 1, "mtrt_ongoing": "1"}
FOR_MAS = DRUG | {"mtrt_indication": ["mas"], "mtrt_start_date": "2016-03-22"}
DELAY = "d_time_first_tx_days"


def onset(date: str):
    return compute(ONSET | {"dm_first_sign_date": date})


def first_treatment(**more):
    treated = rows(FOR_MAS, DRUG | {"mtrt_drug": "ana"} | more)
    found = compute({"mas_dx_date": "2016-03-20", "mas_tx": treated})
    return found.get(DELAY), found.get(f"{DELAY}_precision")


@pytest.mark.parametrize(
    ("date", "juvenile"),
    [
        ("2015", True), ("2016-05", True), ("2016-06-14", True),
        ("2016", None), ("2016-06", None),
        ("2016-06-15", False), ("2016-07", False), ("2017", False),
    ],
)  # fmt: skip
def test_a_child_is_one_whatever_the_day_or_nothing_is_said(date, juvenile):
    assert onset(date).get("d_juvenile") is juvenile


def test_the_age_assumed_is_still_given_with_its_precision():
    found = onset("2016")
    assert (found["d_age_dm_onset"], found["d_age_dm_onset_precision"]) == (18, "year")


def test_the_points_of_an_age_of_two_classes_are_the_lowest_and_unknown():
    sure, unsure, child = onset("2017"), onset("2016"), onset("2015")
    assert (sure["d_eularacr_score"], unsure["d_eularacr_score"]) == (4.4, 3.1)
    assert child["d_eularacr_score"] == unsure["d_eularacr_score"]
    assert unsure["d_eularacr_unknown"] == sure["d_eularacr_unknown"] + 1


def test_an_earlier_treatment_of_unknown_indication_leaves_the_delay_unknown():
    for unknown in ({"mtrt_indication": ["unk"]}, {}):
        assert first_treatment(mtrt_start_date="2016-03-10", **unknown) == (None, None)
        assert first_treatment(mtrt_start_date="2016-03", **unknown) == (None, None)
        assert first_treatment(**unknown) == (None, None)


def test_a_later_treatment_of_unknown_indication_changes_nothing():
    later = first_treatment(mtrt_indication=["unk"], mtrt_start_date="2016-03-25")
    assert later == (2, "day")
    assert first_treatment(mtrt_indication=["dm"], mtrt_start_date="2016") == (2, "day")


def test_the_precision_of_a_delay_is_still_said():
    partial = first_treatment(mtrt_indication=["mas"], mtrt_start_date="2016-03")
    assert partial == (-5, "month")


def lines(start: str):
    treated = rows(FOR_MAS, DRUG | {"mtrt_indication": ["dm"], "mtrt_start_date": start})
    found = compute({"mas_dx_date": "2016-03-20", "mas_tx": treated})["mas_tx"]
    return [(row.get("d_line_order"), row.get("d_line_calc")) for row in found]


def test_lines_are_numbered_when_every_possible_day_numbers_them_alike():
    assert lines("2016-03") == [(None, None), (None, None)]
    assert lines("2016-05") == [(1, 1), (2, 2)]
    assert lines("2016") == [(None, None), (None, None)]
    assert lines("2016-03-24") == [(1, 1), (2, 1)]


def test_too_many_partial_dates_leave_the_lines_unsaid():
    months = [DRUG | {"mtrt_start_date": f"2016-0{month}"} for month in range(1, 9)]
    found = compute({"mas_dx_date": "2016-03-20", "mas_tx": rows(*months)})
    assert all("d_line_calc" not in row for row in found["mas_tx"])


@given(
    birth=st.dates(dt.date(1994, 1, 1), dt.date(2000, 12, 31)),
    sign=st.dates(dt.date(2012, 1, 1), dt.date(2018, 12, 31)),
    partial=st.sampled_from(["%Y", "%Y-%m"]),
)
@settings(max_examples=60, deadline=None)
def test_what_is_said_of_a_partial_date_is_true_of_each_of_its_days(birth, sign, partial):
    def juvenile(date: str):
        said = compute({"birth_date": birth.isoformat(), "dm_first_sign_date": date})
        return said.get("d_juvenile")

    said = juvenile(sign.strftime(partial))
    assert said in (None, juvenile(sign.isoformat()))
