"""A query sheet of many questions is accounted for in every format: its own words, no others."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from intake.checks.checker import Checker
from intake.formats.registry import readers, writers
from intake.formats.wording.first_page import Front, StudyWords
from intake.model.submission import FileFormat
from tests.kit.large_sheet import CONTACT, a_sheet

WORDS = StudyWords((Front(("Étude",), "CHU de Reims", CONTACT, "2027-03-31"),), is_all=True)

SEVENTH = {
    "dm_tx__7__dtrt_drug": "mtx",
    "dm_tx__7__dtrt_dose": "12,5",
    "dm_tx__7__dtrt_dose_unit": "mg_wk",
    "dm_tx__7__dtrt_start_date": "02/05/2016",
    "dm_tx__7__dtrt_ongoing": "1",
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("file_format", list(writers()))
def test_a_sheet_as_it_was_made_holds_what_was_received_and_nothing_added(file_format, language):
    sheet, request = a_sheet(most=60, language=language)
    content = writers()[file_format].write(sheet.definition, request)
    reader = readers(WORDS)[file_format]
    raw = reader.read(reader.inspect(content), sheet.definition)

    assert raw.findings == ()
    given = {answer.address for answer in raw.answers if answer.text.strip()}
    assert given == set(request.prefill)


@pytest.mark.parametrize("file_format", list(writers()))
def test_every_format_says_whose_sheet_it_is(file_format):
    sheet, request = a_sheet("RANGE_SOFT", most=1)
    content = writers()[file_format].write(sheet.definition, request)
    claims = readers(WORDS)[file_format].inspect(content).claims

    assert {claim.stamp for claim in claims} == {request.stamp}
    assert len(claims) >= 2 + (file_format is not FileFormat.PDF)


@pytest.mark.parametrize("file_format", list(writers()))
def test_no_format_finds_a_fault_in_a_sheet_of_every_question(file_format):
    sheet, request = a_sheet(most=200)
    assert writers()[file_format].audit(sheet.definition, request) == ()


@pytest.mark.parametrize("file_format", list(writers()))
def test_rows_beyond_the_printed_ones_stand_at_their_own_addresses(file_format):
    sheet, request = a_sheet("R65", most=1)
    request = replace(request, prefill={**sheet.prefill, **SEVENTH})
    content = writers()[file_format].write(sheet.definition, request)
    reader = readers(WORDS)[file_format]
    raw = reader.read(reader.inspect(content), sheet.definition)
    read = Checker(sheet.definition).check(raw, language="fr", received=dt.date(2026, 11, 30))

    assert raw.findings == read.findings == ()
    assert read.record["dm_tx"] == [
        {
            "_row": 7, "dtrt_drug": "mtx", "dtrt_dose": 12.5, "dtrt_dose_unit": "mg_wk",
            "dtrt_start_date": "2016-05-02", "dtrt_ongoing": "1",
        }
    ]  # fmt: skip
    rows = {place.partition("__")[2][:1] for place in raw.places if place.startswith("dm_tx__")}
    assert rows == {"7", "8", "9", "1"}  # up to 12, and none that the form prints
    assert not any(place.startswith("dm_tx__1__") for place in raw.places)
