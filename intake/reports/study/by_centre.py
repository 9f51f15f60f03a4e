"""The state of each centre: what it sent, what it still owes, when it was last heard."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from intake.model.tally import FileTally
from intake.reports.study.collected import Collected, listed_names
from intake.study.centres import Centre
from intake.study.model import Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreState:
    """One centre; days are None where nothing happened or nothing is known."""

    id: str
    name: str
    listed: bool
    patients: int
    clean: int
    """Patients of whom nothing is asked."""
    open: int
    """Patients with a question that is not closed."""
    points: int
    """Questions that are not closed."""
    files: int
    expected: int | None
    sent: dt.date | None
    first_answer: dt.date | None
    last_contact: dt.date | None
    reminders: tuple[dt.date, ...]
    silent: bool
    """Of the list, and never heard; letters shared by two centres answer for both."""


def centre_states(
    collected: Collected, expected: Expected, centres: Sequence[Centre]
) -> tuple[CentreState, ...]:
    """Return the centres of the list in its order, then any other that sent something."""
    named = listed_names(centres)
    patients, open_patients, points = Counter[str](), Counter[str](), Counter[str]()
    for one in collected.tally.centres:
        patients[named(one.centre)] += one.patients
        open_patients[named(one.centre)] += one.open
        points[named(one.centre)] += one.points
    files: dict[str, list[FileTally]] = {}
    for tally in collected.tally.files:
        if tally.centre:
            files.setdefault(named(tally.centre), []).append(tally)
    listed = {centre.id: centre for centre in centres}
    heard = {*patients, *files}
    return tuple(
        CentreState(
            id=name,
            name=listed[name].name if name in listed else "",
            listed=name in listed,
            patients=patients[name],
            clean=patients[name] - open_patients[name],
            open=open_patients[name],
            points=points[name],
            files=sum(tally.count for tally in files.get(name, ())),
            expected=expected.centres.get(name),
            sent=_sent(collected, name),
            first_answer=min((_day(t.first) for t in files.get(name, ())), default=None),
            last_contact=max((_day(t.last) for t in files.get(name, ())), default=None),
            reminders=_reminders(collected, name),
            silent=name in listed and heard.isdisjoint({name, listed[name].letters}),
        )
        for name in (*listed, *sorted(heard - set(listed)))
    )


def _sent(collected: Collected, centre: str) -> dt.date | None:
    return collected.letters.sent.get(centre) if collected.letters else None


def _reminders(collected: Collected, centre: str) -> tuple[dt.date, ...]:
    return collected.letters.reminders.get(centre, ()) if collected.letters else ()


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone().date()
