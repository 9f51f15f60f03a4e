"""The state of the collection as one document: what is left to do, centres, patients, days left.

Numbers and codes only: no answer, no file name that might say who a patient is.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from intake.model.finding import Severity
from intake.model.receipt import Outcome, Receipt
from intake.model.tally import AnsweredTally, CentreTally, FileTally, OpenTally
from intake.reports.queries import closed_by_code, open_by_centre
from intake.reports.review.document import waiting_document
from intake.reports.study.by_centre import CentreState, centre_states
from intake.reports.study.collected import Collected
from intake.reports.study.owed import PatientState, patient_states
from intake.study.centres import Centre
from intake.study.model import Calendar, Expected, Study


def status_document(
    collected: Collected, study: Study, *, centres: Sequence[Centre], today: dt.date
) -> dict[str, Any]:
    """Return the state of the collection on one day, ready for JSON, without ``owed``."""
    whole = collected.tally.whole
    states = centre_states(collected, study.expected, centres)
    return {
        "form": study.form,
        "title": study.title(study.language),
        "today": today.isoformat(),
        "calendar": calendar_document(study.calendar, today),
        "to_do": to_do(collected, states, study.calendar, today),
        "files": _files(collected.tally.files),
        "patients": whole.patients,
        "expected": expected_patients(study.expected),
        "late": whole.late,
        "centres": [_centre(state) for state in states],
        "centres_without_patient": len(_without_patient(states, centres)),
        "completeness": _completeness(collected.answered),
        "open_queries": {
            **_open_queries(collected.asked, whole),
            "centres": open_by_centre(collected.asked, today),
        },
        "closed_queries": closed_by_code(collected.tally.codes),
        "to_complete": [asdict(place) for place in collected.left],
    }


def owed_document(collected: Collected, form: str) -> Iterator[dict[str, Any]]:
    """Yield each of the patients collected, and what its centre still owes."""
    yield from map(_patient, patient_states(collected, form))


def expected_patients(expected: Expected) -> int | None:
    """Return how many patients the study waits for; None where nobody said."""
    if expected.patients is not None:
        return expected.patients
    return sum(expected.centres.values()) if expected.centres else None


def to_do(
    collected: Collected, states: Sequence[CentreState], calendar: Calendar, today: dt.date
) -> list[dict[str, Any]]:
    """Return what is left to do, in the order in which it is done; nothing that is done."""
    asked = collected.tally.whole
    letters = collected.letters.to_send if collected.letters else 0
    every = [
        {"what": "fill_in", "count": len(collected.left)},
        _of_centres("pack", _to_pack(collected, states, calendar, today)),
        {"what": "decide", "count": len(collected.undecided), "files": _waiting(collected)},
        {"what": "accept", "count": len(collected.proposed), "files": _answers(collected)},
        {"what": "read", "count": asked.answered},
        {"what": "reply", "count": collected.unanswered},
        {"what": "ask", "count": asked.unasked, "patients": list(collected.unasked)},
        _of_centres("remind", _to_remind(collected, states, calendar, today)),
        {"what": "send", "count": letters},
    ]
    return [task for task in every if is_left(task)]


def is_left(task: Mapping[str, Any]) -> bool:
    """Say whether something of a task is left to do."""
    return bool(task["count"])


def _of_centres(what: str, ids: Sequence[str]) -> dict[str, Any]:
    return {"what": what, "count": len(ids), "centres": list(ids)}


def _to_pack(
    collected: Collected, states: Sequence[CentreState], calendar: Calendar, today: dt.date
) -> tuple[str, ...]:
    """Return the centres that have no forms yet, unless they answered all the same."""
    letters = collected.letters
    if letters is None or calendar.is_late(today):
        return ()
    return tuple(
        state.id
        for state in states
        if state.listed and state.id not in letters.packed and not state.files
    )


def _to_remind(
    collected: Collected, states: Sequence[CentreState], calendar: Calendar, today: dt.date
) -> tuple[str, ...]:
    """Return the centres whose half-way reminder is due and not drafted."""
    letters = collected.letters
    if letters is None or not calendar_document(calendar, today)["reminder_due"]:
        return ()
    due = (state for state in states if state.listed)
    return tuple(state.id for state in due if state.id not in letters.reminded)


def calendar_document(calendar: Calendar, today: dt.date) -> dict[str, Any]:
    """Return the days of the collection as they stand on one day."""
    state = "open"
    if today < calendar.opens:
        state = "not_open"
    elif calendar.is_late(today):
        state = "closed"
    return {
        "opens": calendar.opens.isoformat(),
        "closes": calendar.closes.isoformat(),
        "reminder": calendar.reminder_date.isoformat(),
        "reminder_due": calendar.reminder_date <= today and state == "open",
        "days_left": calendar.days_left(today),
        "state": state,
    }


def _waiting(collected: Collected) -> list[dict[str, Any]]:
    return [_waiting_file(receipt, collected) for receipt in collected.undecided]


def _answers(collected: Collected) -> list[dict[str, Any]]:
    return [_waiting_file(receipt, collected) for receipt in collected.proposed]


def _waiting_file(receipt: Receipt, collected: Collected) -> dict[str, Any]:
    arrived = collected.arrivals.get(receipt.id, receipt.source.received)
    return {
        **waiting_document(receipt, collected.form_of(receipt)),
        "arrived": arrived.isoformat(),
        "file": receipt.source.name if receipt.name_is_safe else None,
        "record": receipt.answers_about or receipt.subject,
    }


def _files(tallies: Iterable[FileTally]) -> dict[str, int]:
    outcomes: Counter[Outcome] = Counter()
    for tally in tallies:
        outcomes[tally.outcome] += tally.count
    return {
        "total": outcomes.total(),
        **{outcome.value: outcomes[outcome] for outcome in Outcome},
    }


def _centre(state: CentreState) -> dict[str, Any]:
    days = {name: _iso(getattr(state, name)) for name in ("sent", "first_answer", "last_contact")}
    reminders = [day.isoformat() for day in state.reminders]
    return {**asdict(state), **days, "reminders": reminders}


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _without_patient(
    states: Sequence[CentreState], centres: Sequence[Centre]
) -> tuple[CentreState, ...]:
    """Return listed centres that sent no patient; shared letters answer for all who have them."""
    heard = {state.id for state in states if state.patients}
    letters = {centre.id: centre.letters for centre in centres}
    return tuple(
        state
        for state in states
        if state.listed and state.id not in heard and letters[state.id] not in heard
    )


def _patient(state: PatientState) -> dict[str, Any]:
    patient = state.patient
    return {
        "record": patient.subject,
        "centre": patient.centre,
        "revision": patient.revision,
        "expected": patient.expected,
        "answered": patient.answered,
        "late": patient.is_late,
        "owes": [asdict(point) for point in state.points],
    }


def _completeness(answered: Iterable[AnsweredTally]) -> Mapping[str, Any]:
    shares: Counter[float] = Counter()
    for one in answered:
        if one.expected:
            shares[100 * one.answered / one.expected] += one.count
    if not shares:
        return {"records": 0, "median_percent": None, "lowest_percent": None}
    return {
        "records": shares.total(),
        # Rounded down: 100 means that every record is complete.
        "median_percent": int(statistics.median(shares.elements())),
        "lowest_percent": int(min(shares)),
    }


def _open_queries(asked: Iterable[OpenTally], whole: CentreTally) -> Mapping[str, int]:
    """Count the queries that are not closed."""
    counts: Counter[Severity] = Counter()
    for one in asked:
        counts[one.severity] += one.count
    return {
        "total": whole.points,
        "to_correct": counts[Severity.ERROR],
        "to_confirm": counts[Severity.QUERY],
        "patients": whole.open,
    }
