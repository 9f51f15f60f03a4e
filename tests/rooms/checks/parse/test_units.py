"""Units written after a number, and bounds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.checks.parse.quantity import parse_quantity
from intake.model.definition import DataType, NumberLimits
from tests.kit.forms import a_unit, an_item, dm_sam, hive

GRAMS = a_unit("g/L", "0.1")
HAEMOGLOBIN = an_item(unit={"fr": "g/dL", "en": "g/dL"}, accepted_units=(GRAMS,))


def item_with(unit: str, *accepted, **more):
    return an_item(unit={"fr": unit}, accepted_units=accepted, **more)


def codes(parsed) -> list[str]:
    return [remark.code for remark in parsed.remarks]


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("g/dL", "8,5 g/dL"),
        ("g/dL", "8,5g/dl"),
        ("g/dL", "8,5 G/DL"),
        ("g/dL", "8,5 g / dL"),
        ("G/L", "8,5 G/l"),
        ("G/L", "8,5 g/l"),
        ("UI/L", "8,5 U/L"),
        ("UI/L", "8,5 ui/l"),
        ("UI/L", "8,5 IU/L"),
        ("µg/L", "8,5 \u03bcg/L"),
        ("µg/L", "8,5 ug/l"),
        ("µg/L", "8,5 mcg/L"),
        ("µmol/L", "8,5 umol/L"),
        ("/mm³", "8,5/mm3"),
        ("/mm³", "8,5 / mm³"),
        ("°C", "8,5 °C"),
        ("°C", "8,5 ° C"),
        ("°C", "8,5 ºC"),
        ("%", "8,5 %"),
        ("%", "8,5\u202f%"),
        ("% théorique", "8,5 %"),
        ("% théorique", "8,5 % theorique"),
        ("mg/j", "8,5 mg/jour"),
        ("mg/j", "8,5 mg/d"),
        ("jours", "8,5 j"),
        ("jours", "8,5 jours"),
        ("/80", "8,5/80"),
        ("/10", "8,5 / 10"),
        ("log10 UI/mL", "8,5 log10"),
        ("log10 UI/mL", "8,5 log10 UI/ml"),
        ("kg", "8,5 Kg"),
    ],
)
def test_the_items_own_unit_is_accepted_in_silence(unit, text):
    parsed = parse_quantity(item_with(unit), text)
    assert parsed.value == Decimal("8.5")
    assert parsed.remarks == ()


@pytest.mark.parametrize(
    ("item", "text", "expected"),
    [
        (HAEMOGLOBIN, "85 g/L", "8.5"),
        (HAEMOGLOBIN, "85g/l", "8.5"),
        (HAEMOGLOBIN, "131 G/L", "13.1"),
        (item_with("G/L", a_unit("/mm³", "0.001")), "45 000/mm3", "45"),
        (item_with("G/L", a_unit("/mm³", "0.001")), "900 /mm³", "0.9"),
        (item_with("°C", a_unit("°F", "5/9", "-32")), "98,6 °F", "37"),
        (item_with("°C", a_unit("°F", "5/9", "-32")), "101,3°f", "38.5"),
        (item_with("mmol/L", a_unit("mg/dL", "0.01129")), "131 mg/dL", "1.47899"),
        (item_with("kg", a_unit("lb", "0.45359237")), "10 lb", "4.5359237"),
        (item_with("°C", a_unit("K", "1", "-273.15")), "310,15 K", "37"),
    ],
)
def test_an_exact_unit_converts_exactly_and_says_so(item, text, expected):
    parsed = parse_quantity(item, text)
    assert f"{parsed.value:f}" == expected
    assert codes(parsed) == ["UNIT_CONVERTED"]
    assert parsed.remarks[0].context == {"value": expected}


COUNT = item_with("G/L", a_unit("/mm³", "0.001"))
CELLS = item_with("G/L", a_unit("/mm³", "0.001"), a_unit("/µL", "0.002"))


@pytest.mark.parametrize(
    "text",
    [
        "9,5 x10^9/L",
        "9,5x10^9/l",
        "9,5 × 10⁹/L",
        "9,5 10⁹/L",
        "9,5 10^9 / L",
        "9,5·10⁹/L",
        "9,5 10^3/mm3",
        "9,5 10³/µL",
        "9,5 Giga/L",
        "9 500/\u03bcl",
    ],
)
def test_a_power_of_ten_written_with_its_unit_is_that_unit(text):
    assert parse_quantity(COUNT, text).value == Decimal("9.5")


@pytest.mark.parametrize(
    "text", ["9,5 x10^9", "9,5 x 10 /L", "9,5 109/L", "9510^9/L", "9,5 10^8/L", "9,5 10E9/L"]
)
def test_a_power_of_ten_is_never_worked_out(text):
    assert parse_quantity(COUNT, text).value is None


def test_a_count_is_no_mass_and_a_listed_unit_is_itself():
    assert parse_quantity(item_with("g/L"), "3 x10^9/L").value is None
    assert parse_quantity(CELLS, "1 000 /µL").value == Decimal(2)


@pytest.mark.parametrize(
    "text", ["39°5", "39º5", "39°5 °C", "39\u02da5", "39°5C", "39°5 c", "39,5 C"]
)
def test_a_degree_sign_is_the_decimal_mark_of_a_temperature(text):
    assert parse_quantity(item_with("°C"), text).value == Decimal("39.5")


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("°C", "39°55"),
        ("°C", "39°"),
        ("°C", "39°5'"),
        ("°F", "101°5"),
        ("g/L", "39°5"),
        ("°C", "39°5 °F"),
    ],
)
def test_a_degree_sign_is_no_decimal_mark_elsewhere(unit, text):
    assert parse_quantity(item_with(unit), text).value is None


def test_a_titre_is_read_where_the_unit_is_one():
    titre = item_with("1/x")
    assert parse_quantity(titre, "1/320").value == Decimal(320)
    assert parse_quantity(titre, "1 : 1 280").value == Decimal(1280)
    for text in ("1/0", "2/320", "> 1/320", "1/320/2", "1/1.280"):
        assert parse_quantity(titre, text).value is None
    assert parse_quantity(item_with("g/L"), "1/320").value is None


def test_below_the_first_titre_is_a_bound():
    for text in ("<1/80", "< 1:80", "<80"):
        assert parse_quantity(item_with("1/x"), text).bound == "<80"
    assert parse_quantity(item_with("g/L"), "<1/80").bound is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("72½", "72.5"), ("72 ½ kg", "72.5"), ("3¼", "3.25"), ("½", "0.5"), ("1 000¾", "1000.75")],
)
def test_halves_and_quarters_are_decimals(text, expected):
    assert parse_quantity(item_with("kg"), text).value == Decimal(expected)


@pytest.mark.parametrize("text", ["2 semaines", "2 weeks", "2 wk", "1 semaine", "14 jours"])
def test_weeks_are_so_many_days(text):
    days = an_item(DataType.INTEGER, unit={"fr": "jours", "en": "days"})
    parsed = parse_quantity(days, text)
    assert parsed.value == (7 if text[0] == "1" and "sem" in text else 14)
    assert codes(parsed) == ([] if "jours" in text else ["UNIT_CONVERTED"])


def test_a_month_is_no_number_of_days_and_a_week_is_no_gram():
    days = an_item(DataType.INTEGER, unit={"fr": "jours", "en": "days"})
    assert codes(parse_quantity(days, "2 mois")) == ["UNIT_UNKNOWN"]
    assert codes(parse_quantity(days, "1,5 semaine")) == ["NUMBER_NOT_WHOLE"]
    assert parse_quantity(item_with("g"), "2 semaines").value is None
    years = an_item(unit={"fr": "ans", "en": "years"})
    assert parse_quantity(years, "18 mois").value == Decimal("1.5")
    assert codes(parse_quantity(years, "20 mois")) == ["UNIT_INEXACT"]


@pytest.mark.parametrize("text", ["4,5 µg/mL FEU", "4.5 ug/ml feu", "4,5 mcg/mL FEU", "4,5 µg/mL"])
def test_micrograms_in_a_millilitre_are_milligrams_in_a_litre(text):
    assert parse_quantity(dm_sam().items["lab_ddimer_dx"], text).value == Decimal(4500)


def test_an_identical_unit_needs_no_note():
    item = item_with("µg/L", a_unit("ng/mL", "1"), a_unit("mg/L", "1000"))
    assert parse_quantity(item, "1 250 ng/mL").remarks == ()
    assert parse_quantity(item, "12,5 mg/L").value == Decimal(12500)


def test_a_conversion_without_an_exact_decimal_is_held_back_and_offered():
    item = item_with("°C", a_unit("°F", "5/9", "-32"))
    parsed = parse_quantity(item, "101 °F")
    assert (parsed.value, codes(parsed)) == (None, ["UNIT_INEXACT"])
    assert parsed.remarks[0].context == {"unit_written": "°F", "offered": "38.33"}


def test_an_inexact_unit_is_held_back_and_offered_when_it_has_a_factor():
    item = item_with("g/dL", a_unit("mmol/L", "1.611", exact=False))
    parsed = parse_quantity(item, "5,3 mmol/L")
    assert codes(parsed) == ["UNIT_INEXACT"]
    assert parsed.remarks[0].context["offered"] == "8.538"
    assert parsed.remarks[0].holds


def test_a_unit_that_never_converts_offers_nothing():
    item = item_with("/80", a_unit("/150", exact=False))
    parsed = parse_quantity(item, "120/150")
    assert codes(parsed) == ["UNIT_INEXACT"]
    assert "offered" not in parsed.remarks[0].context


def test_a_bad_factor_never_converts():
    for factor in ("", "abc", "1/0", "-1", "0", "nan", "inf"):
        parsed = parse_quantity(item_with("kg", a_unit("g", factor)), "12 g")
        assert codes(parsed) == ["UNIT_INEXACT"]


def test_units_that_differ_by_case_alone_are_told_apart():
    item = item_with("g/L", a_unit("G/L", "1000"))
    assert parse_quantity(item, "2 g/L").value == Decimal(2)
    assert parse_quantity(item, "2 G/L").value == Decimal(2000)
    assert codes(parse_quantity(item_with("X/l", a_unit("x/L", "10")), "2 X/L")) == ["UNIT_UNKNOWN"]


def test_half_the_name_of_another_unit_never_converts():
    item = item_with("µg/L", a_unit("mg FEU/L", "1000"))
    assert parse_quantity(item, "5 mg FEU/L").value == Decimal(5000)
    assert codes(parse_quantity(item, "5 mg")) == ["UNIT_UNKNOWN"]


def test_mega_and_milli_are_not_one_prefix():
    assert codes(parse_quantity(item_with("mUI/L"), "2 MUI/L")) == ["UNIT_UNKNOWN"]
    assert parse_quantity(item_with("mUI/L"), "2 mui/l").value == Decimal(2)
    assert parse_quantity(item_with("MUI"), "3 MUI").value == Decimal(3)


def test_a_longer_unit_is_not_taken_for_its_first_word():
    item = item_with("µg/L", a_unit("ng/mL", "1"), a_unit("ng/mL DDU", "2", exact=False))
    assert parse_quantity(item, "500 ng/mL").value == Decimal(500)
    assert codes(parse_quantity(item, "500 ng/mL DDU")) == ["UNIT_INEXACT"]


@pytest.mark.parametrize("text", ["85 g/kg", "85 mmol", "85 %", "12 fois la normale", "3N", "39°"])
def test_any_other_unit_is_held_back(text):
    parsed = parse_quantity(HAEMOGLOBIN, text)
    assert (parsed.value, codes(parsed)) == (None, ["UNIT_UNKNOWN"])


def test_an_item_without_unit_reads_no_unit():
    assert codes(parse_quantity(an_item(), "12 mg")) == ["NUMBER_UNREADABLE"]


def test_both_readings_of_a_converted_number_meet_the_limits():
    limits = NumberLimits(Decimal("1.5"), Decimal(22))
    item = item_with("g/dL", GRAMS, limits=limits)
    assert parse_quantity(item, "85.000 g/L").value == Decimal("8.5")
    wide = item_with("µg/L", a_unit("ng/mL", "1"), limits=NumberLimits(Decimal(1), Decimal(10**6)))
    assert codes(parse_quantity(wide, "12.500 ng/mL")) == ["NUMBER_AMBIGUOUS"]


def test_the_unit_of_another_answer_is_the_only_one_accepted():
    item = dm_sam().items["lab_tg_dx"]
    assert parse_quantity(item, "2,65 g/L", ("g/L",)).value == Decimal("2.65")
    assert codes(parse_quantity(item, "2,65 g/L", ("mg/dL",))) == ["UNIT_UNKNOWN"]
    assert codes(parse_quantity(item, "2,65 g/L", ())) == ["UNIT_UNKNOWN"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("< 30", "<30"),
        ("<30", "<30"),
        ("> 40 000", ">40000"),
        (">40\u202f000 µg/L", ">40000"),
        ("≤ 0,5", "<=0.5"),
        ("=< 0,5", "<=0.5"),
        ("<=0.50", "<=0.5"),
        ("≥ 5", ">=5"),
        (">= 5", ">=5"),
    ],
)
def test_a_bound_is_kept_as_a_bound(text, expected):
    parsed = parse_quantity(item_with("µg/L"), text)
    assert (parsed.value, parsed.bound) == (None, expected)
    assert codes(parsed) == ["BOUND_KEPT"]
    assert not parsed.faulty


def test_a_bound_converts_exactly_or_not_at_all():
    item = item_with("g/dL", GRAMS, a_unit("mmol/L", "1.611", exact=False))
    parsed = parse_quantity(item, "< 85 g/L")
    assert parsed.bound == "<8.5"
    assert codes(parsed) == ["UNIT_CONVERTED", "BOUND_KEPT"]
    assert codes(parse_quantity(item, "< 5 mmol/L")) == ["UNIT_INEXACT"]


@pytest.mark.parametrize("text", ["<", "< seuil", "> 1.234,5", "<< 30", "< -", "<>5"])
def test_a_bound_without_a_number_is_refused(text):
    parsed = parse_quantity(item_with("µg/L"), text)
    assert (parsed.bound, codes(parsed)) == (None, ["BOUND_UNREADABLE"])


@pytest.mark.parametrize("text", ["=> 30", "inf à 30", "sup. 5", "30 <", "moins de 5"])
def test_words_and_arrows_are_no_bounds(text):
    parsed = parse_quantity(item_with("µg/L"), text)
    assert parsed.is_empty
    assert parsed.faulty


def test_a_bound_of_a_whole_number_is_whole():
    item = an_item(DataType.INTEGER)
    assert parse_quantity(item, "> 4").bound == ">4"
    assert codes(parse_quantity(item, "> 4,5")) == ["NUMBER_NOT_WHOLE"]


def test_an_ambiguous_bound_is_refused():
    assert codes(parse_quantity(item_with("µg/L"), "> 40.000")) == ["NUMBER_AMBIGUOUS"]


NUMBERS = [item for form in (dm_sam(), hive()) for item in form.items.values() if item.is_number]


@given(
    item=st.sampled_from(NUMBERS),
    number=st.decimals(min_value=0, max_value=10**5, places=1),
    data=st.data(),
)
def test_every_listed_unit_converts_exactly_or_is_held_back(item, number, data):
    symbols = [*item.unit.values(), *(unit.symbol for unit in item.accepted_units), ""]
    symbol = data.draw(st.sampled_from(symbols))
    parsed = parse_quantity(item, f"{number} {symbol}")
    if parsed.value is None:
        assert parsed.faulty
        return
    unit = next((u for u in item.accepted_units if u.symbol == symbol), None)
    expected = number
    if unit is not None:
        top, _, bottom = unit.factor.partition("/")
        expected = (number + Decimal(unit.offset)) * Decimal(top) / Decimal(bottom or 1)
    assert parsed.value == expected
