"""Every engine finding is produced by at least one file, with words in both languages."""

from __future__ import annotations

import json

import pytest

from intake.model.finding_codes import FindingCode as Code
from intake.words.catalogue import LANGUAGES
from tests.kit.office.every_finding import ALONE, slips
from tests.kit.office.office import Office, codes, demo_answers, filled

ELSEWHERE = {
    Code.FILE_CONVERTED: "test_conversion: a converted file",
    Code.FILE_NOT_CONVERTED: "test_conversion: without the program",
    Code.PART_LOST: "test_conversion: a table that a conversion loses",
    Code.FILE_UNLOCKED: "test_unlock: what a protected file holds",
    Code.INTERNAL_ERROR: "test_outcomes: a failing program",
    Code.CONTAINER: "test_containers: an archive of forms",
    Code.CONTAINER_EMPTY: "test_containers: an email without a file",
    Code.CONTAINER_CUT: "test_containers: an email cut while sent",
    Code.MESSAGE_TEXT: "test_message_circumstances: words beside a form",
    Code.MESSAGE_SIGNED: "tests/rooms/formats/containers/test_layers: a signed message",
    Code.MESSAGE_ANSWERS: "test_query_sheets: an email that answers in its own words",
    Code.STUDY_QUESTION: "tests/rooms/pipeline/queries/test_acts: a question of the study's own",
    Code.FURTHER_ROWS: "tests/rooms/pipeline/records/test_further_rows: rows said not to be",
    Code.SHEET_UNKNOWN: "test_query_sheets: a sheet of another workspace",
    Code.SHEET_UNCLEAR: "tests/rooms/pipeline/returns/test_sheets: a mark beside another answer",
    Code.SHEET_LATE: "test_query_sheets: a sheet after a newer form",
    Code.SHEET_NOT_LAID: "tests/rooms/pipeline/returns/test_sheets: a record not written",
    Code.MESSAGE_LINK: "test_message_circumstances: a link beside a form",
    Code.SENDER_CENTRE: "test_containers: a sender of another centre",
    Code.LATE: "test_outcomes: a calendar in the past",
    Code.IDENTITY_INCOMPLETE: "test_outcomes: no birth date",
    Code.IDENTITY_NEAR: "test_outcomes: one letter differs",
    Code.IDENTITY_OTHER_CENTRE: "test_outcomes: another centre",
    Code.DUPLICATE_FILE: "test_outcomes: the same file twice",
    Code.DUPLICATE_CONTENT: "test_outcomes: the same answers twice",
    Code.PATIENT_IN_DOUBT: "test_order_of_returns: another sex",
    Code.REVISION_UNDATED: "test_order_of_returns: two files of one day",
    Code.REVISION_PARTIAL: "test_order_of_returns: only corrections",
    Code.REVISION_VERSION: "tests/rooms/pipeline/returns/test_versions: an older version after",
    Code.REVISION: "test_outcomes: a corrected return",
    Code.REVISION_OLDER: "test_outcomes: an older return",
    Code.CORRECTION_REFUSED: "test_corrections: a correction of no record here",
    Code.CORRECTION_UNDONE: "tests/rooms/pipeline/review/test_correct: a form filled later",
    Code.UNDONE: "test_corrections: a loading that is undone",
    Code.RECORD_WITHDRAWN: "test_corrections: a form of a withdrawn record",
    Code.PATIENT_OBJECTED: "test_corrections: a form after an objection",
    Code.STUDY_QUESTION: "tests/rooms/pipeline/queries: a question that a person opens",
    Code.RULE_ERROR: "tests/rooms/checks: a program that fails; check-schema keeps it out of forms",
    Code.STUDY_QUESTION: "tests/rooms/cli/test_queries_commands: asked by a person, by no file",
    Code.TIME_UNREADABLE: "test_second_study: times that are none",
    Code.TIME_AMBIGUOUS: "test_second_study: times that are none",
    Code.TIME_OUT_OF_RANGE: "test_second_study: times that are none",
    Code.TIME_UNUSUAL: "test_second_study: times that are none",
    Code.CELL_TIME_CONVERTED: "tests/rooms/formats/excel: what a program makes of a time",
    Code.FILE_LINKED: "tests/rooms/formats/excel: a workbook linked to another file",
    Code.CELL_DATE_TURNED: "tests/rooms/formats/excel: dates shown month first",
    Code.TICK_UNREADABLE: "tests/rooms/checks: a PDF tick is on or off, never a text",
}


@pytest.mark.slow
@pytest.mark.parametrize("code", ALONE, ids=str)
def test_a_file_shows_this_finding(whole_office, code):
    receipt = whole_office.send(*ALONE[code]())
    assert code in codes(receipt)


def test_a_form_full_of_slips_shows_the_findings_about_answers(tmp_path):
    office = Office(tmp_path)
    receipt = office.send("lapsus.pdf", slips())
    shown = set(codes(receipt))
    missing = set(Code) - set(ALONE) - set(ELSEWHERE) - shown
    assert missing == set()


def test_nothing_is_promised_twice():
    assert not set(ALONE) & set(ELSEWHERE)


def test_each_slip_is_one_finding(whole_office):
    receipt = whole_office.send(
        "lapsus.pdf", filled(demo_answers(lab_hb_dx="85", lab_asat_dx="12.500"))
    )
    assert codes(receipt) == ["R35", "NUMBER_AMBIGUOUS"]


def test_findings_carry_words_a_place_and_no_private_answer(whole_office):
    receipt = whole_office.send("lapsus.pdf", slips())
    path = whole_office.folder / "outbox" / "receipts" / receipt.folder / "receipt.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    for finding in document["findings"]:
        assert set(finding["message"]) == set(LANGUAGES)
        if finding["item"]:
            assert finding["location"]["page"], finding
            assert finding["location"]["code"], finding
    assert "xxxx" not in json.dumps(document)
