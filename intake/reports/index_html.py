"""The coordinator's list of receipts: ``outbox/receipts/index.html``.

Holds numbers, centres, outcomes and file names found safe; nothing that identifies.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from intake.model.finding import Severity
from intake.model.receipt import Outcome, Receipt
from intake.reports.pages import page
from intake.reports.receipt.receipt_view import file_name
from intake.words.catalogue import Words

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One receipt of the list."""

    received: str
    receipt: str
    link: str
    file: str
    centre: str
    subject: str
    outcome: Outcome
    status: str
    remarks: int
    review: str
    """The coordinator's page of a file that waits; empty where there is none."""
    depth: int = 0
    """How many containers hold the file."""


def receipts_index(receipts: Iterable[Receipt], language: str) -> str:
    """Return the list as one self-contained page, the latest file first."""
    words = Words(language)
    found = _in_order(receipts)
    lines = tuple(_line(receipt, depth, words) for receipt, depth in found[:MOST_SHOWN])
    return page("index.html", words=words, lines=lines, total=len(found))


def _in_order(receipts: Iterable[Receipt]) -> list[tuple[Receipt, int]]:
    """Return receipts with their depth, the latest first, each container before its files."""
    inside: dict[str | None, list[Receipt]] = {}
    for receipt in receipts:
        inside.setdefault(receipt.parent, []).append(receipt)
    outside = inside.pop(None, [])
    outside.sort(key=lambda receipt: (receipt.source.received, receipt.id))
    pending = [(receipt, 0) for receipt in outside]
    found = []
    while pending:
        receipt, depth = pending.pop()
        found.append((receipt, depth))
        members = sorted(inside.get(receipt.id, ()), key=lambda r: r.id, reverse=True)
        pending += [(member, depth + 1) for member in members]
    return found


def _line(receipt: Receipt, depth: int, words: Words) -> IndexLine:
    return IndexLine(
        received=words.date(receipt.source.received.date().isoformat()),
        receipt=receipt.id,
        link=f"{receipt.folder}/receipt.html",
        file=file_name(receipt, words),
        centre=receipt.centre or "",
        subject=receipt.subject or "",
        outcome=receipt.outcome,
        status=words.outcome(receipt.outcome),
        remarks=sum(finding.severity is not Severity.NOTE for finding in receipt.findings),
        review=f"../review/{receipt.id}/index.html" if _waits(receipt) else "",
        depth=depth,
    )


def _waits(receipt: Receipt) -> bool:
    return receipt.outcome is Outcome.REVIEW and not receipt.members
