"""Refusing one of several equal files, and what becomes of the others."""

from __future__ import annotations

import datetime as dt

import pytest

from intake.model.errors import UnreadableFile
from intake.model.file.container import Contents, Member
from intake.model.finding_codes import FindingCode as Code
from intake.model.receipt import Outcome, ReviewAction
from intake.model.submission import Rung
from intake.pipeline.review.refuse import objection, reject
from tests.kit.garden import a_file, changed
from tests.kit.plain_office import WHY, PlainOffice, codes


@pytest.fixture
def office():
    return PlainOffice()


def printed(*found, **answered):
    return a_file(Code.FILE_PRINTED, *found, rung=Rung.PRINTED_TEXT, **answered)


def test_an_electronic_form_takes_the_place_of_its_print_that_waits(office):
    waits = office.send(printed())
    form = office.send(a_file())
    assert (form.outcome, form.subject) == (Outcome.LOADED, "ZAA-001")
    aside = office.receipt(waits.id)
    assert (aside.outcome, aside.earlier, aside.subject) == (
        Outcome.DUPLICATE, form.id, "ZAA-001",
    )  # fmt: skip
    assert [d.action for d in aside.decisions] == [ReviewAction.STEP_ASIDE]
    assert office.outbox.receipts[waits.id] == aside
    assert (office.review.pages, office.store.undelivered()) == ({}, ())


def test_a_better_carrier_takes_the_place_though_it_waits_too(office):
    waits = office.send(a_file(Code.FILE_CONVERTED, Code.RULE_ERROR))
    form = office.send(a_file(Code.RULE_ERROR))
    assert form.outcome is Outcome.REVIEW
    assert office.receipt(waits.id).earlier == form.id


def test_a_file_that_may_hold_more_waits_on_beside_the_equal_one(office):
    waits = office.send(a_file(Code.SEVERAL_FORMS))
    assert office.send(a_file()).outcome is Outcome.LOADED
    assert office.receipt(waits.id).outcome is Outcome.REVIEW


def test_the_best_of_the_repeats_comes_forward_and_the_others_are_tied_to_it(office):
    first = office.send(a_file(Code.RULE_ERROR))
    poor = office.send(a_file(Code.RULE_ERROR, rung=Rung.CODE_ROW))
    best = office.send(a_file(Code.RULE_ERROR))
    assert [poor.earlier, best.earlier] == [first.id, first.id]
    office.decide(reject, first.id, WHY)
    forward = office.receipt(best.id)
    assert (forward.outcome, forward.earlier) == (Outcome.REVIEW, None)
    assert forward.decisions[-1].action is ReviewAction.COME_FORWARD
    assert office.store.entry(best.id).submission is not None
    assert office.receipt(poor.id).earlier == best.id
    assert list(office.review.pages) == [best.id]


def test_what_comes_forward_is_loaded_when_nothing_is_asked_of_it(office):
    first = office.send(a_file(Code.RULE_ERROR))
    copy = office.send(a_file(Code.RULE_ERROR))
    for content, found in office._found.items():
        office._found[content] = a_file() if found.findings else found
    office.decide(reject, first.id, WHY)
    assert office.receipt(copy.id).outcome is Outcome.LOADED
    assert len(office.records()) == 1


def test_the_very_same_bytes_are_refused_together(office):
    content = office.drop("1.pdf", changed(remark="Dr House"))
    first = office.run().receipts[0]
    again = office.send(content, "2.pdf")
    office.decide(reject, first.id, WHY)
    for receipt in (office.receipt(first.id), office.receipt(again.id)):
        assert (receipt.outcome, codes(receipt)) == (Outcome.REJECTED, ["IDENTIFYING_TEXT"])
    assert office.store.reasons(again.id) == (WHY,)
    assert office.send(content, "3.pdf").outcome is Outcome.REVIEW


def test_a_repeat_that_cannot_be_read_any_more_waits_by_itself(office):
    first = office.send(a_file(Code.RULE_ERROR))
    copy = office.send(a_file(Code.RULE_ERROR))
    for content in office._found:
        office._found[content] = UnreadableFile(Code.FILE_LIMIT, {"limit": "time"})
    office.decide(reject, first.id, WHY)
    left = office.receipt(copy.id)
    assert (left.outcome, codes(left)) == (Outcome.REVIEW, ["INTERNAL_ERROR"])


def test_an_objection_reaches_the_repeats_of_repeats(office):
    print_out = office.send(printed(Code.RULE_ERROR))
    middle = office.send(a_file(Code.RULE_ERROR, rung=Rung.CODE_ROW))
    best = office.send(a_file(Code.RULE_ERROR))
    assert office.receipt(print_out.id).earlier == middle.id
    office.decide(objection, best.id)
    every = [office.receipt(number) for number in (print_out.id, middle.id, best.id)]
    assert [codes(receipt) for receipt in every] == [["OBJECTION"]] * 3


def test_the_same_file_in_a_later_message_waits_after_the_form_that_replaced_it(office):
    old, new = (office.bytes_of(found) for found in (a_file(), changed(height="13")))
    for content, day in ((old, 10), (new, 8)):
        office.drop(f"{day}.eml", _message(office, content, office.desk.clock() - _days(day)))
        office.run()
    office.drop("1.eml", _message(office, old, office.desk.clock() - _days(1)))
    receipt = office.run().receipts[1]
    assert (receipt.outcome, codes(receipt)) == (Outcome.REVIEW, ["REVISION_OLDER"])
    office.drop("2.eml", _message(office, old, office.desk.clock() - _days(9)))
    assert office.run().receipts[1].outcome is Outcome.DUPLICATE


def _days(number):
    return dt.timedelta(days=number)


def _message(office, content, sent):
    return office.bytes_of(Contents(members=(Member("fiche.pdf", content),), sent=sent))
