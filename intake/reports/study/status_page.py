"""Everything that ``outbox/status.html`` shows, decided before any markup.

For the coordinator alone: it shows the names of files that wait and who sent them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from intake.model.receipt import Receipt
from intake.reports.pages import page
from intake.reports.review.document import waiting_document
from intake.reports.study.by_centre import CentreState, centre_states
from intake.reports.study.collected import Collected
from intake.reports.study.owed import Owed, PatientState, patient_states
from intake.reports.study.status import calendar_document, expected_patients, to_do
from intake.study.centres import Centre
from intake.study.model import Calendar, Study
from intake.words.catalogue import Words
from intake.words.shown import as_shown

MOST_SHOWN = 500
"""A page of more patients helps nobody; the document has them all."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number at the head of the page."""

    number: str
    label: str
    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    """One file that waits for a person."""

    arrived: str
    receipt: str
    link: str
    file: str
    sender: str
    about: str
    """The patient or the centre, as far as it is known."""
    why: str


@dataclass(frozen=True, slots=True)
class Task:
    """One thing left to do."""

    title: str
    how: str
    """What to type or to open."""
    lines: tuple[str, ...] = ()
    files: tuple[WaitingLine, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """The collection as a line from its first to its last day; places in percent."""

    opens: str
    closes: str
    reminder: str
    passed: int
    reminder_at: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreLine:
    """One centre of the table."""

    id: str
    name: str
    sent: str
    first: str
    last: str
    patients: str
    clean: str
    points: str
    reminders: str
    is_silent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientLine:
    """One patient of whom something is asked."""

    subject: str
    centre: str
    complete: str
    correct: str
    confirm: str
    answered: str
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class StatusView:
    """The page's content, in reading order."""

    title: str
    today: str
    figures: tuple[Figure, ...]
    days: Days
    tasks: tuple[Task, ...]
    centres: tuple[CentreLine, ...]
    knows_letters: bool
    patients: tuple[PatientLine, ...]
    others: int
    """How many more patients owe something than are shown."""
    clean: str
    """The patients of whom nothing is asked, in one phrase."""
    clean_count: int


def status_page(
    collected: Collected, study: Study, *, centres: Sequence[Centre], today: dt.date
) -> str:
    """Return the state of the study as one self-contained page, in its language."""
    words = Words(study.language)
    view = status_view(collected, study, centres, today, words)
    return page("status.html", view=view, words=words)


def status_view(
    collected: Collected, study: Study, centres: Sequence[Centre], today: dt.date, words: Words
) -> StatusView:
    """Return the content of the page in one language."""
    states = centre_states(collected, study.expected, centres)
    patients = tuple(patient_states(collected, study.form))
    owing = [one for one in patients if one.points][:MOST_SHOWN]
    clean = [one.patient.subject for one in patients if not one.points][:MOST_SHOWN]
    whole = collected.tally.whole
    return StatusView(
        title=study.title(words.language),
        today=words.date(today.isoformat()),
        figures=tuple(_figures(collected, study, states, today, words)),
        days=_days(study.calendar, today, words),
        tasks=tuple(
            _task(task, collected, words)
            for task in to_do(collected, states, study.calendar, today)
        ),
        centres=tuple(_centre(state, words) for state in states),
        knows_letters=collected.letters is not None,
        patients=tuple(_patient(one, words) for one in owing),
        others=whole.open - len(owing),
        clean=_named(clean, whole.patients - whole.open),
        clean_count=whole.patients - whole.open,
    )


def _figures(
    collected: Collected,
    study: Study,
    states: Sequence[CentreState],
    today: dt.date,
    words: Words,
) -> Iterator[Figure]:
    received, expected = collected.tally.whole.patients, expected_patients(study.expected)
    beside = words.text("status.of", count=expected) if expected else ""
    yield Figure(words.number(received), words.text("status.patients", count=received), beside)
    listed = [state for state in states if state.listed]
    heard = sum(not state.silent for state in listed)
    of_all = words.text("status.of", count=len(listed)) if listed else ""
    yield Figure(words.number(heard), words.text("status.heard", count=heard), of_all)
    points = collected.tally.whole.points
    yield Figure(words.number(points), words.text("status.points", count=points))
    left = study.calendar.days_left(today)
    key = "days_left" if left > 0 else "days_over" if left else "days_today"
    yield Figure(words.number(abs(left)), words.text(f"status.{key}", count=abs(left)))


def _days(calendar: Calendar, today: dt.date, words: Words) -> Days:
    whole = (calendar.closes - calendar.opens).days

    def place(day: dt.date) -> int:
        return max(0, min(100, 100 * (day - calendar.opens).days // whole))

    told = calendar_document(calendar, today)
    state = "reminder_due" if told["reminder_due"] else told["state"]
    opens, closes, reminder = (words.date(told[key]) for key in ("opens", "closes", "reminder"))
    return Days(
        opens=opens,
        closes=closes,
        reminder=reminder,
        passed=place(today),
        reminder_at=place(calendar.reminder_date),
        sentence=words.text(
            f"status.calendar.{state}", opens=opens, closes=closes, reminder=reminder
        ),
    )


def _task(task: dict[str, Any], collected: Collected, words: Words) -> Task:
    what, count = task["what"], task["count"]
    files: Sequence[Receipt] = ()
    lines: tuple[str, ...] = ()
    match what:
        case "decide":
            files = collected.undecided
        case "accept":
            files = collected.proposed
        case "ask":
            lines = (_named(task["patients"], count),)
        case "pack" | "remind":
            lines = (", ".join(task["centres"]),)
        case "fill_in":
            lines = tuple(
                words.text(
                    "setup.left.line",
                    file=one.file,
                    line=str(one.line),
                    place=one.place,
                    text=one.text,
                ).strip()
                for one in collected.left
            )
    return Task(
        title=words.text(f"status.task.{what}", count=count),
        how=words.text(f"status.how.{what}", receipt=files[0].id if files else ""),
        lines=lines,
        files=tuple(_waiting(receipt, collected, words) for receipt in files),
        link="mail/index.html" if what == "send" else "",
    )


def _named(names: Sequence[str], count: int) -> str:
    """Return patients on one line, the first of many."""
    return ", ".join(names[:MOST_SHOWN]) + (" …" if count > MOST_SHOWN else "")


def _waiting(receipt: Receipt, collected: Collected, words: Words) -> WaitingLine:
    told = waiting_document(receipt, collected.form_of(receipt))
    arrived = collected.arrivals.get(receipt.id, receipt.source.received)
    titles = (one["title"] for one in told["decide"])
    return WaitingLine(
        arrived=words.date(arrived.astimezone().date().isoformat()),
        receipt=receipt.id,
        link=f"review/{receipt.id}/index.html",
        file=as_shown(receipt.source.name),
        sender=as_shown(receipt.source.sender),
        about=receipt.answers_about or receipt.subject or receipt.centre or "",
        why="; ".join(dict.fromkeys(words.local(title) for title in titles)),
    )


def _centre(state: CentreState, words: Words) -> CentreLine:
    def day(value: dt.date | None) -> str:
        return words.date(value.isoformat()) if value else ""

    received = words.number(state.patients)
    if state.expected is not None:
        received += " / " + words.number(state.expected)
    return CentreLine(
        id=state.id,
        name=state.name,
        sent=day(state.sent),
        first=day(state.first_answer),
        last=day(state.last_contact),
        patients=received,
        clean=words.number(state.clean) if state.patients else "",
        points=words.number(state.points) if state.points else "",
        reminders=", ".join(day(one) for one in state.reminders),
        is_silent=state.silent,
    )


def _patient(state: PatientState, words: Words) -> PatientLine:
    patient = state.patient
    share = 100 * patient.answered // patient.expected if patient.expected else 100
    return PatientLine(
        subject=patient.subject,
        centre=patient.centre,
        complete=", ".join(state.codes(Owed.COMPLETE)),
        correct=", ".join(state.codes(Owed.CORRECT)),
        confirm=", ".join(state.codes(Owed.CONFIRM)),
        answered=words.text("status.percent", number=share),
        is_late=patient.is_late,
    )
