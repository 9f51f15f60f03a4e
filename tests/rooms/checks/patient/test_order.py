"""Which of two forms is the newer, by what they and their messages say."""

from __future__ import annotations

import datetime as dt

import pytest

from intake.checks.patient.order import Order, order_among, order_of
from intake.model.file.dates import DateSource, FormDates, Written

NOON = dt.datetime(2026, 11, 10, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
NEWER, OLDER, UNKNOWN = Order.NEWER, Order.OLDER, Order.UNKNOWN


def saved(hours: float = 0, *, zoned: bool = True) -> Written:
    at = NOON + hours * HOUR
    return Written(at if zoned else at.replace(tzinfo=None), DateSource.PDF)


@pytest.mark.parametrize(
    ("form", "other", "order"),
    [
        ("2026-10-09", "2026-10-08", NEWER),
        ("2026-10-08", "2026-10-08", UNKNOWN),
        ("2026-11", "2026-10-31", NEWER),
        ("2026-10", "2026-10-31", UNKNOWN),
        ("2025", "2026-01", OLDER),
        ("2026", "2026-10-08", UNKNOWN),
        ("2024-02", "2024-02-29", UNKNOWN),
        ("2024-02", "2024-03-01", OLDER),
        (None, "2026-10-08", UNKNOWN),
    ],
)
def test_the_filling_date_decides_when_one_is_wholly_before_the_other(form, other, order):
    assert order_of(FormDates(filled=form), FormDates(filled=other)) is order


def test_the_first_dates_that_both_have_and_that_differ_decide():
    late = FormDates(filled="2026-10-08", sent=NOON + HOUR, saved=saved(-5))
    early = FormDates(filled="2026-10-08", sent=NOON, saved=saved())
    assert (order_of(late, early), order_of(early, late)) == (NEWER, OLDER)
    unsent = FormDates(filled="2026-10-08", saved=saved())
    assert (order_of(late, unsent), order_of(unsent, late)) == (OLDER, NEWER)
    filled = FormDates(filled="2026-10-09", sent=NOON - 9 * HOUR)
    assert order_of(filled, late) is NEWER


def test_nothing_in_common_tells_nothing():
    assert order_of(FormDates(sent=NOON), FormDates(saved=saved())) is UNKNOWN
    assert order_of(FormDates(), FormDates()) is UNKNOWN


@pytest.mark.parametrize(
    ("hours", "order"), [(14.5, NEWER), (14, UNKNOWN), (-14, UNKNOWN), (-14.5, OLDER)]
)
def test_a_clock_without_a_zone_decides_only_beyond_every_zone(hours, order):
    assert order_of(FormDates(saved=saved(hours, zoned=False)), FormDates(saved=saved())) is order


def test_two_clocks_without_a_zone_are_taken_for_the_same():
    one, other = (FormDates(saved=saved(hours, zoned=False)) for hours in (1, 0))
    assert order_of(one, other) is NEWER


@pytest.mark.parametrize(
    ("others", "order"),
    [([-1, -2], NEWER), ([1, 2], OLDER), ([-1, 1], UNKNOWN), ([-1, None], UNKNOWN), ([], UNKNOWN)],
)
def test_answers_that_came_several_times_are_older_by_every_date_or_it_is_not_known(others, order):
    dates = [FormDates(sent=None if h is None else NOON + h * HOUR) for h in others]
    assert order_among(FormDates(sent=NOON), dates) is order
