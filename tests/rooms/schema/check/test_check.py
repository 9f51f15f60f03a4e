"""Each fault planted into a good schema is found, at its place, with words."""

from __future__ import annotations

import copy
import json

import pytest

from intake.schema.check import programs as check_programs
from intake.schema.check.document import check_document
from tests.kit import places

HIVE = json.loads(places.HIVE.read_text(encoding="utf-8"))
P = "/properties"
CHECK = f"{P}/mite_check/items/properties"
TREAT = f"{P}/treatment/items/properties"
GONE = object()


def planted(*changes):
    """Return the good schema with each (pointer, value) put in; GONE takes out."""
    document = copy.deepcopy(HIVE)
    for pointer, value in changes:
        *steps, last = pointer.removeprefix("/").split("/")
        at = document
        for step in steps:
            at = at[int(step)] if isinstance(at, list) else at[step]
        key = int(last) if isinstance(at, list) else last
        if value is GONE:
            del at[key]
        else:
            at[key] = value
    return document


def moved(name, new, group="properties"):
    """Return the good schema with one property renamed in place, and nothing else."""
    document = copy.deepcopy(HIVE)
    at = document["properties"]
    if group != "properties":
        at = at[group]["items"]["properties"]
    renamed = {new if key == name else key: value for key, value in at.items()}
    at.clear()
    at.update(renamed)
    return document


def an_option(code, title):
    words = {language: {"title": f"{title} {language}"} for language in ("fr", "de")}
    return {"const": code, "title": title, "x-i18n": words}


def found_at(document, pointer, **options):
    faults = check_document(document, **options)
    at = [fault for fault in faults if fault.pointer == pointer]
    assert at, [(fault.pointer, fault.problem) for fault in faults]
    return " / ".join(f"{fault.problem} {fault.advice}" for fault in at)


@pytest.fixture(autouse=True)
def _few_records(monkeypatch):
    """Twenty records show every planted fault; the published schemas are tried on all."""
    monkeypatch.setattr(check_programs, "FULL_RECORDS", 20)


