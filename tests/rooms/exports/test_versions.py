"""Two versions of a form in one dataset: the newest columns, each value with its version."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from intake.exports.dataset import Profile, dataset_files
from intake.model.definition import MissingReason
from intake.model.finding import Finding, Severity
from intake.model.submission import Value
from intake.schema.compile.definition import compile_definition
from tests.kit.two_versions import new_document, new_form, old_form

OLD, NEW = old_form(), new_form()
HELD = {
    "region": "NOR",
    "visit": "2020-01-02",
    "height_cm": 171.5,
    "colour": "red",
    "signs": ["rash", "pain"],
    "stay": [{"_row": 2, "stay_days": 4}],
}


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))


def by_item(files):
    return {(line["item"], line["row"]): line for line in rows(files["values.csv"])}


@pytest.fixture
def stored(build):
    return build(OLD, HELD)


def exported(*records, forms=(OLD, NEW), profile=Profile.FULL):
    return dataset_files(records, [], forms, profile=profile)


def test_an_older_record_stands_in_the_newest_columns(stored):
    files = exported(stored)
    (line,) = rows(files["records.csv"])
    assert (line["height"], line["colour"], line["signs"]) == ("171.5", "crimson", "pain;skin")
    assert (line["signs__pain"], line["signs__skin"]) == ("1", "1")
    assert "height_cm" not in line
    assert "signs__rash" not in line
    assert line["form_version"] == "1.0.0"
    (stay,) = rows(files["stays.csv"])
    assert (stay["row"], stay["stay_days"]) == ("2", "4")
    assert "stay.csv" not in files


def test_each_value_names_the_version_that_it_was_given_in(stored, build):
    newer = build(NEW, {"region": "SUD", "height": 160.0}, 7)
    lines = rows(exported(stored, newer)["values.csv"])
    told = {(line["record_id"], line["item"]): line["form_version"] for line in lines}
    assert told[stored.record_id, "height"] == "1.0.0"
    assert told[newer.record_id, "height"] == "1.1.0"


def test_a_value_kept_from_an_earlier_form_names_the_version_of_that_form(build):
    kept = Value(item="region", value="NOR", raw="NOR", origin="0" * 64, version="1.0.0")
    lines = by_item(exported(build(NEW, {"region": "NOR", "height": 160.0}, region=kept)))
    assert lines["region", "0"]["form_version"] == "1.0.0"
    assert lines["height", "0"]["form_version"] == "1.1.0"


@pytest.mark.parametrize("profile", list(Profile))
def test_what_the_older_version_did_not_ask_is_empty_and_says_so(stored, profile):
    files = exported(stored, profile=profile)
    line = by_item(files)["weight", "0"]
    assert (line["value"], line["missing"]) == ("", "NOTASKED")
    assert rows(files["records.csv"])[0]["weight"] == ""


def test_what_the_newer_version_asked_and_nobody_answered_has_no_line(build):
    assert ("weight", "0") not in by_item(exported(build(NEW, {"region": "SUD"})))


def test_a_retired_question_keeps_its_column_last_and_is_not_asked_of_newer_records(stored, build):
    document = new_document() | {"x-retired": ["height_cm"]}
    del document["properties"]["height"]
    new = compile_definition(document)
    newer = build(new, {"region": "SUD"}, 7)
    files = exported(stored, newer, forms=(OLD, new))
    lines = {line["record_id"]: line for line in rows(files["records.csv"])}
    assert list(lines[stored.record_id])[-4:] == [
        "height_cm",
        *(f"height_cm__{part}" for part in ("low", "high", "bound")),
    ]
    assert lines[stored.record_id]["height_cm"] == "171.5"
    told = {(line["record_id"], line["item"]): line for line in rows(files["values.csv"])}
    assert told[newer.record_id, "height_cm"]["missing"] == "NOTASKED"


def test_the_codebook_names_the_versions_and_that_not_all_of_them_ask(stored):
    lines = {line["column"]: line for line in rows(exported(stored)["codebook.csv"])}
    assert lines["height"]["form_versions"] == "1.0.0;1.1.0"
    assert lines["weight"]["form_versions"] == "1.1.0"
    assert lines["weight"]["missing_reasons"] == "NOTASKED"
    assert lines["height"]["missing_reasons"] == ""


def test_a_reason_and_a_bound_follow_their_question(build):
    stored = build(OLD, {"_missing": {"colour": "UNK"}, "_bound": {"height_cm": ">200"}})
    lines = by_item(exported(stored))
    assert lines["colour", "0"]["missing"] == MissingReason.UNK
    assert lines["height", "0"]["value"] == ">200"


def test_a_finding_names_the_column_of_now(build):
    found = Finding(code="RANGE_SOFT", severity=Severity.QUERY, item="height_cm", row=None)
    stored = build(OLD, HELD, findings=(found,))
    (line,) = rows(exported(stored)["findings.csv"])
    assert line["item"] == "height"


def test_days_are_counted_from_the_day_zero_of_the_older_version_under_its_name_of_now(build):
    document = new_document()
    seen = document["properties"].pop("visit")
    seen["x-formerly"] = [{"version": "1.0.0", "name": "visit"}]
    document["properties"] = {"seen": seen, **document["properties"]}
    document["x-form"]["day_zero"] = "seen"
    new = compile_definition(document)
    files = exported(build(OLD, HELD), forms=(OLD, new), profile=Profile.ANALYSIS)
    assert rows(files["records.csv"])[0]["seen"] == "0"


def test_an_answer_withheld_by_one_version_is_withheld_under_its_name_of_now(stored):
    document = new_document()
    hidden = replace(OLD.items["height_cm"], identifying=True)
    elements = tuple(hidden if e.name == "height_cm" else e for e in OLD.elements)
    old = replace(OLD, elements=elements, fingerprint="0BADF00D")
    files = exported(stored, forms=(old, compile_definition(document)), profile=Profile.ANALYSIS)
    assert "height" not in rows(files["records.csv"])[0]
    assert ("height", "0") not in by_item(files)
