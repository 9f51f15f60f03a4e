"""Taking a record out of the dataset: for a while, or for good when its patient objects.

The trace that stays says that it was there, and holds no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from intake.model.errors import DecisionRefused, Refusal
from intake.model.query import Query, QueryAction, QueryEnd, QueryStep
from intake.model.receipt import Outcome, Receipt, ReviewAction
from intake.model.record import Clues, Entry, KnownRecord
from intake.pipeline.desk import Desk
from intake.pipeline.returns.beside import save_decided
from intake.pipeline.returns.deliver import deliver
from intake.pipeline.review.correct import record_named
from intake.pipeline.review.held import check_words, conclude, decided
from intake.pipeline.review.refuse import objected


def withdraw(desk: Desk, name: str, reason: str) -> Receipt:
    """Take a record out of the dataset, its answers kept. Raises DecisionRefused.

    Returns the receipt of its current revision: by that, the decision can be undone.
    """
    known = record_named(desk, name)
    check_words(reason, of=known.subject, is_needed=True)
    entry = desk.keeping.store.kept(known.current.receipt)
    if entry.receipt.is_withdrawn:
        raise DecisionRefused(Refusal.WITHDRAWN, subject=known.subject, receipt=entry.receipt.id)
    receipt = decided(desk.clock, entry.receipt, ReviewAction.WITHDRAW)
    ended = closed(desk.keeping.store.queries(known.record_id), desk, receipt)
    return conclude(desk, replace(entry, receipt=receipt, queries=ended), reason)


def withdraw_objecting(desk: Desk, name: str, reason: str) -> Receipt:
    """Delete every answer of a record for good: its patient objected. Raises DecisionRefused.

    Also those of its forms that wait. Their bytes are not read again.
    """
    known = record_named(desk, name)
    check_words(reason, of=known.subject, is_needed=True)
    receipts = tuple(_all_of(desk, known))
    ended = closed(desk.keeping.store.queries(known.record_id), desk, receipts[0])
    with desk.keeping.store.together():
        told = [
            save_decided(
                desk.keeping.store,
                Entry(receipt=_emptied(desk, each), queries=ended if n == 0 else ()),
                reason,
            )
            for n, each in enumerate(receipts)
        ]
    for each in told:
        deliver(desk, each)
    return next(each for each in told if each.id == known.current.receipt)


def _all_of(desk: Desk, known: KnownRecord) -> Iterator[Receipt]:
    """Yield the receipts of a record, then of the forms of its patient that wait, and repeats."""
    store = desk.keeping.store
    seen: set[str] = set()
    waiting = (
        form.receipt
        for key in known.keys
        for form in store.candidates(Clues(known.current.submission.form, key)).waiting
        if form.key.parts == key.parts
    )
    held = (store.entry(number).receipt for number in dict.fromkeys(waiting))
    for receipt in (*store.receipts_of(known.record_id), *held, *_answering(desk, known)):
        for each in (receipt, *store.repeats(receipt.id)):
            if each.id not in seen:
                seen.add(each.id)
                yield each


def _answering(desk: Desk, known: KnownRecord) -> Iterator[Receipt]:
    """Yield the receipts of the record's sheets and messages that wait: they have no key."""
    form = known.current.submission.form
    for receipt in (stored.receipt for stored in desk.keeping.store.receipts()):
        is_its = receipt.form == form and receipt.answers_about == known.subject
        if is_its and receipt.outcome is Outcome.REVIEW:
            yield receipt


def _emptied(desk: Desk, receipt: Receipt) -> Receipt:
    """Return a receipt without answers; a repeat stays one, of nothing."""
    emptied = objected(desk.clock, receipt)
    is_repeat = receipt.outcome is Outcome.DUPLICATE
    return replace(emptied, outcome=Outcome.DUPLICATE) if is_repeat else emptied


def closed(queries: Iterable[Query], desk: Desk, receipt: Receipt) -> tuple[Query, ...]:
    """Return what is still asked with its end: nobody asks about what is not there."""
    step = QueryStep(
        action=QueryAction.CLOSED,
        at=desk.clock(),
        by=desk.by,
        how=QueryEnd.SUPERSEDED,
        receipt=receipt.id,
    )
    return tuple(
        replace(query, steps=(*query.steps, step)) for query in queries if not query.is_closed
    )
