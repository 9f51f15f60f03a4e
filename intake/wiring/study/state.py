"""Gathering from the store what the state of a study is made of."""

from __future__ import annotations

from intake.model.mail.letters import Letters
from intake.model.receipt import Outcome
from intake.reports.study.collected import Collected
from intake.storage.counting.patients import Asked
from intake.storage.store import SqlStore
from intake.wiring.conduct.account import unanswered


def collected(store: SqlStore, form: str, letters: Letters, most: int | None = None) -> Collected:
    """Gather the state of a form's collection; no record is opened for it.

    Of the patients all are read, with what is asked about them, or at most so many of whom
    something is asked and as many others: then nothing grows with their number but counting.
    """
    counts = store.counts
    if most is None:
        patients = tuple(counts.patients(form))
    else:
        kinds = (Asked.SOMETHING, Asked.NOTHING)
        patients = tuple(one for kind in kinds for one in counts.patients(form, kind, most))
    some = None if most is None else [one.record_id for one in patients]
    held = (stored.receipt for stored in store.receipts(outcome=Outcome.REVIEW))
    waiting = tuple(receipt for receipt in held if not receipt.members)
    return Collected(
        tally=counts.tally(form),
        patients=patients,
        unasked=tuple(one.subject for one in counts.patients(form, Asked.NOT_YET, most)),
        queries=tuple(counts.asked(form, some)),
        waiting=waiting,
        arrivals=counts.arrivals(receipt.id for receipt in waiting),
        letters=letters,
        unanswered=unanswered(store, letters.told),
    )
