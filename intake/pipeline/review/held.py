"""What waits for the coordinator, and how a decision about it is concluded."""

from __future__ import annotations

from dataclasses import dataclass, replace

from intake.model.definition import FormDefinition
from intake.model.errors import DecisionRefused, Refusal
from intake.model.receipt import Outcome, Receipt, ReviewAction, ReviewDecision
from intake.model.record import Entry, KnownPatients
from intake.model.submission import Submission
from intake.pipeline.desk import Desk
from intake.pipeline.queries.conversation import Brought
from intake.pipeline.queries.in_turn import with_queries
from intake.pipeline.returns.beside import save_decided
from intake.pipeline.returns.deciding.arrived import Arrived, arrived
from intake.pipeline.returns.deciding.versions import seen_from
from intake.pipeline.returns.deliver import definition_of, deliver
from intake.pipeline.returns.message_answers import is_proposed
from intake.ports import Clock, Forms, Store
from intake.privacy.guard import holds_identity


@dataclass(frozen=True, slots=True)
class Held:
    """A file in review whose answers are held."""

    receipt: Receipt
    definition: FormDefinition
    submission: Submission

    @property
    def form(self) -> Arrived:
        """Return the form as if it came now."""
        return arrived(self.definition, self.submission, self.receipt.source)


def receipt_in_review(store: Store, receipt_id: str) -> Receipt:
    """Return the receipt of a file in review. Raises DecisionRefused."""
    return _entry(store, receipt_id).receipt


def _entry(store: Store, receipt_id: str) -> Entry:
    """Return what waits under a number, with or without leading zeros."""
    try:
        entry = store.entry(receipt_id.strip())
    except KeyError:
        raise DecisionRefused(Refusal.UNKNOWN_RECEIPT, receipt=receipt_id) from None
    if entry.receipt.outcome is not Outcome.REVIEW:
        receipt = entry.receipt
        raise DecisionRefused(
            Refusal.NOT_IN_REVIEW, receipt=receipt.id, outcome=receipt.outcome.value
        )
    if entry.receipt.members:
        raise DecisionRefused(Refusal.IS_A_CONTAINER, receipt=entry.receipt.id)
    return entry


def held_answers(store: Store, forms: Forms, receipt_id: str) -> Held:
    """Return a file in review with its answers. Raises DecisionRefused when none are held."""
    entry = _entry(store, receipt_id)
    definition = definition_of(forms, entry.receipt)
    if entry.submission is None or definition is None:
        raise DecisionRefused(Refusal.NOTHING_READ, receipt=entry.receipt.id)
    return Held(entry.receipt, definition, entry.submission)


def held_form(store: Store, forms: Forms, receipt_id: str) -> Held:
    """Return a form in review with its answers; a sheet, or a message, says itself whose it is.

    Raises DecisionRefused.
    """
    held = held_answers(store, forms, receipt_id)
    if held.receipt.sheet is not None or is_proposed(held.receipt):
        raise DecisionRefused(Refusal.IS_A_SHEET, receipt=held.receipt.id)
    return held


def known_patients(store: Store, form: Arrived) -> KnownPatients:
    """Return the records that a form may belong to: what else waits decides nothing."""
    known = KnownPatients(store.candidates(form.clues).records)
    return seen_from(form.definition, known)


def decided(
    clock: Clock, receipt: Receipt, action: ReviewAction, subject: str | None = None
) -> Receipt:
    """Return the receipt with one more decision."""
    newest = ReviewDecision(action=action, at=clock(), subject=subject)
    return replace(receipt, decisions=(*receipt.decisions, newest))


def check_reason(receipt: Receipt, reason: str, *, is_needed: bool) -> None:
    """Stop without a reason where one is needed, and where it seems to name a person."""
    check_words(reason, of=receipt.id, is_needed=is_needed)


def check_words(reason: str, *, of: str, is_needed: bool) -> None:
    """Do the same for a receipt or a record, named as people name it."""
    if is_needed and not reason.strip():
        raise DecisionRefused(Refusal.REASON_NEEDED, receipt=of)
    if holds_identity(reason):
        raise DecisionRefused(Refusal.REASON_IDENTIFIES)


def asking(desk: Desk, entry: Entry) -> Entry:
    """Return a decided entry with what it asks of its record, if it is one's."""
    decided_at = entry.receipt.decisions[-1].at
    brought = Brought.ANSWERS if is_proposed(entry.receipt) else Brought.FORM
    return with_queries(desk.keeping.store, desk.study.forms, entry, decided_at, brought)


def conclude(desk: Desk, entry: Entry, reason: str) -> Receipt:
    """Save a decided entry and write its receipt anew."""
    receipt = save_decided(desk.keeping.store, asking(desk, entry), reason)
    deliver(desk, receipt)
    return receipt
