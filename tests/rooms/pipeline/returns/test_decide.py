"""Whose form it is and what becomes of it, decided on plain data."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from intake.checks.checker import checker_for
from intake.checks.patient.content import content_digest
from intake.checks.patient.patient_key import patient_key
from intake.model.file.dates import FormDates
from intake.model.finding_codes import FindingCode as Code
from intake.model.finding_codes import finding_of
from intake.model.receipt import Outcome, SourceFile
from intake.model.record import KnownForm, KnownPatients, KnownRecord
from intake.model.submission import Submission
from intake.pipeline.returns.deciding.arrived import Arrived, arrived
from intake.pipeline.returns.deciding.decide import decide
from intake.pipeline.returns.deciding.outcome import outcome_of, outcome_of_container
from tests.kit.code_sets import PARTLY_READ_CODES, REJECTING_CODES, REVIEWING_CODES
from tests.kit.fakes.forms import PlainReader
from tests.kit.garden import GARDEN, changed
from tests.kit.plain_office import NOON

NOBODY = KnownPatients()
LATER = NOON + dt.timedelta(hours=1)


def read(*codes: Code, **answered: str) -> Submission:
    raw = PlainReader().read(changed(**answered), GARDEN)
    made = checker_for(GARDEN).check(raw, language="fr", received=NOON.date())
    return replace(made, findings=(*map(finding_of, codes), *made.findings))


def came(*codes: Code, sent=LATER, **answered: str) -> Arrived:
    """Return a form that came, an hour after those that are known."""
    source = SourceFile("fiche.pdf", "0" * 64, 9, NOON, sent=sent)
    return arrived(GARDEN, read(*codes, **answered), source)


def form(receipt="000007", sent=NOON, **answered: str) -> KnownForm:
    submission = read(**answered)
    key = patient_key(GARDEN, submission)
    assert key is not None
    return KnownForm(
        receipt=receipt,
        key=key,
        content=content_digest(submission),
        dates=(FormDates(filled=submission.record.get("filled"), sent=sent),),
        submission=submission,
    )


def record(*forms: KnownForm, subject="ZAA-001", **answered: str) -> KnownRecord:
    """Return the loaded record of a patient who answered so."""
    revisions = forms or (form(**answered),)
    return KnownRecord(
        record_id=f"r {subject}", subject=subject, revision=len(revisions), forms=revisions
    )


def known(*records: KnownRecord) -> KnownPatients:
    return KnownPatients(records)


def codes(decision):
    return [str(finding.code) for finding in decision.findings]


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        ((), Outcome.LOADED),
        ((Code.LATE,), Outcome.LOADED),
        ((Code.RANGE_SOFT,), Outcome.LOADED_WITH_QUERIES),
        ((Code.NUMBER_UNREADABLE,), Outcome.LOADED_WITH_QUERIES),
        ((Code.STAMP_MISSING,), Outcome.REVIEW),
        ((Code.NUMBER_UNREADABLE, Code.OBJECTION), Outcome.REVIEW),
        ((Code.FORM_EMPTY, Code.STAMP_MISSING), Outcome.REJECTED),
    ],
)
def test_the_worst_of_a_files_findings_decides(found, outcome):
    assert outcome_of(map(finding_of, found)) is outcome


@pytest.mark.parametrize("code", REJECTING_CODES)
def test_a_code_that_rejects_rejects_whatever_stands_beside(code):
    assert outcome_of([finding_of(Code.OBJECTION), finding_of(code)]) is Outcome.REJECTED


@pytest.mark.parametrize("code", REVIEWING_CODES)
def test_a_code_that_a_person_decides_on_keeps_a_file_out_of_the_dataset(code):
    assert outcome_of([finding_of(Code.LATE), finding_of(code)]) is Outcome.REVIEW


@pytest.mark.parametrize(
    ("inside", "outcome"),
    [
        ([Outcome.LOADED, Outcome.DUPLICATE], Outcome.LOADED),
        ([Outcome.LOADED, Outcome.REJECTED], Outcome.LOADED_WITH_QUERIES),
        ([Outcome.LOADED_WITH_QUERIES], Outcome.LOADED_WITH_QUERIES),
        ([Outcome.LOADED, Outcome.REVIEW], Outcome.REVIEW),
        ([Outcome.REJECTED, Outcome.DUPLICATE], Outcome.REJECTED),
        ([Outcome.DUPLICATE], Outcome.DUPLICATE),
    ],
)
def test_a_container_is_what_calls_for_most_attention_in_it(inside, outcome):
    assert outcome_of_container([finding_of(Code.CONTAINER)], inside) is outcome


@pytest.mark.parametrize(
    ("code", "inside", "outcome"),
    [
        (Code.CONTAINER_CUT, [Outcome.LOADED], Outcome.REVIEW),
        (Code.CONTAINER_EMPTY, [], Outcome.REJECTED),
        (Code.MESSAGE_ENCRYPTED, [Outcome.LOADED], Outcome.LOADED_WITH_QUERIES),
        (Code.MESSAGE_LINK, [Outcome.REVIEW], Outcome.REVIEW),
        (Code.MESSAGE_LINK, [Outcome.DUPLICATE], Outcome.REJECTED),
        (Code.MESSAGE_TEXT, [Outcome.DUPLICATE], Outcome.DUPLICATE),
    ],
)
def test_what_is_wrong_with_a_container_itself_counts_beside_its_files(code, inside, outcome):
    assert outcome_of_container([finding_of(code)], inside) is outcome


def test_a_new_patient_is_loaded_with_nothing_said():
    decision = decide(came(), NOBODY)
    assert (decision.outcome, decision.record, decision.findings) == (Outcome.LOADED, None, ())


def test_known_answers_are_a_duplicate_of_the_record_that_has_them():
    decision = decide(came(), known(record()))
    assert (decision.outcome, decision.earlier) == (Outcome.DUPLICATE, "000007")
    assert codes(decision) == ["DUPLICATE_CONTENT"]


def test_answers_that_wait_in_review_make_a_duplicate_when_these_wait_too():
    waits = came(Code.RULE_ERROR)
    decision = decide(waits, KnownPatients((), (form(),)))
    assert (decision.outcome, decision.earlier) == (Outcome.DUPLICATE, "000007")


def test_the_same_answers_of_another_patient_are_no_duplicate():
    other = record(replace(form(), key=form(letters="ZZ", born="01/02/1950").key))
    assert decide(came(), known(other)).outcome is Outcome.LOADED


@pytest.mark.parametrize("code", PARTLY_READ_CODES)
def test_a_file_that_may_hold_more_than_was_read_is_never_a_duplicate(code):
    decision = decide(came(code), known(record()))
    assert decision.outcome is not Outcome.DUPLICATE


def test_new_answers_of_a_known_patient_are_its_next_revision():
    decision = decide(came(height="13"), known(record()))
    assert (decision.outcome, codes(decision)) == (Outcome.LOADED, ["REVISION"])
    assert decision.findings[0].context["revision"] == "2"
    assert decision.record.subject == "ZAA-001"


def test_a_patient_is_known_by_every_key_of_its_record():
    other_key = replace(form(), key=form(letters="ZZ", born="01/02/1950").key)
    decision = decide(came(height="13"), known(record(form(), other_key)))
    assert codes(decision) == ["REVISION"]


@pytest.mark.parametrize(
    ("answered", "code"),
    [
        ({"letters": "QO"}, "IDENTITY_NEAR"),
        ({"letters": "AQ"}, "IDENTITY_NEAR"),
        ({"born": "18/04/1961"}, "IDENTITY_NEAR"),
        ({"place": "ZOR"}, "IDENTITY_OTHER_CENTRE"),
        ({"letters": ""}, "IDENTITY_INCOMPLETE"),
    ],
)
def test_a_person_decides_when_the_patient_is_in_doubt(answered, code):
    decision = decide(came(height="13", **answered), known(record()))
    assert (decision.outcome, codes(decision)) == (Outcome.REVIEW, [code])


def test_every_near_record_is_named():
    near = record(letters="QO", subject="ZAA-002")
    far = record(letters="ZZ", born="01/02/1950", subject="ZAA-003")
    doubted = decide(came(letters="QE", height="13"), known(record(), near, far))
    assert [f.context["subject"] for f in doubted.findings] == ["ZAA-001", "ZAA-002"]


@pytest.mark.parametrize("who", ["own", "other"])
def test_neighbours_that_a_person_told_apart_are_not_asked_about_again(who):
    named = {"own": ("ZAA-002",), "other": ("ZAA-001",)}
    own = record(replace(form(), told_from=named["own"] if who == "own" else ()))
    near = replace(form(letters="QO"), told_from=named["other"] if who == "other" else ())
    decision = decide(came(height="13"), known(record(near, subject="ZAA-002"), own))
    assert codes(decision) == ["REVISION"]
