"""Gathering from the store what the state of a study is made of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from intake.model.mail.letters import Letters
from intake.model.receipt import Outcome
from intake.reports.study.collected import Collected, Definitions
from intake.reports.study.status import owed_document
from intake.storage.counting.patients import Asked
from intake.storage.store import SqlStore
from intake.wiring.conduct.account import unanswered

_TOGETHER = 200


def collected(store: SqlStore, form: str, letters: Letters, most: int | None = None) -> Collected:
    """Gather the state of a form's collection; no record is opened for it.

    Of the patients, at most so many of whom something is asked and as many others are read, with
    what is asked about them: then nothing grows with their number but counting. Without ``most``
    none is read, and what is asked and answered is counted.
    """
    counts = store.counts
    kinds = () if most is None else (Asked.SOMETHING, Asked.NOTHING)
    patients = tuple(one for kind in kinds for one in counts.patients(form, kind, most))
    held = (stored.receipt for stored in store.receipts(outcome=Outcome.REVIEW))
    waiting = tuple(receipt for receipt in held if not receipt.members)
    return Collected(
        tally=counts.tally(form),
        patients=patients,
        unasked=tuple(one.subject for one in counts.patients(form, Asked.NOT_YET, most)),
        queries=tuple(counts.asked(form, [one.record_id for one in patients])),
        asked=tuple(counts.open_since(form)) if most is None else (),
        answered=tuple(counts.answered(form)) if most is None else (),
        waiting=waiting,
        arrivals=counts.arrivals(receipt.id for receipt in waiting),
        letters=letters,
        unanswered=unanswered(store, letters.told),
    )


def owed(
    store: SqlStore, form: str, definitions: Definitions, most: int | None = None
) -> Iterator[dict[str, Any]]:
    """Yield each patient of a form and what is owed; or so many, of whom something is."""
    counts = store.counts
    left = counts.patients(form, None if most is None else Asked.SOMETHING, most)
    while some := tuple(islice(left, _TOGETHER)):
        asked = tuple(counts.asked(form, [one.record_id for one in some]))
        found = Collected(patients=some, queries=asked, definitions=definitions)
        yield from owed_document(found, form)
