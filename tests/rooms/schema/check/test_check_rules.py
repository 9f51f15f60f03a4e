"""Faults planted into rules, derived values and scores are found, at their place, with words."""

from __future__ import annotations

import pytest

from intake.schema.check import programs as check_programs
from intake.schema.check.document import check_document
from tests.rooms.schema.check.test_check import GONE, HIVE, found_at, planted

P = "/properties"
ROW = "/properties/mite_check/items"
RULE, ROW_RULE = "/x-rules/0", f"{ROW}/x-rules/0"
VALUE, ROW_VALUE = "/x-derived/0", f"{ROW}/x-derived/0"
PART = "/x-scores/0/parts/0"


@pytest.fixture(autouse=True)
def _few_records(monkeypatch):
    monkeypatch.setattr(check_programs, "FULL_RECORDS", 20)


FAULTS = [
    # names
    (f"{RULE}/when", "before(wintering_dat, queen_born)", f"{RULE}/when", "mean wintering_date"),
    (f"{RULE}/items/0", "queen_bron", f"{RULE}/items/0", "Did you mean queen_born"),
    (f"{RULE}/items/0", "mite_count", f"{RULE}/items/0", "Name items of the form"),
    (f"{ROW_RULE}/items/0", "amount", f"{ROW_RULE}/items/0", "that this rule can show"),
    (f"{ROW_RULE}/items", ["weight", "mite_count"], f"{ROW_RULE}/items/0", "one of its rows"),
    (f"{RULE}/message/fr", "Âge : {qeen_born}", f"{RULE}/message/fr", "nothing is named"),
    (f"{RULE}/message/fr", "Âge : {", f"{RULE}/message/fr", "a brace is not part"),
    ("/x-rules/2/hides/0", "DATE_UNUSAL", "/x-rules/2/hides/0", "DATE_UNUSUAL"),
    ("/x-rules/2/each/0/lo", 3, "/x-rules/2/each/0/lo", "{lo} is not used"),
    ("/x-rules/2/each/0/low", GONE, "/x-rules/2/each/0", "'low' is missing here"),
    (f"{VALUE}/name", "weight", f"{VALUE}/name", "is also /properties/weight"),
    (f"{VALUE}/name", "c_risk_min", "/x-scores/0/name", "is also /x-derived/0"),
    (f"{VALUE}/name", "has_queen", f"{VALUE}/name", "made by the program"),
    # codes and types
    (f"{RULE}/when", 'breed == "bukc"', f"{RULE}/when", "never 'bukc'"),
    (f"{RULE}/when", "weight > 3", f"{RULE}/when", "write 3.0"),
    (
        f"{RULE}/when",
        "queen_born > wintering_date",
        f"{RULE}/when",
        "does not work between date, date",
    ),
    (f"{RULE}/when", "days_min(queen_born, wintering_date)", f"{RULE}/when", "bool is needed"),
    (f"{RULE}/when", "c_queen_years > 3.0", f"{RULE}/when", "write 3.0, not 3"),
    (f"{VALUE}/expression", "weight", f"{VALUE}/expression", "int is needed here"),
    (f"{VALUE}/relevant", "weight", f"{VALUE}/relevant", "bool is needed here"),
    (f"{PART}/points", "weight < 25.0 ? 2.0 : 0.0", f"{PART}/points", "int is needed"),
    (f"{VALUE}/type", "date", f"{VALUE}/type", "is not one of"),
    ("/x-tables/high_load/values", {"mars": 0.1}, f"{ROW}/x-derived/1/expression", "never 'mars'"),
    (f"{P}/honey/x-relevant", "c_queen_years > 2", f"{P}/honey/x-relevant", "computed later"),
    # on random records
    (f"{RULE}/when", "weight > 121.0", f"{RULE}/when", "can never fire"),
    (f"{RULE}/when", "weight > 4.0 || !has_weight", f"{RULE}/when", "fires on every record"),
    (f"{RULE}/when", "[true][brood_frames]", f"{RULE}/when", "ends in an error on some records"),
    (f"{VALUE}/expression", "[1][brood_frames + 1]", VALUE, "c_queen_years ends in an error"),
    (f"{VALUE}/relevant", "weight > 121.0", f"{VALUE}/expression", "can never be computed"),
    (f"{PART}/points", "weight < 25.0 ? 5 : 0", "/x-scores/0", "outside its range"),
    (
        f"{ROW_VALUE}/expression",
        "c_high ? 1.0 : 2.0",
        f"{ROW_VALUE}",
        "depends on itself: ",
    ),
    # what must not be told
    (f"{RULE}/message/de", "{region}", f"{RULE}/message/de", "would print 'region'"),
    (f"{RULE}/message/de", "{remarks}", f"{RULE}/message/de", "would print 'remarks'"),
    (f"{RULE}/message/de", "{queen_born}", f"{RULE}/message/de", "would print 'queen_born'"),
    (f"{VALUE}/expression", "day_queen_born", f"{VALUE}/expression", "tell a calendar date"),
    (
        f"{VALUE}/expression",
        'days_min(date("2000-01-01"), queen_born)',
        f"{VALUE}/expression",
        "tell a calendar date",
    ),
    # languages
    (f"{RULE}/message/de", GONE, f"{RULE}/message", "missing in 'de'"),
    (f"{VALUE}/x-i18n/fr", GONE, VALUE, "the title is missing in 'fr'"),
    ("/x-scores/0/x-i18n/fr", GONE, "/x-scores/0", "the title is missing in 'fr'"),
    (f"{PART}/x-i18n/de", GONE, PART, "the title is missing in 'de'"),
    (f"{ROW_VALUE}/x-i18n/fr", GONE, ROW_VALUE, "the title is missing in 'fr'"),
    (f"{VALUE}/unit/de", GONE, f"{VALUE}/unit", "missing in 'de'"),
]


