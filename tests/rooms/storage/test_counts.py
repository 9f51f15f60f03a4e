"""What is asked about patients is counted and listed as reading every question would tell."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest

from intake.model.query import QueryAction, QueryEnd, QueryStep
from intake.model.tally import CentreTally
from intake.storage.counting.patients import Asked
from tests.rooms.storage.conftest import NOON
from tests.rooms.storage.forms import FORM, asking, key, loaded


@pytest.fixture
def study(any_store):
    """Return a store: REI-001 asked once and answered once, -002 unasked, -003 settled, ..."""
    for name, letters in (("a", "AB"), ("b", "CD"), ("c", "EF")):
        any_store.save(asking(loaded(name, key(letters))))
    late = asking(loaded("d", key("GH", place="PAR")))
    any_store.save(replace(late, receipt=replace(late.receipt, centre=None)))
    any_store.save(loaded("e", key("KL")))
    asked, said, *_ = any_store.queries(centre="REI")
    _step(any_store, asked, QueryAction.ASKED)
    _step(any_store, said, QueryAction.ANSWERED)
    for query in [q for q in any_store.queries() if q.subject == "REI-003"]:
        _step(any_store, query, QueryAction.CLOSED, how=QueryEnd.CONFIRMED)
    return any_store


def _step(store, query, action, how=None):
    step = QueryStep(action=action, at=NOON, how=how)
    store.step(replace(query, steps=(*query.steps, step)))


def test_centres_count_patients_and_what_is_asked_by_each_state(study):
    assert study.counts.tally(FORM).centres == (
        CentreTally(centre="PAR", patients=1, open=1, unasked=1, points=2),
        CentreTally(centre="REI-2", patients=4, open=2, unasked=1, points=4, answered=1),
    )
    whole = study.counts.tally(FORM).whole
    assert (whole.patients, whole.open, whole.points) == (5, 3, 6)
    assert study.counts.tally("other").centres == ()


def test_patients_are_listed_by_what_is_asked_about_them(study):
    def listed(asked, most=None):
        return [one.subject for one in study.counts.patients(FORM, asked, most)]

    assert listed(None) == ["PAR-001", "REI-001", "REI-002", "REI-003", "REI-004"]
    assert listed(Asked.SOMETHING) == ["PAR-001", "REI-001", "REI-002"]
    assert listed(Asked.NOTHING) == ["REI-003", "REI-004"]
    assert listed(Asked.NOT_YET) == ["PAR-001", "REI-002"]
    assert listed(Asked.SOMETHING, 2) == ["PAR-001", "REI-001"]


def test_only_the_questions_of_some_patients_are_read(study):
    ids = {one.subject: one.record_id for one in study.counts.patients(FORM)}
    every = [query.id for query in study.counts.asked(FORM)]
    assert every == ["PAR-001-1", "PAR-001-2", "REI-001-1", "REI-001-2", "REI-002-1", "REI-002-2"]
    some = [query.id for query in study.counts.asked(FORM, [ids["REI-003"], ids["REI-001"]])]
    assert some == ["REI-001-1", "REI-001-2"]
    assert list(study.counts.asked("other")) == []


def test_questions_are_counted_by_centre_gravity_and_the_day_since_which_they_wait(study):
    every = [q for q in study.queries() if not q.is_closed]
    later = NOON + dt.timedelta(days=3)
    again = replace(
        every[0], steps=(*every[0].steps, QueryStep(action=QueryAction.REOPENED, at=later))
    )
    study.step(again)
    counted = Counter()
    for one in study.counts.open_since(FORM):
        counted[one.centre, one.severity, one.since] += one.count
    expected = Counter(
        (q.centre, q.finding.severity, q.last(QueryAction.REOPENED).at.date())
        if q.last(QueryAction.REOPENED)
        else (q.centre, q.finding.severity, q.steps[0].at.date())
        for q in study.queries()
        if not q.is_closed
    )
    assert counted == expected
    assert any(since == later.date() for _, _, since in counted)
    assert list(study.counts.open_since("other")) == []


def test_records_are_counted_by_how_complete_they_are(study):
    told = {(one.expected, one.answered): one.count for one in study.counts.answered(FORM)}
    assert told == Counter((p.expected, p.answered) for p in study.counts.patients(FORM))
    assert list(study.counts.answered("other")) == []
