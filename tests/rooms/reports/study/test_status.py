"""The state of the collection counts rightly, says what is left to do, and names nobody."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from intake.model.finding import Finding, Severity
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.mail.letters import Letters
from intake.model.query import Query, QueryAction, QueryEnd, QueryState, QueryStep
from intake.model.receipt import Outcome
from intake.model.tally import (
    AnsweredTally,
    CentreTally,
    CodeTally,
    FileTally,
    OpenTally,
    PatientTally,
    Tally,
)
from intake.reports.study import status_page as status_page_module
from intake.reports.study.collected import Collected
from intake.reports.study.status import owed_document, status_document
from intake.reports.study.status_page import status_page, status_view
from intake.study.centres import load_centres
from intake.study.model import Expected
from intake.study.placeholders import LeftToFill
from intake.study.settings import load_study
from intake.words.catalogue import Words
from tests.kit.places import ROOT
from tests.rooms.reports.samples import FORM, REVIEW

TODAY = dt.date(2027, 1, 15)
NOON = dt.datetime(2027, 1, 10, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def study():
    return load_study(ROOT)


@pytest.fixture(scope="module")
def centres():
    return load_centres(ROOT / "centres.example.csv")


def _patient(subject, centre, answered=7, record=""):
    return PatientTally(
        record_id=record or centre,
        subject=subject,
        centre=centre,
        receipt="000001",
        revision=1,
        version="1.2.0",
        expected=10,
        answered=answered,
    )


def _files(centre, outcome, count, *days):
    first, last = (dt.datetime(2027, 1, day, 12, tzinfo=dt.UTC) for day in days)
    return FileTally(centre=centre, outcome=outcome, count=count, first=first, last=last)


PATIENTS = (
    _patient("ZAA-001", "ZAA"),
    _patient("ZAA-002", "ZAA", 6, "clean"),
    _patient("QQQ-001", "QQQ"),
)
FILES = (
    _files("ZAA", Outcome.LOADED, 2, 3, 8),
    _files("ZAA", Outcome.DUPLICATE, 1, 9, 9),
    _files("QQQ", Outcome.LOADED, 1, 4, 4),
    _files("", Outcome.REJECTED, 1, 5, 5),
)
CODES = (
    CodeTally(code="R05", closed=2, changed=1),
    CodeTally(code="RANGE_SOFT", closed=1, changed=0),
)


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
        _query(1, "R07", (QueryAction.OPENED, 15), (QueryAction.ASKED, 15), centre="QQQ"),
    ]


def _collected(patients=PATIENTS, queries=(), files=FILES, codes=CODES, **others):
    """Return a study of which all is collected, counted here as the store counts."""

    def count(centre, state=None):
        found = [q for q in queries if q.centre == centre and state in (None, q.state)]
        return len(found), len({q.subject for q in found})

    centres = []
    for name in dict.fromkeys(one.centre for one in patients):
        (points, still), (answered, _) = count(name), count(name, QueryState.ANSWERED)
        of_all = sum(one.centre == name for one in patients)
        kept = {"open": still, "unasked": count(name, QueryState.OPEN)[1], "points": points}
        centres.append(CentreTally(centre=name, patients=of_all, answered=answered, **kept))
    tally = Tally(centres=tuple(centres), files=files, codes=codes)
    unasked = sorted({q.subject for q in queries if q.state is QueryState.OPEN})
    counted = {
        "asked": [OpenTally(q.centre, q.finding.severity, _since(q), 1) for q in queries],
        "answered": [AnsweredTally(one.expected, one.answered, 1) for one in patients],
    }
    people = {"patients": patients, "unasked": unasked, "queries": queries}
    return Collected(tally=tally, **people, **counted, **others)


def _since(query):
    return (query.last(QueryAction.REOPENED) or query.steps[0]).at.date()


def whole():
    return _collected(queries=asked())


def told(collected, study, centres=(), today=TODAY):
    document = status_document(collected, study, centres=centres, today=today)
    owed = list(owed_document(collected, study.form))
    return json.loads(json.dumps({**document, "owed": owed}))


def test_files_patients_centres_and_queries_are_counted(study, centres):
    document = told(whole(), study, centres)
    assert document["files"] == {
        "total": 5,
        "loaded": 3,
        "loaded_with_queries": 0,
        "duplicate": 1,
        "review": 0,
        "rejected": 1,
    }
    assert document["patients"] == 3
    patients = {centre["id"]: centre["patients"] for centre in document["centres"]}
    assert patients == {"ZAA": 2, "ZBE": 0, "ZBE-2": 0, "ZOR": 0, "ZUN": 0, "QQQ": 1}
    assert [centre["id"] for centre in document["centres"] if not centre["listed"]] == ["QQQ"]
    assert document["centres_without_patient"] == 4
    assert document["open_queries"] == {
        "total": 3,
        "to_correct": 1,
        "to_confirm": 2,
        "patients": 2,
        "centres": {
            "QQQ": {"open": 1, "median_days": 0, "longest_days": 0},
            "ZAA": {"open": 2, "median_days": 9, "longest_days": 14},
        },
    }
    assert document["closed_queries"] == [
        {"code": "R05", "closed": 2, "changed": 1, "changed_percent": 50},
        {"code": "RANGE_SOFT", "closed": 1, "changed": 0, "changed_percent": 0},
    ]
    assert document["completeness"] == {
        "records": 3,
        "median_percent": 70,
        "lowest_percent": 60,
    }


def test_a_centre_says_what_it_sent_and_owes_and_when_it_was_heard(study, centres):
    first, second, *_ = told(whole(), study, centres)["centres"]
    assert (first["patients"], first["clean"], first["open"], first["points"]) == (2, 1, 1, 2)
    assert (first["first_answer"], first["last_contact"]) == ("2027-01-03", "2027-01-09")
    assert (first["files"], first["silent"]) == (3, False)
    assert (second["silent"], second["last_contact"]) == (True, None)


def test_letters_that_two_centres_share_answer_for_both(study, centres):
    tally = Tally(files=(_files("ZBE", Outcome.LOADED, 1, 3, 3),))
    states = {c["id"]: c["silent"] for c in told(Collected(tally=tally), study, centres)["centres"]}
    assert not states["ZBE"]
    assert not states["ZBE-2"]
    assert states["ZOR"]


def test_letters_of_one_centre_alone_name_it(study, centres):
    other = [replace(centre, id="ZAA-9") if centre.id == "ZAA" else centre for centre in centres]
    document = told(whole(), study, other)
    assert document["centres"][0]["patients"] == 2


def test_what_is_left_to_do_stands_in_the_order_in_which_it_is_done(study):
    message = replace(
        REVIEW, findings=(finding_of(FindingCode.MESSAGE_ANSWERS, {"subject": "ZAA-001"}),)
    )
    answered = _query(3, "R09", (QueryAction.OPENED, 1), (QueryAction.ANSWERED, 2))
    collected = _collected(
        queries=[*asked(), answered],
        waiting=(REVIEW, message),
        left=(LeftToFill("study.toml", 19, "study.sponsor", "à compléter"),),
        letters=Letters(to_send=4),
        unanswered=2,
    )
    tasks = {task["what"]: task for task in told(collected, study)["to_do"]}
    assert list(tasks) == ["fill_in", "decide", "accept", "read", "reply", "ask", "send"]
    assert [task["count"] for task in tasks.values()] == [1, 1, 1, 1, 2, 1, 4]
    assert tasks["ask"]["patients"] == ["ZAA-001"]
    assert tasks["accept"]["files"][0]["record"] == "ZAA-001"
    assert told(Collected(), study)["to_do"] == []


def test_each_patient_says_which_questions_are_still_owed(study):
    finding = {"item": "height", "severity": Severity.ERROR}
    queries = [
        replace(_query(1, "R05", (QueryAction.OPENED, 1)), finding=Finding(code="R05", **finding)),
        replace(
            _query(2, "REQUIRED", (QueryAction.OPENED, 1)),
            finding=Finding(code="REQUIRED", **(finding | {"item": "bark"})),
        ),
        replace(
            _query(3, "R06", (QueryAction.OPENED, 1)),
            finding=Finding(code="R06", severity=Severity.QUERY, item="leaf_date", row=2),
        ),
    ]
    collected = _collected(queries=queries, definitions=lambda *_: FORM)
    document = told(collected, study)
    owed = {one["record"]: one["owes"] for one in document["owed"]}
    assert [(p["what"], p["codes"]) for p in owed["ZAA-001"]] == [
        ("correct", ["B01"]),
        ("complete", ["B02"]),
        ("confirm", ["C01.2"]),
    ]
    assert owed["ZAA-002"] == []


def test_an_answer_whose_part_of_the_form_is_gone_is_to_be_completed(study):
    lost = Finding(code=FindingCode.PART_LOST, severity=Severity.ERROR, item="bark")
    query = replace(_query(1, "PART_LOST", (QueryAction.OPENED, 1)), finding=lost)
    document = told(_collected(queries=[query], definitions=lambda *_: FORM), study)
    owed = {one["record"]: one["owes"] for one in document["owed"]}
    assert [(p["what"], p["codes"]) for p in owed["ZAA-001"]] == [("complete", ["B02"])]


@pytest.mark.parametrize(
    ("expected", "patients"),
    [
        (Expected(), None),
        (Expected(patients=60), 60),
        (Expected(centres={"ZAA": 4, "ZBE": 3}), 7),
        (Expected(patients=60, centres={"ZAA": 4}), 60),
    ],
)
def test_what_is_expected_is_said_where_the_study_knows_it(study, centres, expected, patients):
    document = told(whole(), study.model_copy(update={"expected": expected}), centres)
    assert document["expected"] == patients
    assert document["centres"][0]["expected"] == expected.centres.get("ZAA")


def test_nothing_received_is_said_without_a_percentage(study):
    document = told(Collected(), study)
    assert document["patients"] == document["files"]["total"] == 0
    assert document["completeness"]["median_percent"] is None


def test_a_record_one_answer_short_is_not_called_complete(study):
    nearly = replace(PATIENTS[0], expected=1000, answered=999)
    document = told(_collected((nearly,)), study)
    assert document["completeness"]["median_percent"] == 99


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
    calendar = told(Collected(), study, today=today)["calendar"]
    assert (calendar["state"], calendar["days_left"]) == (state, days)
    assert calendar["reminder_due"] is due
    assert calendar["reminder"] == "2026-12-31"


def test_the_page_shows_the_name_of_a_file_that_waits_and_escapes_it(study, centres):
    named = replace(REVIEW, source=replace(REVIEW.source, name="DURAND <i>.pdf", sender="a@b.test"))
    html = status_page(replace(whole(), waiting=(named,)), study, centres=centres, today=TODAY)
    assert "DURAND &lt;i&gt;.pdf" in html
    assert "a@b.test" in html
    assert 'href="review/R-000004/index.html"' in html
    assert "<script" not in html


def test_the_data_show_no_name_that_may_say_who_a_patient_is(study):
    document = told(replace(whole(), waiting=(replace(REVIEW, name_is_safe=False),)), study)
    assert document["to_do"][0]["files"][0]["file"] is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_study_in_which_nothing_came_is_a_page_without_a_task(study, language):
    view = status_view(Collected(), study, (), dt.date(2026, 10, 2), Words(language))
    assert (view.tasks, view.patients, view.clean_count) == ((), (), 0)
    assert view.days.passed == 0
    assert view.days.reminder_at == 50


def test_columns_of_letters_stand_only_where_letters_are_known(study, centres):
    def page(letters):
        collected = replace(whole(), letters=letters)
        return status_page(collected, study, centres=centres, today=TODAY)

    sent = Letters(sent={"ZAA": dt.date(2026, 10, 2)}, reminders={"ZAA": (dt.date(2026, 12, 31),)})
    assert "Relances" not in page(None)
    assert "02/10/2026" in page(sent)
    assert page(sent).count("31/12/2026") > page(None).count("31/12/2026")


@pytest.mark.parametrize(
    ("today", "letters", "expected"),
    [
        (dt.date(2026, 10, 2), Letters(), {"pack": ["ZBE", "ZBE-2", "ZOR", "ZUN"]}),
        (
            dt.date(2026, 10, 2),
            Letters(
                packed=(
                    "ZBE",
                    "ZOR",
                )
            ),
            {"pack": ["ZBE-2", "ZUN"]},
        ),
        (dt.date(2026, 10, 2), None, {}),
        (
            dt.date(2027, 1, 2),
            Letters(
                packed=(
                    "ZBE",
                    "ZBE-2",
                    "ZOR",
                    "ZUN",
                ),
                reminded=(
                    "ZAA",
                    "ZOR",
                ),
            ),
            {"remind": ["ZBE", "ZBE-2", "ZUN"]},
        ),
        (dt.date(2027, 5, 2), Letters(), {}),
    ],
)
def test_centres_without_forms_and_centres_to_remind_are_named_while_it_is_time(
    study, centres, today, letters, expected
):
    collected = _collected(letters=letters)
    tasks = told(collected, study, centres, today)["to_do"]
    assert {task["what"]: task["centres"] for task in tasks} == expected


def test_a_large_study_is_shown_in_part_and_says_so(study, monkeypatch):
    monkeypatch.setattr(status_page_module, "MOST_SHOWN", 1)
    every = _collected((*PATIENTS, _patient("ZBE-001", "ZBE", record="fine")), asked())
    owing = (PATIENTS[0], PATIENTS[1])  # the first of each kind, as the page is given them
    in_part = replace(every, patients=owing, queries=every.queries[:2], unasked=("ZAA-001",))
    for collected in (every, in_part):
        view = status_view(collected, study, (), TODAY, Words("fr"))
        assert (len(view.patients), view.others) == (1, 1)
        assert (view.clean, view.clean_count) == ("ZAA-002 …", 2)
        assert view.figures[0].number == "4"


def test_of_many_patients_to_ask_the_page_names_the_first(study, monkeypatch):
    monkeypatch.setattr(status_page_module, "MOST_SHOWN", 1)
    queries = [*asked(), _query(2, "R09", (QueryAction.OPENED, 1), centre="QQQ")]
    view = status_view(_collected(queries=queries), study, (), TODAY, Words("fr"))
    (asking,) = (task for task in view.tasks if task.lines)
    assert asking.lines == ("QQQ-001 …",)
