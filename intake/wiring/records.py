"""One record as the coordinator sees it: its answers as held, and how they came to be."""

from __future__ import annotations

from typing import Any

from intake.model.errors import DecisionRefused, Refusal
from intake.model.record import KnownRecord
from intake.reports.review.record_document import (
    HeldRecord,
    record_document,
    revision_documents,
)
from intake.wiring.app import App


def shown_record(app: App, name: str, *, identity: bool) -> dict[str, Any]:
    """Return a record's current answers, those in question first. Raises DecisionRefused.

    ``identity`` shows every answer.
    """
    known = _known(app, name)
    entry = app.store.kept(known.current.receipt)
    receipt = entry.receipt
    held = HeldRecord(
        known=known,
        entry=entry,
        definition=app.forms.get(receipt.form or "", receipt.version or ""),
        original=str(app.archive.path(receipt.source)),
        queries=tuple(app.store.queries(known.record_id)),
    )
    return record_document(held, identity=identity)


def record_history(app: App, name: str) -> dict[str, Any]:
    """Return every revision of a record with what it changed, and every event of it.

    Raises DecisionRefused.
    """
    known = app.store.known_record(app.study.form, name)
    events = app.history(known.subject if known else name)
    ids = known.record_id if known else ""
    receipts = app.store.receipts_of(ids)
    reasons = {receipt.id: app.store.reasons(receipt.id) for receipt in receipts}
    definition = app.definition
    return {**events, "revisions": revision_documents(receipts, reasons, definition)}


def _known(app: App, name: str) -> KnownRecord:
    known = app.store.known_record(app.study.form, name)
    if known is None:
        raise DecisionRefused(Refusal.UNKNOWN_PATIENT, patient=name)
    return known
