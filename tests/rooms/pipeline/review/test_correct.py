"""Answers given to a record by the coordinator: one document, one receipt, one revision."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from intake.model.errors import Refusal
from intake.model.finding import Finding, Severity
from intake.model.finding_codes import FindingCode as Code
from intake.model.receipt import Correction, Outcome, ReviewAction
from intake.model.submission import Rung, ValueStatus
from intake.pipeline.records.document import read_correction
from intake.pipeline.review.correct import correct
from intake.pipeline.review.decisions import same_as
from tests.kit.garden import a_file, answers, changed
from tests.kit.plain_office import NOON, WHY, PlainOffice, codes

WHOLE = answers(remark="au nord", visits__1__count="4", visits__2__count="5", trade="x")


@pytest.fixture
def office():
    made = PlainOffice()
    made.send(a_file(entered=WHOLE))
    return made


def give(office, *given, name="ZAA-001", reason=WHY):
    answered = [Correction(place, text) for place, text in given]
    return office.decide(correct, name, answered, reason)


def refused(office, *given, name="ZAA-001", reason=WHY):
    answered = [Correction(place, text) for place, text in given]
    return office.refused(correct, name, answered, reason)


def value(office, item, row=None):
    (record,) = office.records()
    return next((v for v in record.submission.values if v.key == (item, row)), None)


def test_a_correction_is_the_records_next_revision_with_its_own_receipt(office):
    receipt = give(office, ("height", "13"), name="zaa-001")
    assert (receipt.id, receipt.outcome, receipt.revision) == ("000002", Outcome.LOADED, 2)
    assert [(c.code, c.before, c.after) for c in receipt.changes] == [("A06", "12.5", "13")]
    assert [(d.action, d.code) for d in receipt.decisions] == [(ReviewAction.CORRECT, "A06")]
    assert office.store.reasons(receipt.id) == (WHY,)
    assert office.outbox.receipts[receipt.id] == receipt
    assert str(value(office, "height").value) == "13"


def test_the_corrected_value_says_who_gave_it_and_what_the_file_says(office):
    give(office, ("height", "13"))
    given = value(office, "height")
    assert (given.rung, given.raw, given.replaced) == (Rung.PERSON, "13", "12,5")
    give(office, ("height", "14"))
    assert value(office, "height").replaced == "12,5"


def test_the_document_says_whose_what_who_when_and_why(office):
    receipt = give(office, ("height", "13"))
    kept = read_correction(office.archive.content(receipt.source.sha256))
    assert (kept.subject, kept.revision, kept.by, kept.at) == ("ZAA-001", 1, "Ana", NOON)
    assert (kept.answers, kept.reason) == ((Correction("height", "13"),), WHY)


def test_several_answers_are_one_correction(office):
    receipt = give(office, ("A06", "13"), ("B02.2", "6"), ("colours", "red;blue"))
    assert [change.code for change in receipt.changes] == ["A06", "A07", "B02.2"]
    assert receipt.decisions[-1].code == "A06, B02.2, A07"


def test_an_answer_is_emptied_by_an_empty_one(office):
    receipt = give(office, ("height", ""))
    assert value(office, "height") is None
    assert (receipt.outcome, codes(receipt)) == (Outcome.LOADED_WITH_QUERIES, ["REQUIRED"])


def test_a_held_back_answer_is_mended_and_another_stays_in_question():
    office = PlainOffice()
    asked = Finding(code=Code.CELL_FORMULA, severity=Severity.QUERY, item="remark")
    office.send(replace(a_file(entered={**WHOLE, "height": "haut"}), findings=(asked,)))
    assert value(office, "height").status is ValueStatus.HELD_BACK
    receipt = give(office, ("height", "13"))
    assert (receipt.outcome, codes(receipt)) == (Outcome.LOADED_WITH_QUERIES, ["CELL_FORMULA"])


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (("nowhere", "1"), Refusal.UNKNOWN_PLACE),
        (("visits__1__month", "m3"), Refusal.PRINTED_PLACE),
        (("height", "haut"), Refusal.NOT_UNDERSTOOD),
        (("colours", "green"), Refusal.NOT_UNDERSTOOD),
        (("height", "12,5"), Refusal.NOTHING_CHANGES),
        (("letters", ""), Refusal.KEY_CHANGED),
    ],
)
def test_what_cannot_be_taken_changes_nothing(office, given, why):
    assert refused(office, given) is why


def test_a_record_is_named_and_a_reason_given_that_names_nobody(office):
    assert refused(office, ("height", "13"), name="ZAA-009") is Refusal.UNKNOWN_PATIENT
    assert refused(office, ("height", "13"), reason=" ") is Refusal.REASON_NEEDED
    assert refused(office, ("height", "13"), reason="M. Durand") is Refusal.REASON_IDENTIFIES


def test_an_identification_is_corrected_but_not_to_that_of_another_patient(office):
    office.send(changed(letters="ZZ", born="02/02/1944", filled="09/10/2026"))
    other = (("letters", "ZZ"), ("born", "02/02/1944"))
    assert refused(office, *other) is Refusal.OTHER_PATIENT
    receipt = give(office, ("letters", "QO"))
    assert (receipt.subject, receipt.hint) == ("ZAA-001", "ZAA · QO")
    again = office.send(changed(letters="QO", filled="10/10/2026"))
    assert (again.subject, again.revision) == ("ZAA-001", 3)


def test_the_same_form_sent_again_does_not_undo_a_correction(office):
    give(office, ("height", "13"))
    again = office.send(a_file(entered={**WHOLE, "filled": "08/10/2026"}))
    assert again.outcome is Outcome.REVIEW
    assert str(value(office, "height").value) == "13"


def test_a_newer_form_that_takes_a_correction_back_is_asked_about(office):
    give(office, ("height", "13"), ("B02.1", "7"))
    newer = office.send(a_file(entered={**WHOLE, "filled": "09/10/2026"}))
    asked = [(f.code, f.item, f.row) for f in newer.findings if f.severity is Severity.QUERY]
    assert asked == [("CORRECTION_UNDONE", "height", None), ("CORRECTION_UNDONE", "count", 1)]
    assert (newer.outcome, newer.revision) == (Outcome.LOADED_WITH_QUERIES, 3)
    assert [q.finding.item for q in office.store.queries()] == ["height", "count"]
    (record,) = office.records()
    assert "CORRECTION_UNDONE" in [f.code for f in record.submission.findings]


def test_a_newer_form_with_another_answer_than_the_corrected_one_is_not_asked_about(office):
    give(office, ("height", "13"))
    newer = office.send(a_file(entered={**WHOLE, "filled": "09/10/2026", "height": "15"}))
    assert (newer.outcome, codes(newer)) == (Outcome.LOADED, ["REVISION"])


def test_a_form_that_waited_is_asked_the_same_when_it_is_accepted(office):
    give(office, ("height", "13"))
    near = office.send(a_file(entered={**WHOLE, "letters": "QO", "filled": "09/10/2026"}))
    kept = office.decide(same_as, near.id, "ZAA-001")
    assert "CORRECTION_UNDONE" in codes(kept)


def test_the_originals_with_their_corrections_make_the_same_records_anew(office):
    give(office, ("height", "13"))
    give(office, ("height", "14"), ("B02.1", "7"))
    office.send(changed(letters="ZZ", born="02/02/1944", filled="09/10/2026"))
    give(office, ("remark", ""), name="ZAA-001")
    anew = PlainOffice()
    anew._found = office._found
    for stored in office.store.receipts():
        anew.now = anew.now + dt.timedelta(days=1)
        anew.send(office.archive.content(stored.receipt.source.sha256), "original")
    assert [r.submission for r in anew.records()] == [r.submission for r in office.records()]
    assert [(r.record_id, r.subject, r.revision) for r in anew.records()] == [
        (r.record_id, r.subject, r.revision) for r in office.records()
    ]
    assert anew.store.reasons("000002") == office.store.reasons("000002")


def test_a_correction_that_comes_again_changes_nothing(office):
    receipt = give(office, ("height", "13"))
    again = office.send(office.archive.content(receipt.source.sha256))
    assert (again.outcome, again.earlier) == (Outcome.DUPLICATE, receipt.id)


def test_a_correction_that_this_studys_program_did_not_write_is_not_read(office):
    receipt = give(office, ("height", "13"))
    forged = office.archive.content(receipt.source.sha256).replace(b'"13"', b'"99"')
    again = office.send(forged)
    assert (again.outcome, codes(again)) == (Outcome.REJECTED, ["FILE_UNKNOWN"])
    assert str(value(office, "height").value) == "13"


def test_a_correction_of_a_record_that_is_not_there_says_so(office):
    receipt = give(office, ("height", "13"))
    elsewhere = PlainOffice()
    told = elsewhere.send(office.archive.content(receipt.source.sha256))
    assert (told.outcome, codes(told)) == (Outcome.REJECTED, ["CORRECTION_REFUSED"])


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b'{"crf-intake":"correction",', b'{"crf-intake":"correction","at":[]}', b"x" * 99],
)
def test_other_bytes_are_no_correction(content):
    assert read_correction(content) is None


@pytest.mark.parametrize("second", ["8", ""])
def test_two_answers_to_one_question_are_not_taken(office, second):
    given = [Correction("A06", "9"), Correction("height", second)]
    assert office.refused(correct, "ZAA-001", given, WHY) is Refusal.TWO_ANSWERS


def replayed(office, numbers):
    """Return a new office that found these originals in its inbox at once, in this order."""
    anew = PlainOffice()
    anew._found = office._found
    for number in numbers:
        anew.drop(number, office.archive.content(office.receipt(number).source.sha256))
    anew.run()
    return anew


def test_the_order_of_originals_in_the_inbox_does_not_matter(office):
    give(office, ("height", "13"))
    give(office, ("height", "14"))
    give(office, ("B02.1", "7"))
    for numbers in itertools.permutations(("000001", "000002", "000003", "000004")):
        anew = replayed(office, numbers)
        assert [r.submission.values for r in anew.records()] == [
            r.submission.values for r in office.records()
        ]


def test_a_correction_from_before_what_the_record_says_is_not_applied_in_silence(office):
    receipt = give(office, ("height", "13"))
    content = office.archive.content(receipt.source.sha256)
    anew = PlainOffice()
    anew._found = office._found
    anew.send(a_file(entered={**WHOLE, "height": "haut"}))
    anew.send(a_file(entered={**WHOLE, "filled": "09/10/2026", "height": "15"}))
    told = anew.send(content)

    assert (told.outcome, codes(told)) == (Outcome.REJECTED, ["CORRECTION_REFUSED"])
    assert str(value(anew, "height").value) == "15"


def test_a_correction_that_was_cut_off_before_it_was_saved_does_not_win_over_the_next(
    office, monkeypatch
):
    def killed(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(office.store, "save", killed)
    with pytest.raises(KeyboardInterrupt):
        give(office, ("height", "13"))
    monkeypatch.undo()
    (cut,) = [c for c in office.archive.originals if read_correction(office.archive.content(c))]
    office.now += dt.timedelta(minutes=1)
    saved = give(office, ("height", "14"))
    anew = PlainOffice()
    anew._found = office._found
    first = office.receipt("000001").source.sha256
    for sha256 in (first, cut, saved.source.sha256):
        anew.drop(sha256, office.archive.content(sha256))
    anew.run()

    assert str(value(anew, "height").value) == "14"