WORDS = [
    ("/x-sections/1/title", GONE, "/x-sections/1", "title"),
    (f"{P}/weight/x-i18n/de", GONE, f"{P}/weight", "the title is missing in 'de'"),
    (
        f"{P}/region/x-i18n/fr/description",
        GONE,
        f"{P}/region",
        "the description is missing in 'fr'",
    ),
    (f"{P}/breed/oneOf/2/x-i18n/fr", GONE, f"{P}/breed/oneOf/2", "missing in 'fr'"),
    ("/$defs/yes_no/oneOf/0/x-i18n/de/title", " ", "/$defs/yes_no/oneOf/0", "missing in 'de'"),
    ("/x-i18n/de/title", "  ", "", "the title is missing in 'de'"),
    (f"{P}/weight/title", "  ", f"{P}/weight/title", "the title is empty"),
    (f"{P}/weight/x-i18n/es", {"title": "Peso"}, f"{P}/weight/x-i18n/es", "'es' is not a language"),
    (
        f"{P}/weight/x-range-message/message/de",
        GONE,
        f"{P}/weight/x-range-message/message",
        "missing in 'de'",
    ),
    (
        f"{P}/weight/x-accepted-units/0/note/fr",
        GONE,
        f"{P}/weight/x-accepted-units/0/note",
        "missing in 'fr'",
    ),
    (
        f"{P}/breed/oneOf/1/title",
        "BÚCKFAST",
        f"{P}/breed/oneOf/1",
        "have the same label in 'en'",
    ),
    (
        f"{P}/breed/oneOf/1/x-i18n/de/title",
        "mell",
        f"{P}/breed/oneOf/1",
        "the code of another option",
    ),
]
CODES = [
    (f"{P}/breed/oneOf/0/const", "Off", f"{P}/breed/oneOf/0/const", "cannot be a code"),
    (f"{P}/breed/oneOf/0/const", "_", f"{P}/breed/oneOf/0/const", "cannot be a code"),
    (f"{P}/breed/oneOf/0/const", "a__b", f"{P}/breed/oneOf/0/const", "cannot be a code"),
    (f"{P}/breed/oneOf/0/const", "é", f"{P}/breed/oneOf/0/const", "cannot be a code"),
    (f"{P}/breed/oneOf/0/const", "a b", f"{P}/breed/oneOf/0/const", "cannot be a code"),
    (f"{P}/breed/oneOf/0/const", "CARN", f"{P}/breed/oneOf/1/const", "used twice in this list"),
    (f"{P}/weight/x-code", "A05x", f"{P}/weight/x-code", "no visible code"),
    (f"{P}/weight/x-code", "a05", f"{P}/weight/x-code", "no visible code"),
    (f"{P}/weight/x-code", "C05", f"{P}/weight/x-code", "letter of section 'colony'"),
    (f"{P}/weight/x-code", "B04", f"{P}/weight/x-code", "also the code of brood_frames"),
    ("/x-sections/1/letter", "A", "/x-sections/1/letter", "'A' is used twice"),
    (
        "/x-sections",
        [*HIVE["x-sections"], {"letter": "Z", "name": "attic", "title": "Attic", "x-i18n": {}}],
        f"/x-sections/{len(HIVE['x-sections'])}",
        "the section 'attic' asks nothing",
    ),
    (f"{P}/weight/x-section", "cellar", f"{P}/weight/x-section", "no section 'cellar'"),
]
LIMITS = [
    (f"{P}/weight/x-soft/min", 2, f"{P}/weight", "out of order: 5, 2, 70, 120"),
    (f"{P}/weight/x-soft/max", 200, f"{P}/weight", "out of order"),
    (f"{P}/weight/minimum", 130, f"{P}/weight", "out of order"),
    (f"{P}/queen_born/x-soft/min", "2014-01-01", f"{P}/queen_born", "out of order"),
    (f"{P}/queen_born/x-latest", "2014-01-01", f"{P}/queen_born", "out of order"),
    (f"{P}/survey_time/x-latest", "03:00", f"{P}/survey_time", "out of order"),
    (f"{P}/survey_time/x-soft/min", "03:59", f"{P}/survey_time", "out of order"),
    (f"{P}/survey_time/x-latest", "today", f"{P}/survey_time/x-latest", ""),
    (f"{P}/survey_time/x-latest", "24:00", f"{P}/survey_time/x-latest", ""),
    (f"{P}/survey_time/x-soft/min", "8:00", f"{P}/survey_time/x-soft/min", ""),
    (f"{P}/survey_time/pattern", "^.{5}$", f"{P}/survey_time/pattern", ""),
    (f"{P}/survey_time/maxLength", 5, f"{P}/survey_time", "not what is expected"),
    (f"{P}/survey_time/format", "time", f"{P}/survey_time/format", ""),
    (f"{P}/survey_date/x-latest", "08:05", f"{P}/survey_date/x-latest", ""),
    ("/x-form/day_zero", "survey_time", "/x-form/day_zero", "cannot serve here"),
    ("/x-identity/items", ["region", "survey_time"], "/x-identity/items/1", "cannot serve here"),
    (f"{P}/region/minLength", 4, f"{P}/region", "out of order: 4, 3"),
    (f"{P}/region/pattern", "^[A-Z{3}$", f"{P}/region/pattern", "no regular expression"),
    (f"{P}/region/pattern", "[A-Z]{3}", f"{P}/region/pattern", "a part of the answer"),
    (f"{P}/region/pattern", "^(?=A)[A-Z]{3}$", f"{P}/region/pattern", "too rich to be tried"),
]
REFERENCES = [
    ("/x-form/day_zero", "winter", "/x-form/day_zero", "named 'winter'"),
    ("/x-form/day_zero", "weight", "/x-form/day_zero", "weight cannot serve here"),
    ("/x-form/day_zero", "given_on", "/x-form/day_zero", "no item that can serve"),
    ("/x-form/filling_date", "breed", "/x-form/filling_date", "breed cannot serve here"),
    ("/x-identity/items/1", "nobody", "/x-identity/items/1", "named 'nobody'"),
    ("/x-identity/items/1", "weight", "/x-identity/items/1", "weight cannot serve here"),
    ("/x-identity/centre", "breed", "/x-identity/centre", "not one of the items of x-identity"),
    (
        f"{P}/queen_born/x-complete/not-after/0",
        "nobody",
        f"{P}/queen_born/x-complete/not-after/0",
        "named 'nobody'",
    ),
    (
        f"{P}/queen_born/x-complete/not-after/0",
        "given_on",
        f"{P}/queen_born/x-complete/not-after/0",
        "named 'given_on'",
    ),
    (
        f"{P}/queen_born/x-complete/not-after/0",
        "weight",
        f"{P}/queen_born/x-complete/not-after/0",
        "weight cannot serve",
    ),
    (f"{P}/weight/x-unit-item", "coldest", f"{P}/weight/x-unit-item", "is a choice"),
    ("/x-eligibility/items/0", "nothing", "/x-eligibility/items/0", "named 'nothing'"),
    ("/x-eligibility/objection/code", "never", "/x-eligibility/objection/code", "yes, wait, no"),
    (
        "/x-eligibility/objection/item",
        "weight",
        "/x-eligibility/objection/item",
        "weight cannot serve",
    ),
]
PROGRAMS = [
    (f"{P}/honey/x-relevant", "alife", f"{P}/honey/x-relevant", "Did you mean alive?"),
    (f"{P}/honey/x-relevant", "weight > 3", f"{P}/honey/x-relevant", "write 3.0"),
    (f"{P}/honey/x-relevant", "weight", f"{P}/honey/x-relevant", "bool is needed here"),
    (f"{P}/honey/x-relevant", 'breed == "bukc"', f"{P}/honey/x-relevant", "never 'bukc'"),
    (f"{P}/treatment/x-relevant", 'product == "oxa"', f"{P}/treatment/x-relevant", "treatment.exi"),
    (
        f"{TREAT}/product_other/x-relevant",
        'check_method == "alc"',
        f"{TREAT}/product_other/x-relevant",
        "asked in the group mite_check",
    ),
    (f"{P}/honey/x-relevant", "has_honey", f"{P}/honey/x-relevant", "depends on itself"),
    (f"{P}/honey/x-relevant", "weight > 121.0", f"{P}/honey/x-relevant", "can never fire"),
    (f"{P}/honey/x-relevant", "weight > 4.9", f"{P}/honey/x-relevant", "it is never false"),
    (f"{P}/honey/x-relevant", "1 < 2", f"{P}/honey/x-relevant", "true on every record"),
    (f"{P}/honey/x-required", "alive && !alive", f"{P}/honey/x-required", "can never fire"),
    (
        f"{P}/honey/x-relevant",
        'breed in ["buck", "carn", "ligu", "mell"]',
        f"{P}/honey/x-relevant",
        "write has_X",
    ),
    (
        f"{P}/honey/x-relevant",
        "[true][brood_frames]",
        f"{P}/honey/x-relevant",
        "ends in an error on some records",
    ),
    (
        f"{TREAT}/product_other/x-relevant",
        "double(product) > 1.0",
        f"{TREAT}/product_other/x-relevant",
        "ends in an error on some records",
    ),
]
SHAPE = [
    (f"{P}/weight/x-relevent", "alive", f"{P}/weight", "'x-relevent' is not a keyword here"),
    (f"{P}/weight/x-relevent", "alive", f"{P}/weight", "Did you mean x-relevant?"),
    ("/x-form/version", "1.0", "/x-form/version", '"1.0" does not have the form'),
    ("/x-identity", GONE, "", "'x-identity' is missing"),
    (f"{P}/weight/maximum", "12", f"{P}/weight/maximum", '"12" is not number'),
    (f"{P}/weight/x-missing/0", "ND", f"{P}/weight/x-missing/0", "is not one of NOTDONE"),
    (f"{P}/breed/oneOf/4/x-reason", "NK", f"{P}/breed/oneOf/4/x-reason", "is not one of NOTDONE"),
    (f"{P}/mite_check/x-rows", 0, f"{P}/mite_check/x-rows", "0 is not what is expected"),
    (f"{P}/fed/$ref", "#/$defs/yesno", f"{P}/fed", "does not lead to an entry of $defs"),
]


