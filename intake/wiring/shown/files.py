"""The files that came, as a list, and one file: its receipt, its original, what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.model.errors import DecisionRefused, Refusal
from intake.model.receipt import Outcome, Receipt, ReviewAction
from intake.model.tally import Narrowed, Part
from intake.pipeline.returns.deliver import definition_of
from intake.wiring.app import App
from intake.wiring.review import review_document
from intake.wiring.shown.answers import answers_in_words
from intake.wiring.shown.listing import Listing, names_of_centre, part_of
from intake.words.catalogue import Words


@dataclass(frozen=True, slots=True)
class Original:
    """A returned file to be handed over, under a name that tells nobody."""

    name: str
    content: bytes


def file_list(app: App, *, page: int, centre: str = "", outcome: str = "") -> Listing[Receipt]:
    """Return one page of the receipts, the newest first, under the names as received."""
    outcomes = tuple(one for one in Outcome if one.value == outcome)
    narrowed = Narrowed(centres=names_of_centre(app, centre), outcomes=outcomes)
    counts = app.store.counts
    found = counts.receipt_part(narrowed, part_of(page))
    receipts = {one.receipt.id: one.receipt for one in app.store.receipts(found.lines)}
    return Listing(
        lines=[receipts[number] for number in found.lines],
        count=found.count,
        total=counts.receipt_part(Narrowed(), Part(0, 1)).count,
        page=max(1, page),
    )


def file(app: App, receipt_id: str, words: Words, *, identity: bool = False) -> dict[str, Any]:
    """Return one file as the coordinator sees it. Raises DecisionRefused for an unknown one."""
    document = review_document(app, receipt_id, identity=identity)
    receipt = _receipt(app, receipt_id)
    definition = definition_of(app.printed_forms, receipt)
    return {
        **document,
        "name": receipt.source.name,
        "size": receipt.source.size,
        "subject": receipt.subject,
        "revision": receipt.revision,
        "parent": receipt.parent,
        "earlier": receipt.earlier,
        "members": receipt.members,
        "values": answers_in_words(document["values"], definition, words),
        "can_undo": _can_undo(receipt),
        "has_original": not receipt.was_set_aside,
    }


def original(app: App, receipt_id: str) -> Original:
    """Return a returned file, whole. Raises DecisionRefused, StoreUnavailable."""
    receipt = _receipt(app, receipt_id)
    suffix = app.archive.path(receipt.source).suffix
    return Original(f"{receipt.id}{suffix}", app.archive.content(receipt.source.sha256))


def _receipt(app: App, receipt_id: str) -> Receipt:
    try:
        return app.store.entry(receipt_id.strip()).receipt
    except KeyError:
        raise DecisionRefused(Refusal.UNKNOWN_RECEIPT, receipt=receipt_id) from None


def _can_undo(receipt: Receipt) -> bool:
    """Say whether there is something to take back; whether it may be, undoing itself says."""
    if receipt.members or any(d.action is ReviewAction.OBJECTION for d in receipt.decisions):
        return False
    return receipt.is_in_dataset or bool(receipt.decisions)
