"""Corrections alone over a record: what is there stays, what is new is taken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.model.errors import Refusal
from intake.model.finding import Finding, Severity
from intake.model.finding_codes import FindingCode as Code
from intake.model.receipt import Correction, Outcome, ReviewAction
from intake.model.submission import Rung
from intake.pipeline.review.amend import set_answer
from intake.pipeline.review.decisions import accept
from intake.pipeline.review.merge import merge
from tests.kit.garden import a_file, answers, changed
from tests.kit.plain_office import WHY, PlainOffice, codes

WHOLE = answers(remark="au nord", visits__1__count="4", visits__2__count="5", trade="x")
PARTIAL = {"place": "ZAA", "letters": "QA", "born": "17/04/1961", "filled": "09/10/2026"}


@pytest.fixture
def office():
    made = PlainOffice()
    made.send(a_file(entered=WHOLE))
    return made


def corrections(office, *found, **given):
    receipt = office.send(a_file(*found, entered={**PARTIAL, **given}))
    assert receipt.outcome is Outcome.REVIEW
    return receipt


def test_a_form_with_corrections_alone_empties_nothing_by_itself(office):
    receipt = corrections(office, height="13")
    assert codes(receipt)[-1] == "REVISION_PARTIAL"
    (record,) = office.records()
    assert record.revision == 1


def test_what_the_record_has_stays_and_what_is_new_is_taken(office):
    receipt = corrections(office, height="13", visits__2__count="6")
    merged = office.decide(merge, receipt.id)
    assert (merged.outcome, merged.revision) == (Outcome.LOADED, 2)
    assert merged.decisions[-1].action is ReviewAction.MERGE
    assert [change.code for change in merged.changes] == ["A04", "A06", "B02.2"]
    (record,) = office.records()
    held = record.submission.record
    assert (held["height"], held["agreed"], held["colours"]) == (13, "yes", ["red"])
    assert [row["count"] for row in held["visits"]] == [4, 6]


def test_each_value_keeps_where_it_was_found_and_names_its_file(office):
    (before,) = office.records()
    receipt = corrections(office, Code.FILE_PRINTED, height="13")
    office.decide(merge, receipt.id, "", WHY)
    (record,) = office.records()
    origins = {value.item: value.origin for value in record.submission.values}
    assert origins["agreed"] == before.file_sha256
    assert origins["height"] is None
    kept = next(v for v in record.submission.values if v.item == "remark")
    assert (kept.raw, kept.rung, kept.replaced) == ("au nord", Rung.FIELD, None)


def test_the_origin_of_a_value_survives_a_second_merge(office):
    (first,) = office.records()
    office.decide(merge, corrections(office, height="13").id)
    again = corrections(office, filled="10/10/2026", height="14")
    office.decide(merge, again.id)
    (record,) = office.records()
    assert record.revision == 3
    assert {v.origin for v in record.submission.values if v.item == "agreed"} == {first.file_sha256}


def test_an_answer_that_was_held_back_is_still_held_back_and_asked_for():
    office = PlainOffice()
    office.send(a_file(entered={**WHOLE, "height": "haut"}))
    receipt = corrections(office, colours__blue="1")
    merged = office.decide(merge, receipt.id)
    assert merged.outcome is Outcome.LOADED_WITH_QUERIES
    assert "NUMBER_UNREADABLE" in codes(merged)


def test_what_the_reader_said_of_an_answer_that_stays_is_still_asked():
    asked = Finding(code=Code.CELL_FORMULA, severity=Severity.QUERY, item="remark")
    office = PlainOffice()
    office.send(replace(a_file(entered=WHOLE), findings=(asked,)))
    merged = office.decide(merge, corrections(office, height="13").id)
    assert (merged.outcome, codes(merged)) == (
        Outcome.LOADED_WITH_QUERIES, ["CELL_FORMULA", "REVISION_PARTIAL"],
    )  # fmt: skip


def test_a_patient_in_doubt_is_named(office):
    receipt = corrections(office, letters="QO", height="13")
    assert office.refused(merge, receipt.id) is Refusal.PATIENT_IN_DOUBT
    assert office.refused(merge, receipt.id, "ZAA-009") is Refusal.UNKNOWN_PATIENT
    merged = office.decide(merge, receipt.id, "zaa-001")
    assert (merged.subject, merged.revision) == ("ZAA-001", 2)


def test_without_a_record_there_is_nothing_to_merge(office):
    receipt = office.send(changed(Code.RULE_ERROR, letters="ZZ", born="02/02/1944"))
    assert office.refused(merge, receipt.id) is Refusal.NOTHING_TO_MERGE


def test_an_older_form_is_merged_with_a_reason_only(office):
    receipt = corrections(office, filled="07/10/2026", height="13")
    assert office.refused(merge, receipt.id) is Refusal.REASON_NEEDED
    assert office.decide(merge, receipt.id, "", WHY).revision == 2


def test_answers_given_by_a_person_before_are_kept_in_the_merge(office):
    receipt = corrections(office, height="13")
    office.decide(set_answer, receipt.id, Correction("height", "14"), WHY)
    office.decide(merge, receipt.id)
    (record,) = office.records()
    (value,) = (v for v in record.submission.values if v.item == "height")
    assert (str(value.value), value.rung) == ("14", Rung.PERSON)


def test_accepted_as_it_is_the_form_replaces_all(office):
    receipt = corrections(office, height="13")
    office.decide(accept, receipt.id)
    (record,) = office.records()
    assert "agreed" not in record.submission.record
