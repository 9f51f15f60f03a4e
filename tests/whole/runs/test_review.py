"""The coordinator's way out of review into the dataset: set, accept, same, split."""

from __future__ import annotations

import pytest

from intake.model.errors import Refusal
from intake.model.finding import Severity
from intake.model.receipt import Correction, Outcome, ReviewAction
from intake.model.submission import Rung
from intake.pipeline.review import amend, refuse
from intake.pipeline.review import decisions as review
from tests.kit.office.coordinator import (
    WHY,
    decide,
    document,
    in_review,
    refused,
)
from tests.kit.office.every_finding import ALONE
from tests.kit.office.few import codes, demo_answers, filled

pytestmark = pytest.mark.slow

NEAR = {"id_surname2": "QO", "lab_crp_dx": "99", "form_date": "09/10/2026"}
THIRD, FOURTH = {"form_date": "10/10/2026"}, {"form_date": "11/10/2026"}


def test_a_name_too_long_is_cut_by_a_person_then_accepted(waiting):
    (receipt,) = waiting.receipts
    assert refused(waiting, review.accept, receipt.id) is Refusal.KEY_MISSING
    code = waiting.app.definition.items["id_surname2"].code
    still = decide(waiting, amend.set_answer, receipt.id, Correction(code, "ZU"), WHY)
    assert still.outcome is Outcome.REVIEW
    assert codes(still) == []
    loaded = decide(waiting, review.accept, receipt.id)
    assert (loaded.outcome, loaded.subject, loaded.revision) == (Outcome.LOADED, "ZAA-001", 1)
    assert loaded.hint == "ZAA · ZU/XI"
    (record,) = waiting.app.store.records()
    (value,) = (v for v in record.submission.values if v.item == "id_surname2")
    assert (value.value, value.raw, value.replaced, value.rung) == ("ZU", "ZU", "ZUKO", Rung.PERSON)
    actions = [(d.action, d.code) for d in loaded.decisions]
    assert actions == [(ReviewAction.SET, code), (ReviewAction.ACCEPT, None)]


def test_answers_given_one_after_the_other_are_all_kept(office):
    receipt = in_review(office, id_surname2="ZUKO", birth_date="1961")
    decide(office, amend.set_answer, receipt.id, Correction("birth_date", "17/04/1961"), WHY)
    decide(office, amend.set_answer, receipt.id, Correction("comorbidities", "hta; dm2"), WHY)
    decide(
        office, amend.set_answer, receipt.id, Correction("mas_tx__1__mtrt_drug", "anakinra"), WHY
    )
    decide(office, amend.set_answer, receipt.id, Correction("id_surname2", "zu"), WHY)
    decide(office, review.accept, receipt.id)
    (record,) = office.app.store.records()
    held = record.submission.record
    assert (held["birth_date"], held["id_surname2"]) == ("1961-04-17", "ZU")
    assert held["comorbidities"] == ["hta", "dm2"]
    by_person = {v.item: v.replaced for v in record.submission.values if v.rung is Rung.PERSON}
    assert by_person["comorbidities"] == "hta"
    assert by_person["birth_date"] == "1961"
    assert "person" in office.dataset("values.csv")


def test_an_answer_that_cannot_be_read_is_not_taken(waiting):
    (receipt,) = waiting.receipts
    before = waiting.app.store.entry(receipt.id)
    wrong = [("lab_hb_dx", "huit"), ("birth_date", "1961"), ("comments", "Mme Zarrivo")]
    for place, text in wrong:
        assert refused(waiting, amend.set_answer, receipt.id, Correction(place, text), WHY) is (
            Refusal.NOT_UNDERSTOOD
        )
    others = {
        ("nowhere", "1"): Refusal.UNKNOWN_PLACE,
        ("lab_hb_dx", " "): Refusal.EMPTY_VALUE,
        ("sex", "Off"): Refusal.EMPTY_VALUE,
        ("comorbidities", "malaria"): Refusal.NOT_UNDERSTOOD,
        ("mas_fu__2__fu_timepoint", "m12"): Refusal.PRINTED_PLACE,
        ("elig_info", "opp"): Refusal.OBJECTED,
    }
    for (place, text), why in others.items():
        assert refused(waiting, amend.set_answer, receipt.id, Correction(place, text), WHY) is why
    assert waiting.app.store.entry(receipt.id) == before


