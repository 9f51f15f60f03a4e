"""The analysis profile tells neither who, nor where, nor which day."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import json
import re
from dataclasses import replace

import pytest

from intake.exports.dataset import Profile, dataset_files
from intake.model.definition import MissingReason
from intake.model.finding import Finding, Location, Severity
from intake.model.submission import Value, ValueStatus
from intake.schema.compile.definition import compile_definition

LETTERS, NAME, CENTRE = "QX", "Canarinska", "KWZ"
BIRTH, TYPED_BIRTH = "1961-07-13", "13/07/1961"
DATE = re.compile(rb"(?<!\d)(?:\d{4}-\d{2}(?:-\d{2})?|\d{1,2}/\d{1,2}/\d{4})(?!\d)")
ISO = re.compile(r"\d{4}(-\d{2}){0,2}")


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))


@pytest.fixture(scope="module")
def canary(definition, build):
    """A record that holds the canaries wherever a person or the program can put a text."""
    identity = {"id_surname2": LETTERS, "id_firstname2": LETTERS, "centre3": CENTRE}
    free = {item.name: NAME for item in definition.single_items if item.is_free_text}
    numbers = [item.name for item in definition.single_items if item.is_number]
    choices = [item.name for item in definition.single_items if item.is_choice]
    typed = [f"{NAME} {TYPED_BIRTH}", TYPED_BIRTH, f"12 {NAME}", "13.07.1961"]
    held = {
        name: Value(
            item=name,
            missing=MissingReason.ERR,
            status=ValueStatus.HELD_BACK,
            raw=typed[number % len(typed)],
            location=Location(sheet=NAME, cell="B4"),
        )
        for number, name in enumerate([*numbers, *choices])
    }
    dates = {item.name: BIRTH for item in definition.single_items if item.is_date}
    groups = {
        group.name: [{"_row": 1} | {i.name: NAME for i in group.items if i.is_free_text}]
        for group in definition.groups.values()
    }
    missing = {"_missing": dict.fromkeys(held, "ERR")}
    record = {**free, **identity, **dates, **groups, **missing}
    codes = ("RANGE_SOFT", "DATE_UNUSUAL", "CHOICE_UNKNOWN", "CENTRE_MISMATCH", "LATE")
    contexts = (
        {"entered": NAME, "low": "1", "high": "2"},
        {"entered": TYPED_BIRTH, "received": BIRTH, "centre": CENTRE, "file": NAME},
        {"entered": BIRTH, "first": LETTERS, "second": NAME, "suggested": BIRTH},
    )
    said = itertools.product(codes, contexts)
    findings = [
        Finding(code=code, severity=Severity.QUERY, item=item, context=context)
        for item, (code, context) in zip((*definition.items, None), itertools.cycle(said))
    ]
    return build(definition, record, 3, findings=tuple(findings), **held)


@pytest.fixture(scope="module")
def files(canary, definition, receipts_for):
    stored = replace(canary, subject=f"{CENTRE}-003", centre=CENTRE)
    receipts = receipts_for(stored, name=f"{NAME}.pdf")
    return {
        profile: dataset_files([stored], receipts, [definition], profile=profile)
        for profile in Profile
    }


@pytest.mark.parametrize("canary_text", [LETTERS, NAME, CENTRE, BIRTH, TYPED_BIRTH, "13.07.1961"])
def test_no_canary_is_in_any_file_of_the_analysis_profile(files, canary_text):
    whole = b"".join(files[Profile.FULL].values())
    assert canary_text.encode() in whole
    for name, content in files[Profile.ANALYSIS].items():
        assert canary_text.encode() not in content, name


def test_no_calendar_date_is_in_the_data_of_the_analysis_profile(files):
    described = {"codebook.csv", "datapackage.json"}
    for name in set(files[Profile.ANALYSIS]) - described:
        content = re.sub(rb"[0-9a-f]{16,}", b"", files[Profile.ANALYSIS][name])
        assert not DATE.search(content), (name, DATE.search(content))


def test_identity_and_free_text_have_no_column_and_no_line(files, definition):
    withheld = {
        item.name
        for item in definition.items.values()
        if item.is_free_text or item.identifying or item.name in definition.identity.items
    }
    assert {"id_surname2", "birth_date", "centre3"} <= withheld
    analysis = files[Profile.ANALYSIS]
    columns = {
        column
        for name, content in analysis.items()
        if name.endswith(".csv")
        for column in content.decode().splitlines()[0].split(",")
    }
    assert not columns & (withheld | {"centre"})
    assert "subject" not in rows(analysis["records.csv"])[0]
    assert not {line["item"] for line in rows(analysis["values.csv"])} & withheld
    assert not {line["column"] for line in rows(analysis["codebook.csv"])} & withheld
    assert {line["subject"] for line in rows(analysis["findings.csv"])} == {""}


def test_every_finding_is_still_told(files):
    analysis, full = (rows(files[profile]["findings.csv"]) for profile in Profile)
    assert len(analysis) == len(full)
    assert all(line["message"] for line in analysis)


def test_a_plain_number_may_be_quoted_and_its_limits_told(definition, build, receipts_for):
    item = next(i for i in definition.single_items if i.is_number)
    context = {"entered": "1,234", "low": "50", "high": "60", "first": "1234", "second": "1.234"}
    found = [
        Finding(code=code, severity=Severity.ERROR, item=item.name, context=context)
        for code in ("NUMBER_AMBIGUOUS", "RANGE_HARD")
    ]
    stored = build(definition, {item.name: 77}, findings=tuple(found))
    files = dataset_files([stored], receipts_for(stored), [definition])
    ambiguous, beyond = rows(files["findings.csv"])
    assert "1,234" in ambiguous["message"]
    assert "50" in beyond["message"]
    assert "60" in beyond["message"]


def dates_of(definition, build, **dates):
    stored = build(definition, dates)
    files = dataset_files([stored], [], [definition])
    values = {line["item"]: line for line in rows(files["values.csv"])}
    return rows(files["records.csv"])[0], values


def days(start: str, end: str) -> str:
    return str((dt.date.fromisoformat(end) - dt.date.fromisoformat(start)).days)


def test_a_known_day_is_counted_from_day_zero(definition, build):
    wide, long = dates_of(definition, build, mas_dx_date="2016-03-10", death_date="2016-04-01")
    assert wide["death_date"] == days("2016-03-10", "2016-04-01") == "22"
    assert wide["death_date__earliest"] == wide["death_date__latest"] == "22"
    assert wide["mas_dx_date"] == "0"
    assert long["death_date"]["value"] == "22"


def test_a_date_before_day_zero_is_negative(definition, build):
    wide, _ = dates_of(definition, build, mas_dx_date="2016-03-10", dm_dx_date="2016-03-01")
    assert wide["dm_dx_date"] == "-9"


def test_a_partial_date_gives_its_first_and_last_day_and_no_invented_one(definition, build):
    wide, long = dates_of(definition, build, mas_dx_date="2016-03-10", death_date="2016-04")
    assert wide["death_date"] == ""
    assert wide["death_date__earliest"] == days("2016-03-10", "2016-04-01")
    assert wide["death_date__latest"] == days("2016-03-10", "2016-04-30")
    assert long["death_date"]["value"] == "22..51"
    assert long["death_date"]["missing"] == ""


def test_a_partial_day_zero_widens_every_delay_its_own_included(definition, build):
    wide, _ = dates_of(definition, build, mas_dx_date="2016-03", death_date="2016-04-01")
    assert (wide["death_date__earliest"], wide["death_date__latest"]) == ("1", "31")
    assert wide["death_date"] == wide["mas_dx_date"] == ""
    assert (wide["mas_dx_date__earliest"], wide["mas_dx_date__latest"]) == ("-30", "30")


def test_without_day_zero_no_delay_is_given_and_the_reason_is(definition, build):
    wide, long = dates_of(definition, build, death_date="2016-04-01")
    assert wide["death_date__earliest"] == wide["death_date"] == ""
    assert (long["death_date"]["value"], long["death_date"]["missing"]) == ("", "NODAYZERO")


def test_a_date_in_doubt_that_is_no_date_is_never_shown(definition, build):
    wide, long = dates_of(definition, build, mas_dx_date="13/2016", death_date="2016-04-01")
    assert long["mas_dx_date"]["value"] == ""
    assert long["death_date"]["missing"] == "NODAYZERO"
    wide, long = dates_of(definition, build, mas_dx_date="2016-03-10", death_date="x")
    assert (wide["death_date"], long["death_date"]["missing"]) == ("", "ERR")


def test_what_one_version_withholds_is_withheld_for_all(document, definition, build):
    newer = json.loads(json.dumps(document))
    newer["x-form"]["version"] = "1.1.0"
    newer["properties"]["sex"]["x-identifying"] = True
    newest = compile_definition(newer)
    files = dataset_files([build(definition, {"sex": "f"})], [], [definition, newest])
    assert "sex" not in rows(files["records.csv"])[0]
    assert "sex" not in {line["item"] for line in rows(files["values.csv"])}


def test_an_identity_item_is_withheld_even_when_the_schema_forgets_to_call_it_identifying(
    document, build
):
    forgetful = json.loads(json.dumps(document))
    del forgetful["properties"]["birth_date"]["x-identifying"]
    form = compile_definition(forgetful)
    assert not form.items["birth_date"].identifying
    files = dataset_files([build(form, {"birth_date": BIRTH})], [], [form])
    assert "birth_date" not in rows(files["records.csv"])[0]
    assert rows(files["values.csv"]) == []


def test_the_text_of_a_date_is_never_shown_be_it_a_mere_year(definition, build):
    _, long = dates_of(definition, build, mas_dx_date="2016-03-10", dm_dx_date="2014")
    assert long["dm_dx_date"]["raw"] == ""
