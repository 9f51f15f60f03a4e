"""A protected file is opened once with its password; what it held is decided on as any file."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from intake.model.errors import DecisionRefused, Refusal, UnreadableFile
from intake.model.file.container import Contents, Member
from intake.model.file.password import Password
from intake.model.finding_codes import FindingCode as Code
from intake.model.receipt import Correction, Outcome, ReviewAction
from intake.pipeline.review.amend import set_answer
from intake.pipeline.review.decisions import accept
from intake.pipeline.review.unlock import unlock
from tests.kit.garden import a_file, changed
from tests.kit.plain_office import SECRET, WHY, PlainOffice, codes

RIGHT = Password(SECRET)


@pytest.fixture
def office():
    return PlainOffice()


def test_what_a_protected_file_holds_is_loaded_under_its_own_receipt(office):
    held = office.send(office.locked(a_file()))
    assert (held.outcome, codes(held)) == (Outcome.REVIEW, ["FILE_PROTECTED"])
    opened = office.decide(unlock, held.id, RIGHT, WHY)
    assert (opened.id, opened.outcome, codes(opened)) == (
        held.id,
        Outcome.LOADED,
        ["FILE_UNLOCKED"],
    )
    assert opened.decisions[-1].action is ReviewAction.UNLOCK
    assert not opened.is_in_dataset
    (listed,) = opened.members
    member = office.receipt(listed.receipt)
    assert (member.outcome, member.parent, member.subject) == (Outcome.LOADED, held.id, "ZAA-001")
    assert (member.source.name, member.source.received) == ("fiche.pdf", held.source.received)
    assert member.source.sha256 in office.archive.originals
    assert office.outbox.receipts[member.id] == member
    assert office.store.reasons(held.id) == (WHY,)
    assert office.store.undelivered() == ()


@pytest.mark.parametrize("text", ["", "sesame", SECRET.upper()])
def test_a_wrong_password_changes_nothing(office, text):
    held = office.send(office.locked(a_file()))
    assert office.refused(unlock, held.id, Password(text)) is Refusal.WRONG_PASSWORD


def test_only_a_protected_file_is_opened(office):
    receipt = office.send(changed(born=""))
    assert office.refused(unlock, receipt.id, RIGHT) is Refusal.NOT_PROTECTED


def test_a_reason_names_no_patient(office):
    held = office.send(office.locked(a_file()))
    why = office.refused(unlock, held.id, RIGHT, "Vu avec Mme Zarrivo")
    assert why is Refusal.REASON_IDENTIFIES


@pytest.mark.parametrize(
    ("problem", "why"),
    [
        (UnreadableFile(Code.FILE_NOT_YET_READ, {"kind": "zip"}), Refusal.CANNOT_UNLOCK),
        (UnreadableFile(Code.FILE_DAMAGED), Refusal.NOT_UNLOCKED),
        (UnreadableFile(Code.FILE_PROTECTED, {"extra": "protected"}), Refusal.NEEDS_PART),
    ],
)
def test_why_a_file_cannot_be_opened_is_said(office, problem, why):
    def refuse(content, password):
        raise problem

    held = office.send(office.locked(a_file()))
    office._unlock = refuse
    with pytest.raises(DecisionRefused) as refused:
        unlock(office.desk, held.id, RIGHT)
    assert refused.value.why is why
    assert refused.value.context.get("part", "protected") == "protected"


def test_a_form_that_must_be_checked_is_decided_on_under_its_own_number(office):
    held = office.send(office.locked(changed(letters="QATAR")))
    opened = office.decide(unlock, held.id, RIGHT)
    number = opened.members[0].receipt
    assert (opened.outcome, office.receipt(number).outcome) == (Outcome.REVIEW, Outcome.REVIEW)
    assert office.refused(accept, held.id, WHY) is Refusal.IS_A_CONTAINER
    assert office.refused(unlock, held.id, RIGHT) is Refusal.IS_A_CONTAINER
    office.decide(set_answer, number, Correction("letters", "QA"), WHY)
    assert office.decide(accept, number).outcome is Outcome.LOADED


def test_a_form_that_is_known_already_is_a_duplicate(office):
    first = office.send(a_file())
    held = office.send(office.locked(a_file()), "b.pdf")
    opened = office.decide(unlock, held.id, RIGHT)
    member = office.receipt(opened.members[0].receipt)
    assert (opened.outcome, member.outcome) == (Outcome.DUPLICATE, Outcome.DUPLICATE)
    assert member.earlier == first.id


def test_a_protected_file_in_an_email_stays_under_it(office):
    inside = office.locked(a_file())
    office.drop("envoi.eml", Contents(members=(Member("f.pdf", inside),)))
    office.run()
    opened = office.decide(unlock, "000002", RIGHT)
    assert (opened.parent, opened.members[0].receipt) == ("000001", "000003")


def test_a_failure_after_what_was_inside_is_saved_leaves_the_file_locked(office):
    held = office.send(office.locked(a_file()))
    before = office.receipt(held.id)

    def stopped():
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        unlock(replace(office.desk, clock=stopped), held.id, RIGHT)
    assert office.receipt(held.id) == before
    assert len(list(office.store.receipts())) == 1
    assert office.records() == []


def test_the_password_is_in_no_receipt(office):
    held = office.send(office.locked(a_file()))
    office.decide(unlock, held.id, RIGHT, WHY)
    everything = repr([s.receipt for s in office.store.receipts()]) + repr(office.store.events)
    assert SECRET not in everything
    assert hashlib.sha256(SECRET.encode()).hexdigest() not in everything
