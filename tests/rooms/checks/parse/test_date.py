"""Dates as clinicians write them, with the precision they gave."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.checks.parse.date import parse_date
from tests.kit.forms import RECEIVED

MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}


def iso(text: str):
    return parse_date(text, RECEIVED).value


def code(text: str) -> str:
    parsed = parse_date(text, RECEIVED)
    assert parsed.value is None
    return parsed.remarks[0].code


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2015",
        "3/4/2015",
        "03.04.2015",
        "03-04-2015",
        "03 04 2015",
        "03 / 04 / 2015",
        "03\u201104\u20112015",
        "2015-04-03",
        "2015/04/03",
        "3 avril 2015",
        "03 AVRIL 2015",
        "le 3 avril 2015",
        "3 avr. 2015",
        "03-avr-2015",
        "3\u00a0avril\u202f2015",
        "3 April 2015",
        "3rd April 2015",
        "April 3, 2015",
        "April 3 2015",
        "3 apr 2015",
        "03042015",
        "20150403",
    ],
)
def test_a_full_date_reads_the_same_however_it_is_written(text):
    assert iso(text) == "2015-04-03"
    assert parse_date(text, RECEIVED).remarks == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1er mars 2015", "2015-03-01"),
        ("5 févr. 2015", "2015-02-05"),
        ("12 aout 2014", "2014-08-12"),
        ("12 août 2014", "2014-08-12"),
        ("12 aou\u0302t 2014", "2014-08-12"),
        ("29/02/2016", "2016-02-29"),
        ("31/12/1999", "1999-12-31"),
        ("03/2015", "2015-03"),
        ("3/2015", "2015-03"),
        ("2015-03", "2015-03"),
        ("mars 2015", "2015-03"),
        ("avril 2015", "2015-04"),
        ("March 2015", "2015-03"),
        ("juil. 2015", "2015-07"),
        ("2015", "2015"),
    ],
)
def test_the_precision_is_the_one_given(text, expected):
    assert iso(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("xx/03/2015", "2015-03"),
        ("XX/03/2015", "2015-03"),
        ("??/03/2015", "2015-03"),
        ("../03/2015", "2015-03"),
        ("__/03/2015", "2015-03"),
        ("--/03/2015", "2015-03"),
        ("ND/03/2015", "2015-03"),
        ("xx/xx/2015", "2015"),
    ],
)
def test_a_day_written_as_unknown_leaves_the_month(text, expected):
    assert iso(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2015",
        "29/02/2015",
        "03/14/2015",
        "32/01/2015",
        "00/03/2015",
        "03/00/2015",
        "13/2015",
        "2015-13-01",
        "2015-02-30",
        "14/03/0015",
        "14/03/1015",
        "14/03/2915",
    ],
)
def test_a_date_of_no_calendar_is_never_mended_or_swapped(text):
    assert code(text) == "DATE_IMPOSSIBLE"


@pytest.mark.parametrize(
    "text",
    [
        "hier",
        "10",
        "vers mars 2015",
        "début 2015",
        "été 2015",
        "14/xx/2015",
        "14 2015 03",
        "14/03",
        "2014-2015",
        "14/03/2015 ou 15/03/2015",
        "14/03/2015 ?",
        "14/03.2015",
        "14/03/201",
        "14/03/20155",
        "14//2015",
        "/03/2015",
        "14/03/",
        "12 500",
        "42078",
        "140315",
        "jui 2015",
        "mardi 3 avril 2015",
        "avril 3e 20x5",
        "٣/٤/٢٠١٥",
        "２０１５",
        "3 avril",
        "2015 avril",
        "",
    ],
)
def test_what_is_not_surely_a_date_is_refused(text):
    assert code(text) in ("DATE_UNREADABLE", "DATE_AMBIGUOUS")


@pytest.mark.parametrize("text", ["03/15", "14/03", "avril 15", "xx/03/15"])
def test_two_figures_may_be_a_day_or_a_year(text):
    assert code(text) == "DATE_AMBIGUOUS"


@pytest.mark.parametrize(
    "text",
    [
        "2011/12", "2011-12", "2011 12", "2009.11", "2008\u201310",
        "11/12 2015", "10-11 2015", "10\u201311 2015", "1/2 2015", "11 12/2015", "2015 10/11",
        "11/12 15",
        "mar 15 2016", "mar. 15, 2016", "mar-15-2016", "mar 15 16",
    ],
)  # fmt: skip
def test_two_periods_or_a_day_of_the_week_are_asked(text):
    assert code(text) == "DATE_AMBIGUOUS"


@pytest.mark.parametrize(
    "text",
    [
        "10-11/2015", "10\u201311/2015", "10, 11 2015", "10 et 11/2015", "mars-avril 2015",
        "2011/2012",
        "2011-2012", "03/2015 04/2015", "hiver 2011/12", "S12 2015", "semaine 12 2015", "T1 2015",
        "printemps 2015", "1er trimestre 2015", "week 12 2015", "mardi 15 2016",
    ],
)  # fmt: skip
def test_ranges_seasons_weeks_and_several_dates_are_no_date(text):
    assert code(text) == "DATE_UNREADABLE"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30/11 2015", "2015-11-30"), ("le 11/12 2015", "2015-12-11"),
        ("15 mar 2016", "2016-03-15"),
        ("mar 2016", "2016-03"), ("March 15 2016", "2016-03-15"), ("2015/03", "2015-03"),
        ("2011/12/05", "2011-12-05"), ("11 - 12 - 2015", "2015-12-11"),
    ],
)  # fmt: skip
def test_what_has_one_reading_beside_those_is_still_read(text, expected):
    assert iso(text) == expected


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("14/03/15", "2015-03-14"),
        ("14.03.50", "1950-03-14"),
        ("14 mars 15", "2015-03-14"),
        ("03/04/21", "2021-04-03"),
        ("03/04/22", "1922-04-03"),
    ],
)
def test_a_short_year_is_offered_and_never_completed(text, offered):
    (remark,) = parse_date(text, RECEIVED).remarks
    assert (remark.code, remark.holds) == ("DATE_SHORT_YEAR", True)
    assert remark.context == {"offered": offered}
    assert iso(text) is None


days = st.dates(min_value=dt.date(1800, 1, 1), max_value=dt.date(2199, 12, 31))


@given(days)
def test_every_day_reads_back_from_every_way_to_write_it(day):
    french, english = (MONTHS[language].split()[day.month - 1] for language in ("fr", "en"))
    for text in (
        f"{day:%d/%m/%Y}",
        f"{day.day}.{day.month}.{day.year}",
        day.isoformat(),
        f"{day.day} {french} {day.year}",
        f"{day.day} {english} {day.year}",
        f"{english} {day.day}, {day.year}",
        f"{day:%d%m%Y}",
        f"{day:%Y%m%d}",
    ):
        assert iso(text) == day.isoformat()


@given(days)
def test_every_month_and_year_reads_back(day):
    french = MONTHS["fr"].split()[day.month - 1]
    for text in (f"{day:%m/%Y}", f"{french} {day.year}", f"xx/{day:%m/%Y}"):
        assert iso(text) == f"{day:%Y-%m}"
    may_be_years = day.month > day.year % 100
    assert iso(f"{day:%Y-%m}") == (None if may_be_years else f"{day:%Y-%m}")
    assert iso(str(day.year)) == str(day.year)


@given(st.text(max_size=30) | st.text(alphabet="0123456789/.- xavril", max_size=14))
def test_no_text_makes_the_date_reader_fail_or_invent_a_figure(text):
    value = iso(text)
    if value is not None:
        year = value[:4]
        assert year in text