def test_setting_an_answer_judges_the_form_anew(holding):
    receipt = in_review(holding, id_surname2="ZUKO", lab_crp_dx="99", form_date="09/10/2026")
    near = decide(holding, amend.set_answer, receipt.id, Correction("id_surname2", "QO"), WHY)
    assert codes(near) == ["IDENTITY_NEAR"]
    assert near.hint == "ZAA · QO/XI"
    moved = Correction("id_surname2", "QA", "ZAA-001")
    known = decide(holding, amend.set_answer, receipt.id, moved, WHY)
    assert "IDENTITY_NEAR" not in codes(known)
    loaded = decide(holding, review.accept, receipt.id)
    assert (loaded.subject, loaded.revision) == ("ZAA-001", 2)
    assert {change.item for change in loaded.changes} == {"lab_crp_dx", "form_date"}


def test_a_near_patient_is_split_into_a_new_record(holding):
    receipt = in_review(holding, **NEAR)
    assert refused(holding, review.accept, receipt.id) is Refusal.PATIENT_IN_DOUBT
    loaded = decide(holding, review.split, receipt.id)
    assert (loaded.subject, loaded.revision, loaded.record_id) != ("ZAA-001", 1, None)
    assert loaded.subject == "ZAA-002"
    assert holding.dataset("records.csv").count("\n") == 3
    again = holding.send("b.pdf", filled(demo_answers(**{**NEAR, **THIRD, "lab_crp_dx": "98"})))
    assert (again.outcome, again.subject, again.revision) == (Outcome.LOADED, "ZAA-002", 2)


def test_a_near_patient_is_the_same_and_known_by_both_spellings_from_then_on(holding):
    receipt = in_review(holding, **NEAR)
    assert refused(holding, review.same_as, receipt.id, "ZAA-009") is Refusal.UNKNOWN_PATIENT
    loaded = decide(holding, review.same_as, receipt.id, "zaa-001")
    assert (loaded.outcome, loaded.subject, loaded.revision) == (Outcome.LOADED, "ZAA-001", 2)
    assert loaded.decisions[-1].subject == "ZAA-001"
    assert len(list(holding.app.store.records())) == 1
    old = holding.send("old.pdf", filled(demo_answers(lab_crp_dx="50", **THIRD)))
    new = holding.send("new.pdf", filled(demo_answers(**{**NEAR, **FOURTH, "lab_crp_dx": "51"})))
    assert [(r.outcome, r.subject, r.revision) for r in (old, new)] == [
        (Outcome.LOADED, "ZAA-001", 3),
        (Outcome.LOADED, "ZAA-001", 4),
    ]


def test_a_patient_known_elsewhere_can_be_named_by_its_record_id(office):
    first = office.send("first.pdf", filled())
    receipt = in_review(office, centre3="ZOR", lab_crp_dx="77")
    loaded = decide(office, review.same_as, receipt.id, first.record_id)
    assert (loaded.record_id, loaded.revision) == (first.record_id, 2)
    page = (office.folder / "outbox/receipts" / loaded.folder / "receipt.html").read_text("utf-8")
    assert "ZAA-001" not in page
    assert ">77<" not in page


def test_a_form_whose_letters_are_missing_can_be_given_to_its_patient(holding):
    receipt = in_review(holding, id_surname2="QATAR", lab_crp_dx="31", form_date="09/10/2026")
    loaded = decide(holding, review.same_as, receipt.id, "ZAA-001")
    assert (loaded.outcome, loaded.revision) == (Outcome.LOADED_WITH_QUERIES, 2)
    asked = [f.code for f in loaded.findings if f.severity is Severity.ERROR]
    assert asked == ["IDENTITY_TOO_LONG"]
    again = holding.send("again.pdf", filled(demo_answers(lab_crp_dx="32", **THIRD)))
    assert (again.subject, again.revision) == ("ZAA-001", 3)


