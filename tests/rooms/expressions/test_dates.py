"""Dates are intervals: order is certain or unknown, never guessed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.expressions.days import Days, completed, days_of, interval, whole_years
from tests.kit.tiny_form import answer


@pytest.mark.parametrize(
    ("onset", "seen", "expected"),
    [
        ("2019-03-13", "2019-03-14", True),
        ("2019-03-14", "2019-03-14", False),
        ("2019-03", "2019-03-14", None),
        ("2019-02", "2019-03-14", True),
        ("2019-04", "2019-03-14", False),
        ("2019", "2019-03-14", None),
        ("2018", "2019-03-14", True),
        ("2020", "2019-03-14", False),
        ("2019-03", "2019-03-01", False),
        ("2019-03", "2019-03-31", None),
    ],
)
def test_before_is_certain_or_not_settled(onset, seen, expected):
    record = {"onset": onset, "seen": seen}

    assert answer("before(onset, seen)", record).value is expected
    negated = None if expected is None else not expected
    assert answer("!before(onset, seen)", record).value is negated


def test_two_dates_differ_only_when_they_certainly_do():
    assert answer("differ(onset, seen)", {"onset": "2019-02", "seen": "2019-03-14"}).is_true
    assert not answer("differ(onset, seen)", {"onset": "2019-03", "seen": "2019-03-14"}).known
    assert answer("differ(seen, seen)", {"seen": "2019-03-14"}).is_false
    assert not answer("differ(onset, onset)", {"onset": "2019-03"}).known


def test_delays_have_a_least_and_a_most():
    record = {"onset": "2019-02", "seen": "2019-03-14"}

    assert answer("days_min(onset, seen)", record, returns=int).value == 14
    assert answer("days_max(onset, seen)", record, returns=int).value == 41


def test_a_literal_date_may_be_partial():
    assert answer('before(seen, date("2019-04"))', {"seen": "2019-03-14"}).is_true
    assert answer('before(date("2020"), seen)', {"seen": "2019-03-14"}).is_false


@pytest.mark.parametrize(
    ("text", "day"),
    [("2019-02-03", "2019-02-03"), ("2019-02", "2019-02-15"), ("2019", "2019-07-01")],
)
def test_a_date_is_completed_to_the_middle_of_its_month_or_year(text, day):
    assert completed(interval(text)) == dt.date.fromisoformat(day).toordinal()
    assert answer("day_onset", {"onset": text}, returns=int).value == completed(interval(text))


def test_ages_count_birthdays():
    days = [dt.date(2000, 2, 29).toordinal(), dt.date(2001, 2, 28).toordinal()]

    assert whole_years(*days) == 0
    assert whole_years(days[0], days[1] + 1) == 1
    record = {"onset": "2000-05-10", "seen": "2019-05-09"}
    assert answer("age(day_onset, day_seen)", record, returns=int).value == 18


def test_precision_is_that_of_the_coarsest():
    record = {"onset": "2019-02", "seen": "2019-03-14"}

    assert answer("precision([onset, seen])", record, returns=str).value == "month"
    assert answer('precision([seen]) == "day"', record).is_true
    assert not answer('precision([onset, seen]) == "day"', {"onset": "2019"}).known


DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
CUTS = st.sampled_from([4, 7, 10])


@settings(max_examples=150, deadline=None)
@given(DAYS, CUTS, DAYS, CUTS)
def test_forgetting_a_part_of_a_date_never_turns_an_answer_round(first, a, second, b):
    exact = {"onset": first.isoformat(), "seen": second.isoformat()}
    coarse = {"onset": exact["onset"][:a], "seen": exact["seen"]}

    known = answer("before(onset, seen)", coarse)
    assert not known.known or known.value is (first < second)
    least = answer("days_min(onset, seen)", coarse, returns=int).value
    most = answer("days_max(onset, seen)", coarse, returns=int).value
    assert least <= (second - first).days <= most


@pytest.mark.parametrize(
    "text", ["2019-13", "2019-02-30", "19-02-03", "2019-2-3", "2019-02-03\n", "", "0000", "٢٠١٩"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        interval(text)


def test_a_date_is_the_days_from_its_first_to_its_last():
    assert days_of("2019-02") == Days(dt.date(2019, 2, 1), dt.date(2019, 2, 28))
    assert days_of("2020") == Days(dt.date(2020, 1, 1), dt.date(2020, 12, 31))
    assert days_of("2019-03-14").is_one
    assert not days_of("2019-03").is_one