@pytest.mark.parametrize(
    ("place", "value", "pointer", "words"),
    [*WORDS, *CODES, *LIMITS, *REFERENCES, *PROGRAMS, *SHAPE],
)
def test_a_planted_fault_is_found_at_its_place(place, value, pointer, words):
    assert words in found_at(planted((place, value)), pointer)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("Weight", "not a legal name"),
        ("_weight", None),
        ("hive__weight", "not a legal name"),
        ("poids_é", "not a legal name"),
        ("for", "word of the expression language"),
        ("string", "word of the expression language"),
        ("has_breed", "made by the program"),
        ("why_weight", "made by the program"),
        ("day_born", "made by the program"),
        ("row", "number of the printed row"),
        ("dm2", "a cell for spreadsheets"),
        ("r1c1", "a cell for spreadsheets"),
        ("r", "a cell for spreadsheets"),
        ("true", "a cell for spreadsheets"),
        ("w" * 41, "has 41 characters, 40 at most"),
    ],
)
def test_a_name_that_a_format_or_an_expression_cannot_use_is_found(new, words):
    document = moved("weight", new)
    if words is None:
        assert check_document(document)
    else:
        assert words in found_at(document, f"{P}/{new}")


def test_a_name_used_in_a_group_and_outside_is_found():
    assert "also the name of" in found_at(
        moved("product", "weight", group="treatment"), f"{TREAT}/weight"
    )


