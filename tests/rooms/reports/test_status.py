"""The state of the collection counts rightly and names nobody."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from intake.model.finding import Finding, Severity
from intake.model.query import Query, QueryAction, QueryEnd, QueryStep
from intake.model.receipt import Outcome
from intake.reports.status import Collected, status_document
from intake.study.centres import load_centres
from intake.study.settings import load_study
from tests.kit.places import ROOT

TODAY = dt.date(2027, 1, 15)


@pytest.fixture(scope="module")
def study():
    return load_study(ROOT)


@pytest.fixture(scope="module")
def centres():
    return load_centres(ROOT / "centres.example.csv")


@pytest.fixture(scope="module")
def collected(definition, build):
    query = Finding(code="RANGE_SOFT", severity=Severity.QUERY, item="sex")
    error = Finding(code="RANGE_HARD", severity=Severity.ERROR, item="sex")
    note = Finding(code="LATE", severity=Severity.NOTE)
    first = build(definition, {}, 1, findings=(query, error, note))
    second = build(definition, {}, 20, findings=(note,))
    third = replace(build(definition, {}, 30), centre="QQQ")
    return [first, second, third]


def _query(number, code, *steps, centre="ZAA", severity=Severity.QUERY):
    """Return a query of a centre's one patient; each step is an action, or an end, and its day."""
    made = [
        QueryStep(
            action=what if isinstance(what, QueryAction) else QueryAction.CLOSED,
            how=what if isinstance(what, QueryEnd) else None,
            at=dt.datetime(2027, 1, day, 12, tzinfo=dt.UTC),
        )
        for what, day in steps
    ]
    finding = Finding(code=code, severity=severity, item="sex")
    return Query(
        number=number,
        finding=finding,
        revision=1,
        steps=tuple(made),
        record_id=centre,
        subject=f"{centre}-001",
        centre=centre,
    )


def asked():
    opened, again = (QueryAction.OPENED, 1), (QueryAction.REOPENED, 10)
    return [
        _query(1, "R05", opened, (QueryEnd.CHANGED, 9), again),
        _query(2, "RANGE_HARD", (QueryAction.OPENED, 1), severity=Severity.ERROR),
        _query(3, "R05", opened, (QueryEnd.CHANGED, 9)),
        _query(4, "R05", opened, (QueryEnd.CONFIRMED, 9)),
        _query(5, "RANGE_SOFT", opened, (QueryEnd.WITHDRAWN, 9)),
        _query(1, "R07", (QueryAction.OPENED, 15), centre="QQQ"),
    ]


def test_files_patients_centres_and_queries_are_counted(collected, receipts_for, study, centres):
    receipts = receipts_for(*collected)
    other = receipts_for(replace(collected[0], receipt="R9"))[0]
    rejected = replace(other, receipt=replace(other.receipt, outcome=Outcome.REJECTED))
    told = status_document(
        Collected(collected, [*receipts, rejected], asked()), study, centres=centres, today=TODAY
    )
    assert told["files"] == {
        "total": 4,
        "loaded": 3,
        "loaded_with_queries": 0,
        "duplicate": 0,
        "review": 0,
        "rejected": 1,
    }
    assert told["patients"] == 3
    patients = {centre["id"]: centre["patients"] for centre in told["centres"]}
    assert patients == {"ZAA": 2, "ZBE": 0, "ZBE-2": 0, "ZOR": 0, "ZUN": 0, "QQQ": 1}
    assert [centre["id"] for centre in told["centres"] if not centre["listed"]] == ["QQQ"]
    assert told["centres_without_patient"] == 4
    assert told["open_queries"] == {
        "total": 3,
        "to_correct": 1,
        "to_confirm": 2,
        "patients": 2,
        "centres": {
            "QQQ": {"open": 1, "median_days": 0, "longest_days": 0},
            "ZAA": {"open": 2, "median_days": 9, "longest_days": 14},
        },
    }
    assert told["closed_queries"] == [
        {"code": "R05", "closed": 2, "changed": 1, "changed_percent": 50},
        {"code": "RANGE_SOFT", "closed": 1, "changed": 0, "changed_percent": 0},
    ]
    assert told["completeness"] == {"records": 3, "median_percent": 70, "lowest_percent": 60}
    json.dumps(told)


def test_nothing_received_is_said_without_a_percentage(study):
    told = status_document(Collected([], [], []), study, centres=(), today=TODAY)
    assert told["patients"] == told["files"]["total"] == 0
    assert told["completeness"]["median_percent"] is None


def test_a_record_one_answer_short_is_not_called_complete(definition, build, study):
    record = build(definition, {})
    nearly = replace(
        record, submission=replace(record.submission, expected=1000, expected_answered=999)
    )
    told = status_document(Collected([nearly], [], []), study, centres=(), today=TODAY)
    assert told["completeness"]["median_percent"] == 99


def test_records_of_another_form_are_not_counted(definition, build, study):
    record = build(definition, {})
    other = replace(record, submission=replace(record.submission, form="other"))
    assert (
        status_document(Collected([other], [], []), study, centres=(), today=TODAY)["patients"] == 0
    )


@pytest.mark.parametrize(
    ("today", "state", "days", "due"),
    [
        (dt.date(2026, 9, 30), "not_open", 182, False),
        (dt.date(2026, 12, 30), "open", 91, False),
        (dt.date(2026, 12, 31), "open", 90, True),
        (dt.date(2027, 3, 31), "open", 0, True),
        (dt.date(2027, 4, 1), "closed", -1, False),
    ],
)
def test_the_calendar_tells_the_state_and_the_days_left(study, today, state, days, due):
    calendar = status_document(Collected([], [], []), study, centres=(), today=today)["calendar"]
    assert (calendar["state"], calendar["days_left"]) == (state, days)
    assert calendar["reminder_due"] is due
    assert calendar["reminder"] == "2026-12-31"


def test_what_is_left_to_complete_in_the_study_is_listed(study):
    told = status_document(Collected([], [], []), study, centres=(), today=TODAY)
    assert "contact.email" in told["to_complete"]