def test_a_form_with_a_patients_key_is_not_given_to_another(holding):
    holding.send("second.pdf", filled(demo_answers("02")))
    receipt = in_review(holding, form_date="01/01/2020", lab_crp_dx="31")
    assert codes(receipt)[-1] == "REVISION_OLDER"
    other = next(r for r in holding.receipts if r.subject != "ZAA-001" and r.subject)
    assert refused(holding, review.same_as, receipt.id, other.subject) is Refusal.OTHER_PATIENT


def test_an_older_form_replaces_a_newer_one_only_with_a_reason(holding):
    receipt = in_review(holding, form_date="01/01/2020", lab_crp_dx="31")
    assert refused(holding, review.accept, receipt.id) is Refusal.REASON_NEEDED
    loaded = decide(holding, review.accept, receipt.id, WHY)
    assert (loaded.subject, loaded.revision) == ("ZAA-001", 2)
    assert holding.app.store.reasons(receipt.id) == (WHY,)


def test_words_that_name_nobody_after_all_are_accepted(office):
    receipt = in_review(office, comments="Suivi par le Dr House à domicile")
    assert codes(receipt) == ["IDENTIFYING_TEXT"]
    loaded = decide(office, review.accept, receipt.id)
    assert (loaded.outcome, loaded.subject) == (Outcome.LOADED, "ZAA-001")
    (finding,) = loaded.findings
    assert (finding.code, finding.severity) == ("IDENTIFYING_TEXT", Severity.NOTE)
    assert document(office, loaded)["outcome"] == "loaded"


def test_a_repaired_file_is_accepted_only_with_a_reason(whole_office):
    receipt = whole_office.send(*ALONE["FILE_REPAIRED"]())
    assert refused(whole_office, review.accept, receipt.id) is Refusal.REASON_NEEDED
    loaded = decide(whole_office, review.accept, receipt.id, WHY)
    assert loaded.outcome.is_loaded
    assert "FILE_REPAIRED" in codes(loaded)
    (record,) = whole_office.app.store.records()
    assert {v.rung for v in record.submission.values} == {Rung.FIELD}


def test_readings_that_disagree_are_settled_by_the_answer_of_a_person(whole_office):
    receipt = whole_office.send(*ALONE["READINGS_DISAGREE"]())
    assert "READINGS_DISAGREE" in codes(receipt)
    place = next(f.item for f in receipt.findings if f.code == "READINGS_DISAGREE")
    settled = decide(whole_office, amend.set_answer, receipt.id, Correction(place, "f"), WHY)
    assert "READINGS_DISAGREE" not in codes(settled)
    assert decide(whole_office, review.accept, receipt.id).outcome is Outcome.LOADED


def test_questions_to_the_centre_stay_open_after_a_decision(office):
    receipt = in_review(office, comments="Dr House passe", lab_hb_dx="85")
    loaded = decide(office, review.accept, receipt.id)
    assert loaded.outcome is Outcome.LOADED_WITH_QUERIES
    assert office.app.status()["open_queries"]["total"] == 1


def test_an_answer_already_loaded_is_not_loaded_twice(office):
    receipt = in_review(office, id_surname2="QATAR")
    office.send("good.pdf", filled())
    moved = Correction("id_surname2", "QA", "ZAA-001")
    decide(office, amend.set_answer, receipt.id, moved, WHY)
    assert refused(office, review.accept, receipt.id) is Refusal.ALREADY_LOADED


def test_a_file_that_gave_no_answer_can_only_be_rejected(whole_office):
    receipt = whole_office.send(*ALONE["FILE_PROTECTED"]())
    for decision, more in (
        (review.accept, ()),
        (review.split, ()),
        (review.same_as, ("ZAA-001",)),
        (amend.set_answer, (Correction("sex", "f"), WHY)),
    ):
        assert refused(whole_office, decision, receipt.id, *more) is Refusal.NOTHING_READ
    assert decide(whole_office, refuse.reject, receipt.id, WHY).outcome is Outcome.REJECTED
