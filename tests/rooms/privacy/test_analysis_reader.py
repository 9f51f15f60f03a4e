"""Who has every form and every receipt finds no row of the analysis dataset by them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from intake.exports.dataset import Profile, dataset_files
from intake.model.computed import Derived, DerivedType
from tests.kit.analysis_reader import (
    columns_that_date,
    days_zero_guessed,
    rows_linked,
    tables,
)

ZERO = dt.date(2016, 3, 10)
FILLED = ("2026-10-08", "2027-01-12", "2027-03-30")
COLLECTION = (dt.date(2026, 10, 1), dt.date(2027, 3, 31))


@pytest.fixture(scope="module")
def patients(definition, build):
    return [
        build(
            definition,
            {"mas_dx_date": ZERO.isoformat(), "death_date": "2016-04-01", "form_date": filled},
            number,
        )
        for number, filled in enumerate(FILLED, 1)
    ]


def of_profile(patients, receipts_for, definition, profile):
    receipts = [
        replace(stored, receipt=replace(stored.receipt, filling_date=filled))
        for stored, filled in zip(receipts_for(*patients), FILLED, strict=True)
    ]
    files = dataset_files(patients, receipts, [definition], profile=profile)
    return files, [stored.receipt for stored in receipts]


def test_no_row_is_linked_and_the_same_reader_links_all_in_profile_full(
    patients, receipts_for, definition
):
    files, receipts = of_profile(patients, receipts_for, definition, Profile.FULL)
    assert {cell.split(":")[0] for cell in rows_linked(files, receipts)} >= {
        "values.csv file_sha256",
        "records.csv form_date",
    }
    files, receipts = of_profile(patients, receipts_for, definition, Profile.ANALYSIS)
    assert rows_linked(files, receipts) == []


def test_the_columns_of_the_contract_stay_and_are_empty(sampled, analysis):
    read = dict(tables(analysis))
    assert {row["file_sha256"] for row in read["values.csv"]} == {""}
    assert all(row["revision"] and row["form_version"] for row in read["values.csv"])
    assert "receipt" in analysis["findings.csv"].decode().splitlines()[0].split(",")


def test_no_column_leads_from_the_collection_to_a_calendar_date(patients, receipts_for, definition):
    files, _ = of_profile(patients, receipts_for, definition, Profile.ANALYSIS)
    zero = {stored.record_id: ZERO for stored in patients}
    assert columns_that_date(files, zero, COLLECTION) == set()
    assert dict(tables(files))["records.csv"][0]["death_date"] == "22"
    days = [(dt.date.fromisoformat(filled) - ZERO).days for filled in FILLED]
    lines = [f"{one},{days_from_zero}" for one, days_from_zero in zip(zero, days, strict=True)]
    files = {"records.csv": "\n".join(["record_id,filled", *lines]).encode()}
    assert columns_that_date(files, zero, COLLECTION) == {"records.csv filled"}


def test_last_news_of_the_day_of_filling_leave_a_day_zero_for_each_day_that_a_form_was_filled(
    definition, build, receipts_for
):
    """What docs/security.md says of the last news: the study needs them, so they are told."""
    zeros = [ZERO, ZERO + dt.timedelta(3), ZERO + dt.timedelta(400)]
    answers = [
        {"mas_dx_date": zero.isoformat(), "form_date": day, "last_news_date": day}
        for zero, day in zip(zeros, FILLED, strict=True)
    ]
    alive = [build(definition, told, number) for number, told in enumerate(answers, 1)]
    files, receipts = of_profile(alive, receipts_for, definition, Profile.ANALYSIS)
    true = {stored.record_id: zero for stored, zero in zip(alive, zeros, strict=True)}
    assert rows_linked(files, receipts) == []
    told = {f"records.csv last_news_date{end}" for end in ("", "__earliest", "__latest")}
    assert columns_that_date(files, true, COLLECTION) == told
    filled = [dt.date.fromisoformat(day) for day in FILLED]
    guessed = days_zero_guessed(files, "last_news_date", filled)
    assert {record: len(days) for record, days in guessed.items()} == dict.fromkeys(true, 3)
    whole = days_zero_guessed(files, "last_news_date", COLLECTION)
    assert all(max(days) - min(days) == COLLECTION[1] - COLLECTION[0] for days in whole.values())
    one_day = days_zero_guessed(files, "last_news_date", filled[:1])
    assert sum(days == {true[record]} for record, days in one_day.items()) == 1


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("day_death_date - day_mas_dx_date", True),
        ("day_form_date - day_mas_dx_date", False),
        ("days_min(mas_dx_date, form_date)", False),
        ("2 * d_until_filled", False),
    ],
)
def test_what_is_computed_from_the_day_of_filling_is_withheld(definition, expression, told):
    form = replace(
        definition,
        fingerprint=f"{abs(hash(expression)):08X}",
        derived=(
            computed("d_until_filled", "day_form_date - day_mas_dx_date", internal=True),
            computed("d_tried", expression),
        ),
    )
    for profile, shown in ((Profile.FULL, True), (Profile.ANALYSIS, told)):
        header = dataset_files([], [], [form], profile=profile)["records.csv"].decode()
        assert ("d_tried" in header.strip().split(",")) is shown


def computed(name, expression, *, internal=False):
    return Derived(
        name=name, type=DerivedType.INTEGER, expression=expression, title={}, internal=internal
    )