def test_the_address_of_the_last_row_and_option_counts():
    long = "board_with_a_grid_under_the_hive_for_days"

    document = planted((f"{P}/signs/items/oneOf/1/const", long))

    assert "40 at most" in found_at(document, f"{P}/signs")


@pytest.mark.parametrize(
    ("group", "more", "where", "words"),
    [
        ("treatment", {"item": "signs", "most": 4}, "/most", "not more than the 4"),
        ("treatment", {"item": "signs", "code": "zz"}, "/code", "is not a code of signs"),
        ("treatment", {"item": "nobody"}, "/item", "no choice outside groups"),
        ("treatment", {"item": "weight"}, "/item", "no choice outside groups"),
        ("treatment", {"item": "product"}, "/item", "no choice outside groups"),
        ("treatment", {"item": "fed", "rows": 3}, "", "'rows' is not a keyword"),
        ("mite_check", {"item": "fed"}, "", "values are printed"),
    ],
)
def test_further_rows_that_nobody_could_ask_for_are_found(group, more, where, words):
    asked = {"item": "fed", "code": "1", "most": 9, **more}
    pointer = f"{P}/{group}/x-more-rows"
    said = found_at(planted((pointer, asked)), pointer + where)
    assert words in said


def test_the_address_of_the_last_row_that_a_record_holds_counts():
    fits = "p" * 26
    document = moved("amount", fits, "treatment")
    more = {"item": "fed", "code": "1", "most": 12}
    document["properties"]["treatment"]["x-more-rows"] = more

    assert "40 at most" in found_at(document, f"{TREAT}/{fits}")


def test_the_address_of_an_item_in_a_group_counts_the_group_and_the_row():
    fits, long = "p" * 26, "p" * 27

    assert "40 at most" in found_at(moved("amount", long, "treatment"), f"{TREAT}/{long}")
    faults = check_document(moved("amount", fits, "treatment"))
    assert not [fault for fault in faults if fault.pointer == f"{TREAT}/{fits}"]


def test_codes_that_differ_by_case_alone_are_one_code():
    options = [*HIVE["properties"]["signs"]["items"]["oneOf"], an_option("Chalk", "Chalky")]

    document = planted((f"{P}/signs/items/oneOf", options))

    assert "is used twice" in found_at(document, f"{P}/signs/items/oneOf/5/const")


