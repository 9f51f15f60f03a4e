"""What the coordinator has to do now, in order: counts and first lines, whatever the size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from intake.reports.study.by_centre import CentreState, centre_states
from intake.reports.study.collected import Collected
from intake.reports.study.status import calendar_document, expected_patients, to_do
from intake.study.model import Calendar
from intake.wiring.app import App, now
from intake.wiring.study.state import collected
from intake.workspace.left_to_fill import left_to_fill

_FEW = 5
"""Names that a task shows; its list has them all."""
_SOON = 14
"""Days before the closing date from which it is something to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do."""

    what: str
    count: int
    names: tuple[str, ...] = ()
    """The first centres or patients it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What the start page shows."""

    title: str
    service: str
    today: dt.date
    tasks: tuple[Task, ...]
    patients: int
    expected: int | None
    centres: int
    heard: int
    points: int
    calendar: Mapping[str, Any]
    passed: int
    """Percent of the collection's days."""
    in_inbox: int
    """Files that stand in the inbox and were not read."""


def agenda(app: App) -> Agenda:
    """Return what is to be done. Raises SetupError."""
    today = now().date()
    state = _state(app)
    centres = centre_states(state, app.study.expected, app.centres)
    listed = [one for one in centres if one.listed]
    calendar = app.study.calendar
    return Agenda(
        title=app.study.title(app.study.language),
        service=app.study.contact.service,
        today=today,
        tasks=tuple(_tasks(state, centres, calendar, today)),
        patients=state.tally.whole.patients,
        expected=expected_patients(app.study.expected),
        centres=len(listed),
        heard=sum(not one.silent for one in listed),
        points=state.tally.whole.points,
        calendar=calendar_document(calendar, today),
        passed=_passed(calendar, today),
        in_inbox=in_inbox(app),
    )


def in_inbox(app: App) -> int:
    """Count the files that stand in the inbox; hidden ones are no returns."""
    try:
        found = [path for path in app.places.inbox.iterdir() if not path.name.startswith(".")]
    except OSError:
        return 0
    return sum(path.is_file() for path in found)


def _state(app: App) -> Collected:
    """Gather counts, what waits, and the first patients; no record is opened."""
    return replace(
        collected(app.store, app.study.form, app.letters, _FEW),
        left=left_to_fill(app.places, app.study),
        definitions=app.forms.get,
    )


def _tasks(
    state: Collected, centres: Sequence[CentreState], calendar: Calendar, today: dt.date
) -> list[Task]:
    tasks = [_task(one) for one in to_do(state, centres, calendar, today)]
    silent = tuple(one.id for one in centres if one.silent)
    if silent and today >= calendar.opens:
        tasks.append(Task(what="silent", count=len(silent), names=silent[:_FEW]))
    left = calendar.days_left(today)
    if left <= _SOON:
        tasks.append(Task(what="closing" if left >= 0 else "closed", count=abs(left)))
    return tasks


def _task(task: Mapping[str, Any]) -> Task:
    named = task.get("centres") or task.get("patients") or ()
    return Task(what=task["what"], count=task["count"], names=tuple(named[:_FEW]))


def _passed(calendar: Calendar, today: dt.date) -> int:
    whole = max(1, (calendar.closes - calendar.opens).days)
    return max(0, min(100, round(100 * (today - calendar.opens).days / whole)))
