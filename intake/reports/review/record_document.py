"""One record as data, for the coordinator: its answers as held, its revisions and their changes.

Answers that identify a patient or were typed freely are left out unless asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intake.model.definition import FormDefinition
from intake.model.query import Query
from intake.model.receipt import Receipt
from intake.model.record import Entry, KnownRecord
from intake.reports.receipt.receipt_json import change_document, decision_document, receipt_document
from intake.reports.review.document import value_documents


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRecord:
    """A record, the entry of its current revision, and what is asked of it."""

    known: KnownRecord
    entry: Entry
    definition: FormDefinition | None
    original: str
    """Where the file of the current revision is kept."""
    queries: Sequence[Query]


def record_document(held: HeldRecord, *, identity: bool) -> dict[str, Any]:
    """Return a record with its current answers, those in question first."""
    receipt = held.entry.receipt
    told = receipt_document(receipt, held.definition)
    completeness = told["completeness"] or {}
    return {
        "record": held.known.subject,
        "state": "withdrawn" if receipt.is_withdrawn else "current",
        "revision": receipt.revision,
        "receipt": receipt.id,
        "received": receipt.source.received.isoformat(),
        "centre": receipt.centre,
        "form": receipt.form,
        "version": receipt.version,
        "answered": completeness.get("answered"),
        "expected": completeness.get("expected"),
        "original": held.original,
        "findings": told["findings"],
        "values": list(value_documents(held.entry, held.definition, identity=identity)),
        "queries": [
            {"id": query.id, "code": str(query.finding.code), "state": query.state.value}
            for query in held.queries
            if not query.is_closed
        ],
    }


def revision_documents(
    receipts: Iterable[Receipt],
    reasons: Mapping[str, Sequence[str]],
    definition: FormDefinition | None,
) -> list[dict[str, Any]]:
    """Return the files of a record in their order: what each changed, what was decided, why."""
    return [
        {
            "revision": receipt.revision,
            "receipt": receipt.id,
            "received": receipt.source.received.isoformat(),
            "outcome": receipt.outcome.value,
            "format": receipt.format.value if receipt.format else None,
            "changes": [change_document(change, definition) for change in receipt.changes],
            "decisions": [
                {**decision_document(decision), "reason": reason}
                for decision, reason in zip(receipt.decisions, reasons[receipt.id], strict=True)
            ],
        }
        for receipt in receipts
    ]
