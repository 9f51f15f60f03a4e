"""From what a reader saw to the entry that is saved: every fate of one file."""

from __future__ import annotations

import datetime as dt

import pytest

from intake.model.file.container import Contents
from intake.model.finding import Location
from intake.model.finding_codes import FindingCode as Code
from intake.model.finding_codes import finding_of
from intake.model.receipt import Completeness, Outcome
from intake.model.submission import FieldKind, FileFormat, FoundField, StampClaim
from intake.pipeline.review.decisions import accept
from intake.privacy.to_centre import told_changes, told_findings, told_subject
from tests.kit.garden import a_file, answers, changed, stamp
from tests.kit.plain_office import PlainOffice, codes

CENTRES = {"ZAA-2": "ZAA", "ZOR": "ZOR"}
ADDRESSES = {"ZAA-2": "a@hopital.example", "ZOR": "z@ailleurs.example"}


@pytest.fixture
def office():
    return PlainOffice()


def of_centre(centre, **answered):
    return a_file(claims=(StampClaim("field", stamp(centre=centre)),), **answered)


def test_a_whole_form_is_loaded_and_its_receipt_says_what_it_is(office):
    receipt = office.send(a_file())
    assert (receipt.outcome, codes(receipt)) == (Outcome.LOADED, [])
    assert (receipt.form, receipt.version, receipt.language) == ("garden", "1.0.0", "fr")
    assert (receipt.format, receipt.centre) == (FileFormat.PDF, "ZAA")
    assert (receipt.subject, receipt.revision) == ("ZAA-001", 1)
    assert receipt.completeness == Completeness(expected=2, answered=2)
    assert (receipt.hint, receipt.filling_date) == ("ZAA · QA", "2026-10-08")
    assert receipt.name_is_safe


def test_values_in_the_dataset_are_those_that_were_typed(office):
    office.send(changed(height="9,15", visits__2__count="4"))
    (record,) = office.records()
    held = record.submission.record
    assert (held["height"], held["colours"], held["born"]) == (9.15, ["red"], "1961-04-17")
    assert held["visits"] == [{"_row": 2, "month": "m6", "count": 4}]


def test_an_unreadable_answer_is_held_back_and_asked_for(office):
    receipt = office.send(changed(height="haut"))
    assert (receipt.outcome, codes(receipt)) == (
        Outcome.LOADED_WITH_QUERIES,
        ["NUMBER_UNREADABLE"],
    )
    (record,) = office.records()
    assert "height" not in record.submission.record


def test_the_receipt_speaks_the_language_of_the_stamp_else_the_first_of_the_form(office):
    def spoken(language):
        claim = StampClaim("field", stamp(language=language))
        return office.send(a_file(claims=(claim,))).language

    assert (spoken("en"), spoken("de")) == ("en", "fr")


def test_a_form_of_no_study_speaks_the_studys_language():
    office = PlainOffice(language="en")
    receipt = office.send(a_file(claims=(), entered={"x": "1"}))
    assert (receipt.outcome, receipt.language) == (Outcome.REJECTED, "en")
    assert codes(receipt) == ["FORM_UNKNOWN"]


def test_of_a_foreign_file_only_that_it_is_foreign_is_said(office):
    receipt = office.send(a_file(Code.FILE_REPAIRED, claims=(), entered={}))
    assert codes(receipt) == ["FORM_UNKNOWN"]


def test_an_unknown_version_keeps_what_was_noticed_about_the_file(office):
    claims = (StampClaim("field", stamp(version="9.0.0")),)
    receipt = office.send(a_file(Code.FILE_EXTENSION, claims=claims))
    assert (receipt.outcome, codes(receipt)) == (
        Outcome.REVIEW,
        ["FILE_EXTENSION", "FORM_VERSION_UNKNOWN"],
    )
    assert (receipt.form, receipt.version) == ("garden", "9.0.0")


