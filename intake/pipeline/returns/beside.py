"""Files with the same answers or the same bytes: one is kept, the others stand beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from intake.model.file.dates import FormDates
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.receipt import Outcome, Receipt, ReviewAction, ReviewDecision, SourceFile
from intake.model.record import Entry
from intake.pipeline.returns.deciding.revision import comes_back
from intake.ports import Store


def save_decided(store: Store, entry: Entry, reason: str = "") -> Receipt:
    """Save an entry with one more decision; its receipt is not written yet.

    The inbox file was taken when the receipt was first delivered: a file that stands there
    now has a receipt of its own to come. A loaded entry has its queries.
    """
    waiting = {receipt.id for receipt in store.undelivered()}
    if entry.receipt.id not in waiting:
        source = replace(entry.receipt.source, token="")
        entry = replace(entry, receipt=replace(entry.receipt, source=source))
    return store.decide(entry, reason.strip())


def give_place(store: Store, kept: Receipt, aside: Iterable[str], now: dt.datetime) -> None:
    """Make repeats of a saved file those that waited with its answers, or repeated these."""
    for number in aside:
        receipt = store.entry(number).receipt
        save_decided(store, Entry(receipt=as_repeat(receipt, kept, ReviewAction.STEP_ASIDE, now)))


def as_repeat(receipt: Receipt, kept: Receipt, action: ReviewAction, now: dt.datetime) -> Receipt:
    """Return the receipt of a file whose answers another file keeps, for the reason given."""
    return replace(
        receipt,
        outcome=Outcome.DUPLICATE,
        findings=(finding_of(FindingCode.DUPLICATE_CONTENT, {"receipt": kept.id}),),
        changes=(),
        earlier=kept.id,
        subject=kept.subject,
        record_id=kept.record_id,
        decisions=(*receipt.decisions, ReviewDecision(action=action, at=now)),
    )


def tells_more(store: Store, earlier: Receipt, source: SourceFile) -> bool:
    """Say whether known bytes are to be read again: their message may change the order.

    Of a form that waits, it may say that it is the newest; of a loaded one, that it came
    back after the form that replaced it.
    """
    if earlier.outcome is Outcome.REVIEW:
        return source.sent is not None and source.sent != earlier.source.sent
    return comes_out_of_turn(store, earlier, source)


def may_tell_more(earlier: Receipt, source: SourceFile) -> bool:
    """Say whether known bytes may tell more once what came with them is saved."""
    is_kept = earlier.outcome is Outcome.REVIEW or earlier.is_in_dataset
    return is_kept and source.sent != earlier.source.sent


def comes_out_of_turn(store: Store, earlier: Receipt, source: SourceFile) -> bool:
    """Say whether the bytes of a loaded form came again by a message that changes the order."""
    if not earlier.is_in_dataset or earlier.form is None:
        return False
    record = store.known_record(earlier.form, str(earlier.record_id))
    saved = earlier.source.inside or source.inside
    dates = FormDates(filled=earlier.filling_date, sent=source.sent, saved=saved)
    return record is not None and comes_back(dates, earlier.id, record)
