"""What waits for the coordinator: the list, and one file with its values, as documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from intake.model.definition import FormDefinition
from intake.model.errors import DecisionRefused, Refusal
from intake.model.receipt import Outcome, Receipt
from intake.pipeline.returns.deliver import definition_of
from intake.reports.review.document import HeldFile, held_document, waiting_document
from intake.wiring.app import App
from intake.wiring.known_sides import known_sides


def review_list(app: App) -> Iterator[dict[str, Any]]:
    """Yield the files that wait for a decision, the oldest first; nothing identifying.

    An email or archive is not among them: each file inside has a receipt of its own.
    """
    for receipt in waiting_files(app):
        yield waiting_document(receipt, _definition(app, receipt))


def waiting_files(app: App) -> Iterator[Receipt]:
    """Yield the receipts of the files that wait for a decision, the oldest first."""
    held = (stored.receipt for stored in app.store.receipts(outcome=Outcome.REVIEW))
    return (receipt for receipt in held if not receipt.members)


def review_document(app: App, receipt_id: str, *, identity: bool) -> dict[str, Any]:
    """Return one receipt with the values held for it, those in conflict first.

    Raises DecisionRefused for an unknown receipt. ``identity`` shows every answer.
    """
    try:
        entry = app.store.entry(receipt_id.strip())
    except KeyError:
        raise DecisionRefused(Refusal.UNKNOWN_RECEIPT, receipt=receipt_id) from None
    page = app.review_pages.page(entry.receipt.id)
    held = HeldFile(
        entry=entry,
        definition=_definition(app, entry.receipt),
        reasons=app.store.reasons(entry.receipt.id),
        original=str(app.archive.path(entry.receipt.source)),
        page=str(page) if page.is_file() else None,
        known=tuple(known_sides(app.store, entry.receipt, lambda s: str(app.archive.path(s)))),
    )
    return held_document(held, identity=identity)


def _definition(app: App, receipt: Receipt) -> FormDefinition | None:
    return definition_of(app.printed_forms, receipt)
