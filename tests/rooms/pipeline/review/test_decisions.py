"""The coordinator's decisions: each taken whole or refused, with what is kept and deleted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.model.errors import DecisionRefused, Refusal, UnreadableFile
from intake.model.file.container import Contents
from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode as Code
from intake.model.receipt import Correction, Outcome, ReviewAction
from intake.pipeline.review.amend import set_answer
from intake.pipeline.review.decisions import accept, same_as, split
from intake.pipeline.review.refuse import objection, reject
from tests.kit.code_sets import REASONED_CODES
from tests.kit.garden import a_file, changed
from tests.kit.plain_office import NOON, WHY, PlainOffice, codes

NEAR = {"letters": "QO", "height": "13"}


@pytest.fixture
def office():
    return PlainOffice()


def waits(office, *found, **answered):
    """Send a file that must be decided on."""
    receipt = office.send(changed(*found, **answered), f"{len(office._found)}.pdf")
    assert receipt.outcome is Outcome.REVIEW
    return receipt


EVERY = [
    (accept, ()),
    (split, ()),
    (same_as, ("ZAA-001",)),
    (set_answer, (Correction("height", "9"), WHY)),
    (reject, (WHY,)),
    (objection, ()),
]
OF_ANSWERS = EVERY[:4]


@pytest.mark.parametrize(("decision", "more"), EVERY)
def test_only_a_file_in_review_is_decided_on(office, decision, more):
    assert office.refused(decision, "000009", *more) is Refusal.UNKNOWN_RECEIPT
    loaded = office.send(a_file())
    assert office.refused(decision, loaded.id, *more) is Refusal.NOT_IN_REVIEW


@pytest.mark.parametrize(("decision", "more"), EVERY)
def test_an_archive_is_decided_on_by_its_files(office, decision, more):
    inside = office.member("1.pdf", changed(born=""))
    receipt = office.send(Contents(members=(inside,)))
    assert receipt.outcome is Outcome.REVIEW
    assert office.refused(decision, receipt.id, *more) is Refusal.IS_A_CONTAINER


@pytest.mark.parametrize(("decision", "more"), OF_ANSWERS)
def test_a_file_that_gave_no_answer_can_only_be_rejected(office, decision, more):
    receipt = office.send(UnreadableFile(Code.FILE_PROTECTED, {"kind": "pdf"}))
    assert office.refused(decision, receipt.id, *more) is Refusal.NOTHING_READ
    assert office.decide(reject, receipt.id, WHY).outcome is Outcome.REJECTED


def test_a_number_is_found_without_its_zeros_and_spaces(office):
    receipt = waits(office, remark="Dr House")
    assert office.decide(accept, " 1 ").id == receipt.id


def test_words_that_name_nobody_after_all_are_accepted(office):
    receipt = waits(office, remark="Suivi par le Dr House")
    loaded = office.decide(accept, receipt.id)
    assert (loaded.outcome, loaded.subject, loaded.revision) == (Outcome.LOADED, "ZAA-001", 1)
    (finding,) = loaded.findings
    assert (finding.code, finding.severity) == ("IDENTIFYING_TEXT", Severity.NOTE)
    assert [d.action for d in loaded.decisions] == [ReviewAction.ACCEPT]
    assert loaded.decisions[0].at == NOON
    (record,) = office.records()
    assert [f.severity for f in record.submission.findings] == [Severity.NOTE]


def test_a_decision_writes_the_receipt_anew_and_takes_the_page_away(office):
    receipt = waits(office, remark="Dr House")
    assert list(office.review.pages) == [receipt.id]
    office.decide(accept, receipt.id)
    assert office.outbox.receipts[receipt.id].outcome is Outcome.LOADED
    assert office.review.pages == {}
    assert office.store.undelivered() == ()


def test_questions_to_the_centre_stay_open_after_a_decision(office):
    receipt = waits(office, remark="Dr House", height="haut")
    loaded = office.decide(accept, receipt.id)
    assert loaded.outcome is Outcome.LOADED_WITH_QUERIES
    severities = {f.code: f.severity for f in loaded.findings}
    assert severities["NUMBER_UNREADABLE"] is Severity.ERROR


def test_an_answer_held_back_is_still_asked_for(office):
    found = changed(Code.READINGS_DISAGREE, height="haut")
    found = replace(found, findings=(replace(found.findings[0], item="height"),))
    receipt = office.send(found)
    assert receipt.outcome is Outcome.REVIEW
    loaded = office.decide(accept, receipt.id, WHY)
    asked = [f.code for f in loaded.findings if f.severity is Severity.ERROR]
    assert "READINGS_DISAGREE" in asked


def test_without_a_key_no_patient_is_made_and_what_is_missing_is_named(office):
    receipt = waits(office, born="")
    for decision in (accept, split):
        assert office.refused(decision, receipt.id) is Refusal.KEY_MISSING
    with pytest.raises(DecisionRefused) as problem:
        accept(office.desk, receipt.id)
    assert problem.value.context == {"codes": "A03"}


def test_a_patient_in_doubt_is_not_accepted_but_told_from_its_neighbour(office):
    office.send(a_file())
    receipt = waits(office, **NEAR)
    assert codes(receipt) == ["IDENTITY_NEAR"]
    assert office.refused(accept, receipt.id) is Refusal.PATIENT_IN_DOUBT
    other = office.decide(split, receipt.id)
    assert (other.outcome, other.subject, other.revision) == (Outcome.LOADED, "ZAA-002", 1)
    assert codes(other) == ["IDENTITY_NEAR"]
    assert len(office.records()) == 2
    again = office.send(changed(**{**NEAR, "height": "14"}))
    assert (again.outcome, again.subject, again.revision) == (Outcome.LOADED, "ZAA-002", 2)


def test_a_near_patient_is_the_same_and_known_by_both_spellings_from_then_on(office):
    office.send(a_file())
    receipt = waits(office, **NEAR)
    loaded = office.decide(same_as, receipt.id, " zaa-001 ")
    assert (loaded.outcome, loaded.subject, loaded.revision) == (Outcome.LOADED, "ZAA-001", 2)
    assert codes(loaded) == ["IDENTITY_NEAR", "REVISION"]
    assert {f.severity for f in loaded.findings} == {Severity.NOTE}
    assert loaded.decisions[-1].subject == "ZAA-001"
    assert {change.item for change in loaded.changes} == {"letters", "height"}
    old = office.send(changed(height="14"))
    new = office.send(changed(**{**NEAR, "height": "15"}))
    assert [(r.subject, r.revision) for r in (old, new)] == [("ZAA-001", 3), ("ZAA-001", 4)]


def test_a_patient_can_be_named_by_its_record_id_and_must_exist(office):
    first = office.send(a_file())
    receipt = waits(office, place="ZOR", height="13")
    assert codes(receipt) == ["IDENTITY_OTHER_CENTRE"]
    assert office.refused(same_as, receipt.id, "ZAA-009") is Refusal.UNKNOWN_PATIENT
    assert office.refused(accept, receipt.id) is Refusal.PATIENT_IN_DOUBT
    loaded = office.decide(same_as, receipt.id, first.record_id)
    assert (loaded.record_id, loaded.revision) == (first.record_id, 2)


def test_a_form_whose_letters_are_missing_can_be_given_to_its_patient(office):
    office.send(a_file())
    receipt = waits(office, letters="QATAR", height="13")
    loaded = office.decide(same_as, receipt.id, "ZAA-001")
    assert (loaded.outcome, loaded.revision) == (Outcome.LOADED_WITH_QUERIES, 2)
    asked = [f.code for f in loaded.findings if f.severity is Severity.ERROR]
    assert asked == ["IDENTITY_TOO_LONG"]
    again = office.send(changed(height="14"))
    assert (again.subject, again.revision) == ("ZAA-001", 3)


def test_two_patients_of_one_key_are_told_apart_by_a_person_with_a_reason(office):
    office.send(a_file())
    receipt = waits(office, Code.RULE_ERROR, filled="09/10/2026", height="13")
    assert office.refused(split, receipt.id) is Refusal.REASON_NEEDED
    other = office.decide(split, receipt.id, WHY)
    assert (other.subject, other.revision) == ("ZAA-002", 1)
    assert office.store.known_record("garden", "ZAA-002").keys[0].rank == 2


def test_a_form_with_another_patients_key_is_not_given_to_a_third(office):
    office.send(a_file())
    office.send(changed(letters="ZZ", born="01/02/1950"))
    receipt = waits(office, filled="07/10/2026", height="13")
    assert office.refused(same_as, receipt.id, "ZAA-002") is Refusal.OTHER_PATIENT


def test_an_older_form_replaces_a_newer_one_only_with_a_reason(office):
    office.send(a_file())
    receipt = waits(office, filled="07/10/2026", height="13")
    assert office.refused(accept, receipt.id) is Refusal.REASON_NEEDED
    assert office.refused(accept, receipt.id, "  ") is Refusal.REASON_NEEDED
    loaded = office.decide(accept, receipt.id, f" {WHY} ")
    assert (loaded.subject, loaded.revision) == ("ZAA-001", 2)
    assert office.store.reasons(receipt.id) == (WHY,)
    assert [c.item for c in loaded.changes] == ["filled", "height"]


def test_an_older_form_given_to_a_patient_needs_a_reason_too(office):
    office.send(a_file())
    receipt = waits(office, letters="QO", filled="07/10/2026", height="13")
    assert office.refused(same_as, receipt.id, "ZAA-001") is Refusal.REASON_NEEDED
    loaded = office.decide(same_as, receipt.id, "ZAA-001", WHY)
    assert "REVISION_OLDER" in codes(loaded)


@pytest.mark.parametrize("code", REASONED_CODES)
def test_loading_against_what_the_program_sees_needs_a_reason(office, code):
    receipt = office.send(a_file(code, Code.RULE_ERROR))
    assert receipt.outcome is Outcome.REVIEW
    if code == Code.FILE_SCANNED:  # waits to be typed first
        assert office.refused(accept, receipt.id) is Refusal.KEY_MISSING
        return
    assert office.refused(accept, receipt.id) is Refusal.REASON_NEEDED
    assert office.decide(accept, receipt.id, WHY).outcome.is_loaded


@pytest.mark.parametrize(("decision", "more"), [(accept, ()), (reject, ()), (objection, ())])
def test_a_reason_names_no_patient(office, decision, more):
    receipt = waits(office, remark="Dr House")
    why = office.refused(decision, receipt.id, *more, "Vu avec Mme Zarrivo")
    assert why is Refusal.REASON_IDENTIFIES
    assert office.store.reasons(receipt.id) == ()


def test_an_answer_already_loaded_is_not_loaded_twice(office):
    receipt = waits(office, letters="QATAR")
    office.send(a_file())
    moves = Correction("letters", "QA", "ZAA-001")
    office.decide(set_answer, receipt.id, moves, WHY)
    assert office.refused(accept, receipt.id) is Refusal.ALREADY_LOADED
    assert office.refused(same_as, receipt.id, "ZAA-001") is Refusal.ALREADY_LOADED


def test_what_else_waits_decides_nothing(office):
    first = waits(office, remark="Dr House")
    second = waits(office, remark="Mme Zarrivo")
    assert office.decide(accept, first.id).outcome is Outcome.LOADED
    assert office.decide(accept, second.id).revision == 2


def test_after_a_rejection_nothing_is_kept_and_the_same_bytes_are_read_again(office):
    content = office.drop("fiche.pdf", changed(letters="QATAR", height="haut"))
    receipt = office.run().receipts[0]
    assert office.refused(reject, receipt.id, " ") is Refusal.REASON_NEEDED
    rejected = office.decide(reject, receipt.id, WHY)
    assert (rejected.outcome, codes(rejected)) == (Outcome.REJECTED, ["IDENTITY_TOO_LONG"])
    assert (rejected.hint, rejected.completeness, rejected.filling_date) == ("", None, None)
    entry = office.store.entry(receipt.id)
    assert (entry.submission, entry.key) == (None, None)
    assert office.send(content).outcome is Outcome.REVIEW


def test_why_a_file_was_rejected_is_kept_and_what_was_entered_is_not(office):
    found = changed(Code.READINGS_DISAGREE, Code.ANSWER_UNSURE)
    entered = {"entered": "canari", "count": "2"}
    found = replace(found, findings=tuple(replace(f, context=entered) for f in found.findings))
    rejected = office.decide(reject, office.send(found).id, WHY)
    told = [(finding.code, finding.context) for finding in rejected.findings]
    assert told == [("READINGS_DISAGREE", {"count": "2"})]


def test_a_file_dropped_again_before_a_decision_is_not_lost(office):
    content = office.drop("fiche.pdf", changed(letters="QATAR"))
    receipt = office.run().receipts[0]
    office.drop("fiche.pdf", content)
    office.decide(reject, receipt.id, WHY)
    (again,) = office.run().receipts
    assert again.outcome is Outcome.REVIEW


def test_a_file_that_could_not_be_taken_yet_is_taken_with_the_decision(office):
    office.drop("fiche.pdf", changed(letters="QATAR"))
    office.inbox.locked.add("fiche.pdf")
    receipt = office.run().receipts[0]
    assert not office.inbox.is_empty
    office.inbox.locked.clear()
    office.decide(reject, receipt.id, WHY)
    assert office.inbox.is_empty


def test_after_an_objection_nothing_is_left_and_the_bytes_are_not_read_again(office):
    office.unsafe_names.add("Zarrivo.pdf")
    content = office.drop("Zarrivo.pdf", changed(letters="WQ", remark="Dr House canari"))
    receipt = office.run().receipts[0]
    repeat = office.send(content, "Zarrivo bis.pdf")
    assert (repeat.outcome, repeat.hint) == (Outcome.DUPLICATE, "ZAA · WQ")
    objected = office.decide(objection, receipt.id)
    assert (objected.outcome, codes(objected)) == (Outcome.REJECTED, ["OBJECTION"])
    kept = [stored.receipt for stored in office.store.receipts()]
    assert [(r.outcome, codes(r)) for r in kept] == [
        (Outcome.REJECTED, ["OBJECTION"]),
        (Outcome.DUPLICATE, ["OBJECTION"]),
    ]
    assert [r.source.name for r in kept] == ["", "Zarrivo bis.pdf"]
    assert not any("WQ" in repr(r) for r in (*kept, *office.outbox.receipts.values()))
    assert office.store.entry(receipt.id).submission is None
    again = office.send(content, "ter.pdf")
    assert (again.outcome, again.earlier) == (Outcome.DUPLICATE, receipt.id)
    assert office.records() == []


def test_an_objection_written_on_the_form_is_confirmed(office):
    receipt = waits(office, agreed="no")
    assert office.refused(accept, receipt.id) is Refusal.NOTHING_READ
    assert office.decide(objection, receipt.id).outcome is Outcome.REJECTED


def test_a_receipt_that_could_not_be_written_after_a_decision_is_written_later(office):
    receipt = waits(office, remark="Dr House")
    office.outbox.closed.add(receipt.id)
    office.decide(accept, receipt.id)
    assert office.outbox.receipts[receipt.id].outcome is Outcome.REVIEW
    office.outbox.closed.clear()
    office.run()
    assert office.outbox.receipts[receipt.id].outcome is Outcome.LOADED
    assert len(office.records()) == 1