def test_a_circle_of_conditions_is_found_once():
    document = planted(
        (f"{P}/honey/x-relevant", "syrup > 1.0"), (f"{P}/syrup/x-relevant", "honey > 1.0")
    )

    faults = [f for f in check_document(document) if "depends on itself" in f.problem]

    assert len(faults) == 1
    assert faults[0].problem.endswith("syrup -> honey -> syrup")


def test_a_circle_through_a_group_is_found():
    document = planted(
        (f"{P}/treated/x-relevant", 'treatment.exists(r, r.product == "oxa")'),
    )

    assert "depends on itself" in found_at(document, f"{P}/treated/x-relevant")


def test_all_faults_are_named_not_the_first():
    document = planted(
        (f"{P}/weight/x-i18n/de", GONE),
        (f"{P}/weight/x-soft/min", 2),
        (f"{P}/honey/x-relevant", "alife"),
        ("/x-identity/centre", "breed"),
        (f"{P}/breed/oneOf/0/const", "Off"),
    )

    pointers = {fault.pointer for fault in check_document(document)}

    assert {
        f"{P}/weight",
        f"{P}/honey/x-relevant",
        "/x-identity/centre",
        f"{P}/breed/oneOf/0/const",
    } <= pointers


def test_a_time_is_not_taken_for_a_date_to_count_from():
    """With words missing, what is left is compiled from the first date, to show all faults."""
    document = planted(
        (f"{P}/survey_date/format", GONE),
        (f"{P}/survey_date/pattern", GONE),
        (f"{P}/survey_date/x-earliest", GONE),
        (f"{P}/survey_date/x-latest", GONE),
        (f"{P}/loss_date/x-complete/not-after", GONE),
        (f"{P}/weight/x-i18n/de", GONE),
        ("/x-rules/1/when", "alive && weigth > 5.0"),
    )
    assert "Did you mean weight" in found_at(document, "/x-rules/1/when")


def test_a_character_that_the_font_lacks_is_found_in_every_language():
    plain = frozenset(range(0x20, 0x180)) | {0x2019, 0x2026, 0xA0}
    document = planted(
        (f"{P}/weight/title", "Weight ☃"), (f"{P}/breed/oneOf/0/x-i18n/fr/title", "Ω")
    )

    assert "U+2603" in found_at(document, f"{P}/weight/title", printable=plain)
    assert "U+03A9" in found_at(document, f"{P}/breed/oneOf/0/x-i18n/fr/title", printable=plain)
    assert "U+03A9" in found_at(
        planted((f"{P}/weight/x-unit", "Ω")), f"{P}/weight/x-unit", printable=plain
    )
    assert check_document(HIVE, printable=plain) == ()


def test_conditions_on_small_ranges_and_dates_are_seen_both_ways():
    document = planted(
        (f"{P}/honey/x-relevant", "weight > 33.25 && weight < 33.5"),
        (f"{P}/syrup/x-relevant", "days_min(queen_born, wintering_date) == 250"),
        (f"{P}/loss_date/x-relevant", 'before(wintering_date, date("2023-08-04"))'),
        (f"{P}/loss_detail/x-required", 'remarks == "see letter"'),
    )

    assert check_document(document) == ()


@pytest.mark.parametrize(
    "damage", [{}, {"properties": 3}, {"x-form": []}, {"properties": {"a": 1}}]
)
def test_a_document_of_any_shape_gives_faults_and_never_an_exception(damage):
    assert check_document(damage)
    assert check_document({**HIVE, **damage, "title": 3})


@pytest.mark.parametrize("pointer", ["x-form", "x-sections", "x-identity", "properties", "$defs"])
@pytest.mark.parametrize("value", [None, 3, [None], {"a": None}])
def test_a_part_of_the_wrong_kind_gives_faults_and_never_an_exception(pointer, value):
    assert check_document({**HIVE, pointer: value})


def test_every_fault_says_what_to_do():
    document = planted(*((place, value) for place, value, _, _ in [LIMITS[0], PROGRAMS[0]]))

    assert all(fault.problem and fault.advice for fault in check_document(document))
