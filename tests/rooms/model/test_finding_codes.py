"""One row a finding code: whole, consistent, and the only thing that decides."""

from __future__ import annotations

import pickle

import pytest

from intake.model.finding import Severity
from intake.model.finding_codes import (
    Doubt,
    Effect,
    FindingCode,
    Subject,
    awaits_decision,
    engine_code,
    finding_of,
    is_partly_read,
    needs_reason,
)
from intake.model.receipt import Outcome
from intake.pipeline.returns.deciding.outcome import outcome_of

WHOLE = (Severity.NOTE, Effect.NONE, Subject.FILE, Doubt.CLEAR)


@pytest.mark.parametrize("given", range(len(WHOLE)))
def test_a_code_without_a_whole_row_stops_the_program(given):
    with pytest.raises(TypeError, match="missing"):
        FindingCode._new_member_(FindingCode, "NEW", *WHOLE[:given])


@pytest.mark.parametrize("code", FindingCode)
def test_a_row_is_whole_and_its_code_is_its_name(code):
    row = (code.severity, code.effect, code.subject, code.doubt)
    assert [type(part) for part in row] == [Severity, Effect, Subject, Doubt]
    assert (code.value, str(code), engine_code(code.name)) == (code.name, code.name, code)
    assert pickle.loads(pickle.dumps(code)) is code  # noqa: S301 - of our own making


@pytest.mark.parametrize("code", FindingCode)
def test_a_finding_has_the_effect_and_the_severity_of_its_code(code):
    expected = {
        Effect.REJECT: Outcome.REJECTED,
        Effect.REVIEW: Outcome.REVIEW,
        Effect.NONE: Outcome.LOADED
        if code.severity is Severity.NOTE
        else Outcome.LOADED_WITH_QUERIES,
    }
    assert finding_of(code).severity is code.severity
    assert outcome_of([finding_of(code)]) is expected[code.effect]


def test_the_strongest_effect_decides_wherever_it_stands():
    note, review = FindingCode.LATE, FindingCode.OBJECTION
    reject = FindingCode.FORM_EMPTY
    for codes in ((note, review, reject), (reject, review, note)):
        assert outcome_of(map(finding_of, codes)) is Outcome.REJECTED
    for codes in ((note, review), (review, note)):
        assert outcome_of(map(finding_of, codes)) is Outcome.REVIEW


def test_the_severity_may_be_given_where_the_code_s_own_is_too_strong():
    mild = finding_of(FindingCode.READINGS_DISAGREE, severity=Severity.QUERY)
    assert mild.severity is Severity.QUERY


@pytest.mark.parametrize("code", [c for c in FindingCode if c.doubt is Doubt.PARTLY_READ])
def test_what_is_partly_read_is_loaded_with_a_reason_only(code):
    assert is_partly_read(code)
    assert needs_reason(code)


def test_older_answers_are_loaded_with_a_reason_although_wholly_read():
    assert needs_reason(FindingCode.REVISION_OLDER)
    assert not is_partly_read(FindingCode.REVISION_OLDER)


def test_a_patient_in_doubt_asks_for_a_name_rather_than_a_reason():
    assert not needs_reason(FindingCode.IDENTITY_NEAR)
    assert awaits_decision(FindingCode.IDENTITY_NEAR)


def test_a_rule_s_id_has_no_row_and_decides_nothing():
    assert engine_code("R35") is None
    assert not awaits_decision("R35")
    assert not needs_reason("R35")
    assert not is_partly_read("R35")
