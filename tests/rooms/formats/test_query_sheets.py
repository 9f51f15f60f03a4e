"""A query sheet of many questions is accounted for in every format: its own words, no others."""

from __future__ import annotations

import pytest

from intake.formats.registry import readers, writers
from intake.formats.wording.first_page import Front, StudyWords
from intake.model.submission import FileFormat
from tests.kit.large_sheet import CONTACT, a_sheet

WORDS = StudyWords((Front(("Étude",), "CHU de Reims", CONTACT, "2027-03-31"),), is_all=True)


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