def test_a_form_without_fields_is_never_read_even_when_it_is_recognised(office):
    receipt = office.send(a_file(Code.FILE_NO_FIELDS))
    assert (receipt.outcome, codes(receipt)) == (Outcome.REVIEW, ["FILE_NO_FIELDS"])
    assert office.store.entry(receipt.id).submission is None


def test_a_blank_form_sent_back_is_said_to_be_empty(office):
    receipt = office.send(a_file(entered={}))
    assert (receipt.outcome, codes(receipt)) == (Outcome.REJECTED, ["FORM_EMPTY"])


def test_what_a_centres_form_has_prefilled_is_no_answer(office):
    receipt = office.send(a_file(entered={"place": "ZAA", "trade": "jardinier"}))
    assert codes(receipt) == ["FORM_EMPTY"]


def test_a_form_whose_one_answer_cannot_be_read_is_not_empty(office):
    receipt = office.send(a_file(entered={"height": "illisible"}))
    assert receipt.outcome is Outcome.REVIEW
    assert "NUMBER_UNREADABLE" in codes(receipt)


@pytest.mark.parametrize("code", [Code.FIELD_DUPLICATE, Code.READINGS_DISAGREE, Code.FIELD_UNKNOWN])
def test_an_empty_form_that_may_hold_more_than_was_read_is_looked_at_by_a_person(office, code):
    """Answers drawn over the page, a second form joined to a blank one, fields that are lost."""
    receipt = office.send(a_file(code, entered={}))
    assert (receipt.outcome, codes(receipt)) == (Outcome.REVIEW, [code])


def test_what_is_noticed_about_an_empty_form_stands_beside_its_emptiness(office):
    receipt = office.send(a_file(Code.FILE_EXTENSION, entered={}))
    assert (receipt.outcome, codes(receipt)) == (Outcome.REJECTED, ["FILE_EXTENSION", "FORM_EMPTY"])


def test_nothing_of_a_form_with_an_objection_is_kept_or_quoted(office):
    receipt = office.send(changed(Code.FILE_EXTENSION, agreed="no"))
    assert (receipt.outcome, codes(receipt)) == (Outcome.REVIEW, ["OBJECTION"])
    assert (receipt.hint, receipt.completeness, receipt.filling_date) == ("", None, None)
    assert office.store.entry(receipt.id).submission is None


def test_a_recognised_scan_waits_without_answers_for_a_person_to_type_them(office):
    receipt = office.send(a_file(Code.FILE_SCANNED))
    assert (receipt.outcome, codes(receipt)) == (Outcome.REVIEW, ["FILE_SCANNED"])
    entry = office.store.entry(receipt.id)
    assert (entry.submission.values, entry.key) == ((), None)
    assert receipt.completeness is None


def test_a_late_return_is_loaded_and_said_to_be_late():
    office = PlainOffice(closing_date=dt.date(2026, 11, 1))
    assert codes(office.send(a_file())) == ["LATE"]
    on_the_day = PlainOffice(closing_date=dt.date(2026, 11, 2))
    assert codes(on_the_day.send(a_file())) == []


def test_a_centre_that_is_not_in_the_list_is_said():
    office = PlainOffice(centres=CENTRES)
    assert codes(office.send(of_centre("ZZZ"))) == ["CENTRE_UNKNOWN"]
    assert office.send(of_centre("ZAA-2")).centre == "ZAA-2"
    assert codes(PlainOffice().send(of_centre("ZZZ"))) == []


@pytest.mark.parametrize("waits", [False, True])
def test_a_record_that_two_centres_with_the_same_letters_sent_is_told_to_neither(waits):
    office = PlainOffice(centres={**CENTRES, "ZAA-3": "ZAA"})
    doubt = (finding_of(Code.PAGES_MISSING, {"count": "1", "pages": "1"}),) if waits else ()
    first, again = (
        office.send(of_centre("ZAA-2", entered=answers(height=h))) for h in ("10", "11")
    )
    other = office.send(of_centre("ZAA-3", entered=answers(height="12"), findings=doubt))
    if waits:
        other = office.decide(accept, other.id, "vu")
    own = office.send(of_centre("ZAA-2", entered=answers(height="13")))
    assert [one.revision for one in (first, again, other, own)] == [1, 2, 3, 4]
    assert (told_subject(again), len(told_changes(again))) == ("ZAA-001", 1)
    for one in (other, own):
        assert one.outcome is Outcome.LOADED
        assert one.changes
        assert (told_subject(one), told_changes(one)) == (None, ())
        assert {finding.code for finding in told_findings(one)} <= {Code.PAGES_MISSING}