@pytest.mark.parametrize(("place", "value", "pointer", "words"), FAULTS)
def test_a_planted_fault_is_found_at_its_place(place, value, pointer, words):
    assert words in found_at(planted((place, value)), pointer)


def test_a_value_that_repeats_free_text_is_found():
    document = planted((f"{VALUE}/type", "string"), (f"{VALUE}/expression", "remarks"))
    assert "it may repeat remarks" in found_at(document, f"{VALUE}/expression")
    hidden = planted(
        (f"{VALUE}/type", "string"),
        (f"{VALUE}/expression", "remarks"),
        (f"{VALUE}/internal", True),
    )
    assert not any("may repeat" in fault.problem for fault in check_document(hidden))


def test_a_computed_text_compared_with_one_that_it_never_is_is_found():
    level = {"type": "string", "expression": 'c_queen_years > 2 ? "old" : "young"'}
    named = HIVE["x-derived"][0] | level | {"name": "c_level"}
    values = [*HIVE["x-derived"], named]
    wrong = planted(("/x-derived", values), (f"{RULE}/when", 'c_level == "yung"'))
    assert "c_level is never 'yung' Did you mean young?" in found_at(wrong, f"{RULE}/when")
    wrong = planted(("/x-derived", values), (f"{RULE}/when", 'c_level in ["old", "new"]'))
    assert "c_level is never 'new'" in found_at(wrong, f"{RULE}/when")
    right = planted(("/x-derived", values), (f"{RULE}/when", 'c_level == "young"'))
    assert check_document(right) == ()


def test_the_good_schema_has_no_fault():
    assert check_document(HIVE) == ()


def test_a_computed_text_that_its_codes_do_not_name_is_found():
    entry = HIVE["x-derived"][0] | {
        "name": "c_level",
        "type": "string",
        "expression": 'c_queen_years > 2 ? "old" : "not old"',
    }
    words = {"x-i18n": {"fr": {"title": "T"}, "de": {"title": "T"}}, "title": "T"}

    def faults(codes, **changed):
        listed = {"codes": {"oneOf": [{"const": code, **words} for code in codes]}}
        values = [*HIVE["x-derived"], entry | listed | changed]
        return " ".join(fault.problem for fault in check_document(planted(("/x-derived", values))))

    assert "not old has no words" in faults(["old"])
    assert not faults(["old", "not old"])
    whole = {"type": "integer", "expression": "c_queen_years"}
    assert "only a text has codes" in faults(["old"], **whole)
