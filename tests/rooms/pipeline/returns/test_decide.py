"""Whose form it is and what becomes of it, decided on plain data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.checks.checker import checker_for
from intake.checks.patient.content import content_digest
from intake.checks.patient.patient_key import patient_key
from intake.model.finding_codes import FindingCode as Code
from intake.model.finding_codes import finding_of
from intake.model.receipt import Outcome
from intake.model.record import KnownRecord
from intake.model.submission import Submission
from intake.pipeline.returns.decide import (
    KnownPatients,
    decide,
    is_older,
    outcome_of,
    outcome_of_container,
)
from tests.kit.code_sets import PARTLY_READ_CODES, REJECTING_CODES, REVIEWING_CODES
from tests.kit.fakes.forms import PlainReader
from tests.kit.garden import GARDEN, changed
from tests.kit.plain_office import NOON

NOBODY = KnownPatients((), ())


def read(*codes: Code, **answered: str) -> Submission:
    raw = PlainReader().read(changed(**answered), GARDEN)
    made = checker_for(GARDEN).check(raw, language="fr", received=NOON.date())
    return replace(made, findings=(*map(finding_of, codes), *made.findings))


def record(**answered: str) -> KnownRecord:
    """Return the loaded record of a patient who answered so."""
    submission = read(**answered)
    key = patient_key(GARDEN, submission)
    assert key is not None
    return KnownRecord(
        record_id="r1",
        subject="ZAA-001",
        key=key,
        revision=3,
        content=content_digest(submission),
        filling_date="2026-10-08",
        receipt="000007",
    )


def known(*records: KnownRecord) -> KnownPatients:
    return KnownPatients(records, ())


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
    decision = decide(GARDEN, read(), NOBODY)
    assert (decision.outcome, decision.record, decision.findings) == (Outcome.LOADED, None, ())
    assert decision.key == patient_key(GARDEN, read())


def test_known_answers_are_a_duplicate_of_the_record_that_has_them():
    decision = decide(GARDEN, read(), known(record()))
    assert (decision.outcome, decision.earlier) == (Outcome.DUPLICATE, "000007")
    assert codes(decision) == ["DUPLICATE_CONTENT"]
    assert decision.key is None


def test_answers_that_wait_in_review_make_a_duplicate_too():
    waiting = replace(record(), record_id="", subject="")
    decision = decide(GARDEN, read(), KnownPatients((), (waiting,)))
    assert (decision.outcome, decision.earlier) == (Outcome.DUPLICATE, "000007")


def test_the_same_answers_of_another_patient_are_no_duplicate():
    other = replace(record(), key=record(letters="ZZ", born="01/02/1950").key)
    assert decide(GARDEN, read(), known(other)).outcome is Outcome.LOADED


@pytest.mark.parametrize("code", PARTLY_READ_CODES)
def test_a_file_that_may_hold_more_than_was_read_is_never_a_duplicate(code):
    decision = decide(GARDEN, read(code), known(record()))
    assert decision.outcome is not Outcome.DUPLICATE


def test_new_answers_of_a_known_patient_are_its_next_revision():
    decision = decide(GARDEN, read(height="13"), known(record()))
    assert (decision.outcome, codes(decision)) == (Outcome.LOADED, ["REVISION"])
    assert decision.findings[0].context["revision"] == "4"
    assert decision.record.subject == "ZAA-001"


def test_a_patient_is_known_by_every_key_of_its_record():
    named_twice = replace(record(letters="ZZ", born="01/02/1950"), other_keys=(record().key,))
    decision = decide(GARDEN, read(height="13"), known(named_twice))
    assert codes(decision) == ["REVISION"]


def test_a_form_filled_before_the_current_revision_waits():
    decision = decide(GARDEN, read(filled="07/10/2026", height="13"), known(record()))
    assert (decision.outcome, codes(decision)) == (Outcome.REVIEW, ["REVISION_OLDER"])
    same_day = decide(GARDEN, read(height="13"), known(record()))
    assert codes(same_day) == ["REVISION"]


def test_answers_that_were_superseded_do_not_come_back_unseen():
    superseded = content_digest(read(height="11"))
    now = replace(record(), earlier_contents=(superseded,))
    decision = decide(GARDEN, read(height="11"), known(now))
    assert (decision.outcome, codes(decision)) == (Outcome.REVIEW, ["REVISION_OLDER"])


def test_without_a_filling_date_nothing_is_older():
    undated = read(filled="", height="13")
    assert not is_older(GARDEN, undated, record())
    assert not is_older(GARDEN, read(filled="01/01/2026"), replace(record(), filling_date=None))


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
    decision = decide(GARDEN, read(height="13", **answered), known(record()))
    assert (decision.outcome, codes(decision)) == (Outcome.REVIEW, [code])


def test_every_near_record_is_named_and_the_same_patient_stops_the_search():
    near = replace(record(letters="QO"), record_id="r2", subject="ZAA-002")
    far = replace(record(letters="ZZ", born="01/02/1950"), subject="ZAA-003")
    doubted = decide(GARDEN, read(letters="QE", height="13"), known(record(), near, far))
    assert [f.context["subject"] for f in doubted.findings] == ["ZAA-001", "ZAA-002"]
    same = decide(GARDEN, read(height="13"), known(near, record()))
    assert codes(same) == ["REVISION"]
