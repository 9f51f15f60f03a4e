"""A second study, unlike the first, goes through the same program."""

from __future__ import annotations

import pytest

from intake.expressions.program import compile_program
from intake.model.address import places
from intake.model.definition import DataType, MissingReason
from intake.schema.validate import structure_errors
from intake.workspace.form_library import SchemaLibrary
from tests.kit.places import SECOND_STUDY

FOLDER = SECOND_STUDY / "schemas"


@pytest.fixture(scope="module")
def form():
    return SchemaLibrary(FOLDER).get("hive", "2.1.0")


def test_speaks_three_languages_and_english_is_the_default(form):
    assert form.languages == ("en", "fr", "de")
    assert form.items["fed"].options[0].title == {"en": "Yes", "fr": "Oui", "de": "Ja"}


def test_is_identified_by_other_items_than_letters_and_a_birth_date(form):
    assert form.identity.items == ("region", "apiary_number", "hive_number")
    assert form.identity.centre == "region"
    assert form.items["hive_number"].data_type is DataType.INTEGER
    assert form.objection.code == "no"


def test_has_a_group_with_fixed_rows_and_one_with_free_rows(form):
    assert form.groups["mite_check"].fixed_values == ("mar", "jun", "sep")
    assert form.groups["treatment"].fixed_item is None
    assert form.groups["treatment"].rows == 4


def test_uses_other_codes_for_unknown_and_not_done(form):
    assert form.items["treated"].option("8").reason is MissingReason.UNK
    assert form.items["signs"].option("nl").reason is MissingReason.NOTDONE
    assert form.items["treated"].is_yes_no


def test_every_condition_compiles(form):
    for item in form.items.values():
        for source in filter(None, (item.relevant, item.required)):
            compile_program(form, source, group=item.group, returns=bool)


def test_addresses_fit_the_three_formats(form):
    addresses = [place.address for place in places(form)]
    assert len(set(addresses)) == len(addresses)
    assert max(map(len, addresses)) <= 40


def test_a_record_is_checked_by_the_stock_validator(form):
    record = {
        "region": "ARD",
        "apiary_number": "0412",
        "hive_number": 7,
        "wintering_date": "2025-09",
        "coldest": -11.5,
        "signs": ["chalk", "dwv"],
        "mite_check": [{"_row": 2, "check_month": "jun", "_missing": {"mite_count": "NAV"}}],
    }
    assert structure_errors(form, record) == []
    assert structure_errors(form, record | {"hive_number": "7", "coldest": -60}) == [
        ("$.coldest", "minimum"),
        ("$.hive_number", "type"),
    ]
