"""Hard and soft limits of one value: numbers, bounds, dates, texts, exclusive options."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from intake.checks.limits import check_limits
from intake.checks.parse.parsed import Parsed
from intake.model.definition import DataType, DateLimits, NumberLimits, RangeMessage
from tests.kit.forms import RECEIVED, a_unit, an_item, dm_sam

HARD = NumberLimits(Decimal("1.5"), Decimal(22))
SOFT = NumberLimits(Decimal(4), Decimal(18))
NAMED = RangeMessage("R35", {"fr": "Unité ?"}, "above")


def codes(item, **answer) -> list[str]:
    return [remark.code for remark in remarks(item, **answer)]


def remarks(item, **answer):
    return check_limits(item, Parsed(**answer), RECEIVED).remarks


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("1.4", ["RANGE_HARD"]),
        ("1.5", ["RANGE_SOFT"]),
        ("3.9", ["RANGE_SOFT"]),
        ("4", []),
        ("18", []),
        ("18.1", ["RANGE_SOFT"]),
        ("22", ["RANGE_SOFT"]),
        ("22.1", ["RANGE_HARD"]),
    ],
)
def test_limits_are_included_and_a_value_gets_one_finding(number, expected):
    item = an_item(limits=HARD, soft=SOFT)
    assert codes(item, value=Decimal(number)) == expected


def test_only_a_hard_limit_holds_a_value_back():
    item = an_item(limits=HARD, soft=SOFT)
    assert check_limits(item, Parsed(value=Decimal(23)), RECEIVED).faulty
    assert not check_limits(item, Parsed(value=Decimal(19)), RECEIVED).faulty


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        ("<1.5", ["RANGE_HARD"]),
        ("<=1.5", ["RANGE_SOFT"]),
        ("<1", ["RANGE_HARD"]),
        ("<4", ["RANGE_SOFT"]),
        ("<5", []),
        (">22", ["RANGE_HARD"]),
        (">=22", ["RANGE_SOFT"]),
        (">17", []),
        (">18", ["RANGE_SOFT"]),
        ("<25", ["RANGE_HARD"]),
        (">1", ["RANGE_HARD"]),
    ],
)
def test_a_bound_is_judged_by_all_it_allows_and_by_its_own_number(bound, expected):
    assert codes(an_item(limits=HARD, soft=SOFT), bound=bound) == expected


def test_a_named_message_takes_the_place_of_the_generic_one_on_its_side():
    item = an_item(limits=HARD, soft=SOFT, range_message=NAMED)
    (above,) = remarks(item, value=Decimal(85))
    assert (above.code, above.finding.message, above.holds) == ("R35", {"fr": "Unité ?"}, True)
    assert above.finding.severity == "error"
    assert codes(item, value=Decimal(1)) == ["RANGE_HARD"]
    assert codes(item, value=Decimal(20)) == ["RANGE_SOFT"]


def test_the_one_conversion_that_explains_a_value_is_offered():
    units = (a_unit("g/L", "0.1"), a_unit("mmol/L", "1.611", exact=False))
    item = an_item(limits=HARD, soft=SOFT, accepted_units=units, range_message=NAMED)
    (named,) = remarks(item, value=Decimal(85))
    assert (named.context["offered"], named.context["offered_from"]) == ("8.5", "g/L")


def test_without_a_named_message_the_unit_is_suspected():
    item = an_item(limits=HARD, soft=SOFT, accepted_units=(a_unit("g/L", "0.1"),))
    (suspected,) = remarks(item, value=Decimal(85))
    assert (suspected.code, suspected.holds) == ("UNIT_SUSPECTED", True)
    assert suspected.context["offered"] == "8.5"
    assert codes(item, value=Decimal(999)) == ["RANGE_HARD"]


def test_an_unusual_value_is_kept_and_the_conversion_only_offered():
    item = dm_sam().items["lab_ferritin_dx"]
    (unusual,) = remarks(item, value=Decimal("12.5"))
    assert (unusual.code, unusual.holds) == ("RANGE_SOFT", False)
    assert unusual.context == {"offered": "12500", "offered_from": "mg/L"}


def test_two_conversions_that_would_explain_it_offer_nothing():
    units = (a_unit("g/L", "0.1"), a_unit("x/L", "0.2"))
    item = an_item(limits=HARD, soft=SOFT, accepted_units=units)
    (plain,) = remarks(item, value=Decimal(50))
    assert plain.code == "RANGE_HARD"
    assert "offered" not in plain.context


def date_item(data_type: DataType = DataType.PARTIAL_DATE, **more):
    limits = DateLimits("2010-01-01", "2020-10-01")
    return an_item(data_type, **({"dates": limits} | more))


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2009-12-31", ["DATE_OUT_OF_RANGE"]),
        ("2010-01-01", []),
        ("2020-10-01", []),
        ("2020-10-02", ["DATE_OUT_OF_RANGE"]),
        ("2020-10", []),
        ("2020-11", ["DATE_OUT_OF_RANGE"]),
        ("2009-12", ["DATE_OUT_OF_RANGE"]),
        ("2020", []),
        ("2009", ["DATE_OUT_OF_RANGE"]),
        ("2021", ["DATE_OUT_OF_RANGE"]),
    ],
)
def test_a_partial_date_is_out_of_range_only_when_certainly_so(iso, expected):
    assert codes(date_item(), value=iso) == expected


def test_a_date_that_may_still_be_late_enough_passes():
    item = date_item(dates=DateLimits("2010-06-15", "2020-06-15"))
    for iso in ("2010", "2010-06", "2020", "2020-06"):
        assert codes(item, value=iso) == []
    assert codes(item, value="2010-05") == ["DATE_OUT_OF_RANGE"]


def test_today_is_the_day_of_reception():
    item = date_item(dates=DateLimits(None, "today"))
    assert codes(item, value=RECEIVED.isoformat()) == []
    tomorrow = RECEIVED + dt.timedelta(days=1)
    (late,) = remarks(item, value=tomorrow.isoformat())
    assert late.context == {"latest": RECEIVED.isoformat()}


def test_an_unusual_date_is_a_query():
    item = date_item(soft_dates=DateLimits("2012-01-01", None))
    assert codes(item, value="2011-05-01") == ["DATE_UNUSUAL"]
    assert codes(item, value="2009-05-01") == ["DATE_OUT_OF_RANGE"]


def test_a_full_date_item_takes_no_partial_date():
    parsed = check_limits(date_item(DataType.DATE), Parsed(value="2015-03"), RECEIVED)
    assert (parsed.value, parsed.faulty) == (None, True)
    assert parsed.remarks[0].code == "DATE_INCOMPLETE"


def test_the_day_is_asked_once_more_where_it_matters():
    item = date_item(day_wanted=True)
    assert codes(item, value="2015-03") == ["DAY_WANTED"]
    assert codes(item, value="2015-03-14") == []
    assert codes(date_item(), value="2015-03") == []


def test_an_exclusive_option_stands_alone():
    item = dm_sam().items["comorbidities"]
    assert codes(item, value=("none",)) == []
    assert codes(item, value=("hta", "hiv")) == []
    parsed = check_limits(item, Parsed(value=("none", "hta")), RECEIVED)
    assert [r.code for r in parsed.remarks] == ["CHOICE_EXCLUSIVE"]
    assert parsed.faulty


@pytest.mark.parametrize(("text", "expected"), [("a" * 5, []), ("a" * 6, ["TEXT_LENGTH"])])
def test_a_text_has_the_length_asked(text, expected):
    assert codes(an_item(DataType.TEXT, max_length=5), value=text) == expected


def test_a_pattern_means_the_end_of_the_text_by_its_end():
    item = an_item(DataType.TEXT, pattern="^[A-Z]{3}$")
    assert codes(item, value="REI") == []
    assert codes(item, value="REI\n") == ["TEXT_PATTERN"]
    assert codes(item, value="REIM") == ["TEXT_PATTERN"]
