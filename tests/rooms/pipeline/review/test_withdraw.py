"""A record taken out of the dataset: its answers kept, or deleted when its patient objects."""

from __future__ import annotations

import pytest

from intake.model.errors import Refusal
from intake.model.file.container import Contents, Reply, ReplyLine
from intake.model.finding_codes import FindingCode
from intake.model.query import QueryEnd
from intake.model.receipt import Correction, Outcome, ReviewAction
from intake.pipeline.review.correct import correct
from intake.pipeline.review.decisions import accept
from intake.pipeline.review.merge import merge
from intake.pipeline.review.refuse import objection
from intake.pipeline.review.undo import undo
from intake.pipeline.review.withdraw import withdraw, withdraw_objecting
from tests.kit.garden import a_file, answers, changed
from tests.kit.plain_office import WHY, PlainOffice, codes
from tests.kit.plain_sheets import Garden

HELD_BACK = {"height": "haut", "remark": "au nord"}


@pytest.fixture
def office():
    made = PlainOffice()
    made.send(changed(**HELD_BACK))
    return made


def asked(office):
    return [(q.finding.code, q.state, q.how) for q in office.store.queries()]


def test_a_withdrawn_record_is_not_in_the_dataset_and_asks_nothing(office):
    receipt = office.decide(withdraw, "ZAA-001", WHY)
    assert office.records() == []
    assert (receipt.id, receipt.decisions[-1].action) == ("000001", ReviewAction.WITHDRAW)
    assert office.store.reasons("000001") == (WHY,)
    assert [how for _, _, how in asked(office)] == [QueryEnd.SUPERSEDED]
    assert office.refused(withdraw, "ZAA-001", WHY) is Refusal.WITHDRAWN


def test_a_reason_is_needed_and_a_record(office):
    assert office.refused(withdraw, "ZAA-001", "") is Refusal.REASON_NEEDED
    assert office.refused(withdraw_objecting, "ZAA-001", " ") is Refusal.REASON_NEEDED
    assert office.refused(withdraw, "ZAA-002", WHY) is Refusal.UNKNOWN_PATIENT


def test_a_withdrawal_is_not_undone_once_a_newer_form_brought_the_record_back(office):
    office.decide(withdraw, "ZAA-001", WHY)
    newer = office.send(changed(height="14", filled="09/10/2026"))
    office.decide(accept, newer.id, WHY)
    before, questions = office.records(), asked(office)

    assert office.refused(undo, "000001", WHY) is Refusal.NOT_CURRENT
    assert (office.records(), asked(office)) == (before, questions)


def test_a_withdrawn_record_takes_no_form_over_it(office):
    office.decide(withdraw, "ZAA-001", WHY)
    newer = office.send(changed(height="14", filled="09/10/2026"))

    assert office.refused(merge, newer.id, "ZAA-001", WHY) is Refusal.WITHDRAWN


def test_an_objection_deletes_the_sheets_and_messages_that_wait_too():
    garden = Garden()
    garden.form()
    garden.make()
    lines = Reply(("ZAA-001",), (ReplyLine("A06", "9"),))
    message = garden.send(Contents(members=(), own_words=2, reply=lines), "reponse.eml")
    sheet = garden.back(FindingCode.FILE_PRINTED, height="9")
    waiting = (message.id, sheet.id)
    assert all(garden.refused(objection, each) is Refusal.IS_A_SHEET for each in waiting)

    garden.decide(withdraw_objecting, "ZAA-001", WHY)

    assert [garden.receipt(each).outcome for each in waiting] == [Outcome.REJECTED] * 2
    assert all(garden.store.kept(each).submission is None for each in waiting)


def test_a_withdrawn_record_takes_no_correction(office):
    office.decide(withdraw, "ZAA-001", WHY)
    given = [Correction("height", "13")]
    assert office.refused(correct, "ZAA-001", given, WHY) is Refusal.WITHDRAWN


def test_the_withdrawal_is_undone_with_its_questions(office):
    before, questions = office.records(), asked(office)
    office.decide(withdraw, "ZAA-001", WHY)
    receipt = office.decide(undo, "1", WHY)
    assert office.records() == before
    assert (receipt.revision, receipt.outcome) == (1, Outcome.LOADED_WITH_QUERIES)
    assert asked(office) == questions


def test_a_new_form_of_a_withdrawn_patient_waits_and_brings_the_record_back(office):
    office.decide(withdraw, "ZAA-001", WHY)
    again = office.send(changed(height="14", filled="09/10/2026"))
    assert (again.outcome, codes(again)) == (Outcome.REVIEW, ["RECORD_WITHDRAWN"])
    kept = office.decide(accept, again.id)
    assert (kept.subject, kept.revision) == ("ZAA-001", 2)
    assert [record.subject for record in office.records()] == ["ZAA-001"]


def test_the_same_answers_again_are_no_duplicate_of_what_was_withdrawn(office):
    office.decide(withdraw, "ZAA-001", WHY)
    again = office.send(changed(**HELD_BACK))
    assert (again.outcome, "RECORD_WITHDRAWN" in codes(again)) == (Outcome.REVIEW, True)


def test_an_objection_deletes_every_answer_of_the_record(office):
    office.decide(correct, "ZAA-001", [Correction("height", "13")], WHY)
    told = office.decide(withdraw_objecting, "ZAA-001", WHY)
    assert told.id == "000002"
    for number in ("000001", "000002"):
        entry = office.store.kept(number)
        assert (entry.submission, entry.key, entry.receipt.outcome) == (
            None, None, Outcome.REJECTED,
        )  # fmt: skip
        assert (entry.receipt.hint, entry.receipt.changes) == ("", ())
        assert codes(entry.receipt) == ["OBJECTION"]
        assert office.outbox.receipts[number] == entry.receipt
    assert office.records() == []
    assert all(q.is_closed and not q.finding.context for q in office.store.queries())


def test_an_objection_takes_the_forms_of_the_patient_that_wait(office):
    waiting = office.send(changed(height="", colours__red="", agreed="", filled="09/10/2026"))
    assert waiting.outcome is Outcome.REVIEW
    office.decide(withdraw_objecting, "ZAA-001", WHY)
    assert office.store.kept(waiting.id).submission is None


def test_nothing_of_a_patient_who_objected_is_read_again(office):
    content = office.archive.content(office.receipt("000001").source.sha256)
    office.decide(withdraw_objecting, "ZAA-001", WHY)
    same = office.send(content)
    assert (same.outcome, same.earlier) == (Outcome.DUPLICATE, "000001")
    other = office.send(changed(height="14", filled="09/10/2026"))
    assert (other.outcome, codes(other)) == (Outcome.REVIEW, ["PATIENT_OBJECTED"])
    assert office.store.kept(other.id).submission is None
    assert office.refused(undo, "000001") is Refusal.NOT_UNDONE


def test_another_patient_is_read_after_an_objection(office):
    office.decide(withdraw_objecting, "ZAA-001", WHY)
    other = office.send(a_file(entered=answers(letters="ZZ", born="02/02/1944")))
    assert (other.outcome, other.subject) == (Outcome.LOADED, "ZAA-002")
