"""The patients as a list, and one patient: answers, how they came to be, what is asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from intake.model.mail.message import MessageEvent
from intake.model.tally import Narrowed, Part, PatientTally
from intake.reports.queries import query_document
from intake.wiring.app import App
from intake.wiring.conduct.account import read_ledger
from intake.wiring.records import record_history, shown_record
from intake.wiring.shown.answers import answers_in_words, changes_in_words
from intake.wiring.shown.listing import Listing, names_of_centre, part_of
from intake.words.catalogue import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientLine:
    """One line: a patient in the dataset, and how many questions are not closed."""

    patient: PatientTally
    asked: int


def patient_list(
    app: App, *, page: int, centre: str = "", state: str = "", number: str = ""
) -> Listing[PatientLine]:
    """Return one page of the patients in the dataset."""
    narrowed = Narrowed(centres=names_of_centre(app, centre), state=state, number=number)
    counts, form = app.store.counts, app.study.form
    found = counts.patient_part(form, narrowed, part_of(page))
    asked = Counter(query.record_id for query in counts.asked(form, _ids(found.lines)))
    return Listing(
        lines=[PatientLine(patient=one, asked=asked[one.record_id]) for one in found.lines],
        count=found.count,
        total=counts.patient_part(form, Narrowed(), Part(0, 1)).count,
        page=max(1, page),
    )


def patient(app: App, number: str, words: Words, *, identity: bool = False) -> dict[str, Any]:
    """Return one patient. Raises DecisionRefused for an unknown one.

    ``identity`` shows every answer; else those that identify, or were typed freely, are hidden.
    """
    record = shown_record(app, number, identity=identity)
    history = record_history(app, record["record"])
    definition = app.forms.get(record["form"] or "", record["version"] or "")
    revisions = [
        {**one, "changes": changes_in_words(one["changes"], definition, words)}
        for one in reversed(history["revisions"])
    ]
    receipts = [one["receipt"] for one in revisions]
    return {
        **record,
        "values": answers_in_words(record["values"], definition, words),
        "revisions": [{**one, "who": _who(history["events"], one)} for one in revisions],
        "queries": _queries(app, record["record"]),
        "letters": letters_about(app, receipts),
    }


def letters_about(app: App, receipts: list[str]) -> list[MessageEvent]:
    """Return the letters, newest first, that told of any of some receipts."""
    wanted = set(receipts)
    return [
        event
        for event in reversed(read_ledger(app.store).live)
        if not wanted.isdisjoint(about.partition(" ")[0] for about in event.about)
    ]


def _queries(app: App, number: str) -> list[dict[str, Any]]:
    known = app.store.known_record(app.study.form, number)
    found = app.store.queries(known.record_id) if known else ()
    return [query_document(query) for query in found]


def _who(events: list[dict[str, Any]], revision: dict[str, Any]) -> str:
    """Return who took the newest decision about a file, else who had it read."""
    own = [e for e in reversed(events) if e["receipt"] == revision["receipt"]]
    kinds = ("decision", "receipt")
    return next((str(e["by"]) for kind in kinds for e in own if e["event"] == kind), "")


def _ids(lines: tuple[PatientTally, ...]) -> list[str]:
    return [one.record_id for one in lines]
