"""The state of the collection as one document: files, patients, centres, queries, days left.

Counts only: no answer, no file name, no patient.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intake.model.finding import Severity
from intake.model.query import Query
from intake.model.receipt import Outcome
from intake.model.record import StoredReceipt, StoredRecord
from intake.reports.queries import closed_by_code, open_by_centre
from intake.study.centres import Centre
from intake.study.model import Calendar, Study
from intake.study.placeholders import is_placeholder


@dataclass(frozen=True, slots=True)
class Collected:
    """What the store holds."""

    records: Iterable[StoredRecord]
    receipts: Iterable[StoredReceipt]
    queries: Sequence[Query]


def status_document(
    collected: Collected, study: Study, *, centres: Sequence[Centre], today: dt.date
) -> dict[str, Any]:
    """Return the state of the collection on one day, ready for JSON."""
    patients = [record for record in collected.records if record.submission.form == study.form]
    files = [stored.receipt for stored in collected.receipts]
    # An email or an archive is counted by the files it held.
    outcomes = Counter(receipt.outcome for receipt in files if not receipt.members)
    return {
        "form": study.form,
        "title": study.title(study.language),
        "today": today.isoformat(),
        "calendar": _calendar(study.calendar, today),
        "files": {
            "total": outcomes.total(),
            **{outcome.value: outcomes[outcome] for outcome in Outcome},
        },
        "patients": len(patients),
        "centres": _centres(patients, centres),
        "centres_without_patient": _silent_centres(patients, centres),
        "completeness": _completeness(patients),
        "open_queries": {
            **_open_queries(collected.queries),
            "centres": open_by_centre(collected.queries, today),
        },
        "closed_queries": closed_by_code(collected.queries),
        "to_complete": [key for key, text in study.printed_texts if is_placeholder(text)],
    }


def _calendar(calendar: Calendar, today: dt.date) -> dict[str, Any]:
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


def _centres(patients: Sequence[StoredRecord], centres: Sequence[Centre]) -> list[dict[str, Any]]:
    """Return the patients of each centre: those of the list first, then any other."""
    counts = Counter(record.centre for record in patients)
    known = {centre.id: centre.name for centre in centres}
    names = [*known, *sorted(set(counts) - set(known))]
    return [
        {"id": name, "name": known.get(name), "listed": name in known, "patients": counts[name]}
        for name in names
    ]


def _silent_centres(patients: Sequence[StoredRecord], centres: Sequence[Centre]) -> int:
    """Count the centres that sent nothing; letters shared by two centres answer for both."""
    heard = {record.centre for record in patients}
    return sum(centre.id not in heard and centre.letters not in heard for centre in centres)


def _completeness(patients: Sequence[StoredRecord]) -> Mapping[str, Any]:
    shares = [
        100 * record.submission.expected_answered / record.submission.expected
        for record in patients
        if record.submission.expected
    ]
    if not shares:
        return {"records": 0, "median_percent": None, "lowest_percent": None}
    return {
        "records": len(shares),
        # Rounded down: 100 means that every record is complete.
        "median_percent": int(statistics.median(shares)),
        "lowest_percent": int(min(shares)),
    }


def _open_queries(queries: Iterable[Query]) -> Mapping[str, int]:
    """Count the queries that are not closed."""
    still = [query for query in queries if not query.is_closed]
    counts = Counter(query.finding.severity for query in still)
    return {
        "total": len(still),
        "to_correct": counts[Severity.ERROR],
        "to_confirm": counts[Severity.QUERY],
        "patients": len({query.record_id for query in still}),
    }
