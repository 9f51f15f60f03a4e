"""The day assumed for a partial date keeps the orders that the form knows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from intake.expressions.bind import bind
from intake.expressions.completing import Completer
from intake.expressions.program import compile_program
from intake.model.definition import DataType
from tests.kit.tiny_form import TINY, item, make_form


def form(**orders):
    """Return the tiny form whose partial dates know the orders given."""
    dates = {"onset": TINY.items["onset"], "ended": item("ended", DataType.PARTIAL_DATE)}
    made = [replace(dates[name], **order) for name, order in orders.items()]
    made += [date for name, date in dates.items() if name not in orders]
    kept = tuple(e for e in TINY.elements if e.name not in dates)
    return replace(TINY, elements=(*made, *kept))


def days(definition, **dates):
    found = Completer(definition).form_days(dates)
    return {name: dt.date.fromordinal(day).isoformat() for name, day in found.items()}


AFTER = form(ended={"not_before": ("onset", "seen")})


@pytest.mark.parametrize(
    ("onset", "ended", "expected"),
    [
        ("2019-03", "2019-05", ("2019-03-15", "2019-05-15")),
        ("2019", "2020", ("2019-07-01", "2020-07-01")),
        ("2019-09-20", "2019", ("2019-09-20", "2019-09-20")),
        ("2019-09-20", "2019-09", ("2019-09-20", "2019-09-20")),
        ("2019", "2019-03", ("2019-03-15", "2019-03-15")),
        ("2019-10", "2019", ("2019-10-15", "2019-10-15")),
        ("2019-10", "2018", ("2019-10-01", "2018-12-31")),
    ],
)
def test_the_nearest_day_inside_its_own_interval_is_taken(onset, ended, expected):
    found = days(AFTER, onset=onset, ended=ended)
    assert (found["onset"], found["ended"]) == expected


def test_an_order_binds_from_either_side_it_is_written_on():
    other_side = form(onset={"not_after": ("ended",)})
    for dates in ({"onset": "2019-09", "ended": "2019"}, {"onset": "2019", "ended": "2019-02"}):
        assert days(AFTER, **dates) == days(other_side, **dates)


def test_without_an_order_the_middle_is_taken():
    assert days(TINY, onset="2019", seen="2019-12-31")["onset"] == "2019-07-01"


def test_a_row_s_date_keeps_its_order_with_the_form_s():
    visits = TINY.groups["visits"]
    kept = tuple(
        replace(each, not_before=("seen",)) if each.name == "v_day" else each
        for each in visits.items
    )
    others = tuple(element for element in TINY.elements if element.name != "visits")
    definition = replace(TINY, elements=(*others, replace(visits, items=kept)))
    record = {"seen": "2019-03-20", "visits": [{"_row": 1, "v_day": "2019-03"}]}
    inside = compile_program(definition, "day_v_day - day_seen", group="visits", returns=int)
    assert inside.evaluate(bind(definition, record, record["visits"][0])).value == 0
    source = "visits.exists(r, r.day_v_day == day_seen)"
    outside = compile_program(definition, source, group=None, returns=bool)
    assert outside.evaluate(bind(definition, record)).is_true


def test_what_is_no_date_completes_nothing():
    assert Completer(make_form()).form_days({"onset": "spring"}) == {}