def test_letters_of_another_centre_than_the_forms_are_asked_about():
    office = PlainOffice(centres=CENTRES)
    receipt = office.send(of_centre("ZOR"))
    assert (receipt.outcome, codes(receipt)) == (Outcome.LOADED_WITH_QUERIES, ["CENTRE_MISMATCH"])
    assert receipt.findings[0].context == {"written": "ZAA", "stamped": "ZOR"}


@pytest.mark.parametrize(
    ("sender", "said"),
    [
        ("a@hopital.example", []),
        ("z@ailleurs.example", ["SENDER_CENTRE"]),
        ("x@inconnu.example", []),
    ],
)
@pytest.mark.parametrize("stamped", [None, "ZAA-2"])
def test_the_address_of_another_centre_is_noted(sender, said, stamped):
    office = PlainOffice(centres=CENTRES, addresses=ADDRESSES)
    form = office.member("fiche.pdf", of_centre(stamped))
    office.send(Contents(members=(form,), sender=sender))
    assert codes(office.receipt("000002")) == said


def test_a_field_of_no_question_is_told_and_its_file_is_asked_about(office):
    stray = FoundField("mystery", "7", FieldKind.TEXT, a_file().fields[0].rung, Location(page=1))
    receipt = office.send(a_file(fields=(*a_file().fields, stray)))
    assert codes(receipt) == ["FIELD_UNKNOWN"]


def test_a_file_name_that_may_show_a_patient_is_kept_from_people(office):
    office.unsafe_names.add("Dupont.pdf")
    assert not office.send(a_file(), "Dupont.pdf").name_is_safe


def test_a_correction_lists_what_changed_and_says_which_revision_it_is(office):
    office.send(changed(height=""))
    receipt = office.send(changed(filled="09/10/2026", height="13", remark="Autre chose"))
    assert (receipt.outcome, receipt.subject, receipt.revision) == (Outcome.LOADED, "ZAA-001", 2)
    told = {change.item: (change.before, change.after) for change in receipt.changes}
    assert told == {
        "filled": ("2026-10-08", "2026-10-09"),
        "height": ("", "13"),
        "remark": ("", ""),
    }
    assert len(office.records()) == 1


def test_the_same_answers_from_another_file_are_a_duplicate_tied_to_their_record(office):
    first = office.send(a_file())
    again = office.send(a_file(claims=(StampClaim("field", stamp(language="en")),)))
    assert (again.outcome, again.earlier) == (Outcome.DUPLICATE, first.id)
    assert (again.subject, again.record_id) == (first.subject, first.record_id)
    assert office.store.entry(again.id).submission is None


def test_a_repeat_of_what_waits_has_no_patient_number(office):
    first = office.send(changed(remark="Mme Zarrivo"))
    again = office.send(changed(remark="Mme Zarrivo"))
    assert (first.outcome, codes(first)) == (Outcome.REVIEW, ["IDENTIFYING_TEXT"])
    assert (again.outcome, again.earlier) == (Outcome.DUPLICATE, first.id)
    assert (again.subject, again.record_id) == (None, None)


def test_a_form_in_review_is_tied_to_no_record(office):
    office.send(a_file())
    receipt = office.send(changed(filled="07/10/2026", height="13"))
    assert (receipt.outcome, codes(receipt)) == (Outcome.REVIEW, ["REVISION_OLDER"])
    assert (receipt.subject, receipt.record_id, receipt.changes) == (None, None, ())
