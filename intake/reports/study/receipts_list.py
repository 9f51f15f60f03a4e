"""The coordinator's list of receipts: ``outbox/receipts/index.html``.

It is the coordinator's own: it shows the names of files and who sent them, as they are. What
goes to a centre shows neither.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from intake.model.finding import Severity
from intake.model.receipt import Outcome, Receipt
from intake.model.tally import Newest, ReceiptLine
from intake.reports.pages import page
from intake.reports.receipt.title import receipt_title
from intake.words.catalogue import Words
from intake.words.shown import as_shown

MOST_SHOWN = 500
Load = Callable[[Collection[str]], Iterable[Receipt]]
"""Return some receipts by their numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """One receipt of the list."""

    arrived: str
    receipt: str
    link: str
    file: str
    sender: str
    centre: str
    subject: str
    outcome: Outcome
    status: str
    remarks: int
    review: str
    """The coordinator's page of a file that waits; empty where there is none."""
    depth: int
    """How many containers hold the file."""
    is_folded: bool
    """A newer file of the patient took its place: nothing is to be done about it."""


def receipts_list(newest: Newest, load: Load, language: str) -> str:
    """Return the list as one self-contained page, the latest arrival first."""
    words = Words(language)
    shown = _in_order(newest.lines)[:MOST_SHOWN]
    receipts = {one.id: one for one in load([line.receipt for line, _ in shown])}
    folded = _folded(shown, receipts)
    told = tuple(
        _line(receipts[line.receipt], line, depth, words, folded)
        for line, depth in shown
        if line.receipt in receipts
    )
    return page(
        "index.html",
        words=words,
        lines=tuple(line for line in told if not line.is_folded),
        folded=tuple(line for line in told if line.is_folded),
        shown=len(told),
        total=newest.total,
    )


def _in_order(lines: Iterable[ReceiptLine]) -> list[tuple[ReceiptLine, int]]:
    """Return lines with their depth, the latest first, each container before its files.

    Numbers are given as files arrive; those of a container's files come before its own.
    """
    inside: dict[str | None, list[ReceiptLine]] = {}
    for line in lines:
        inside.setdefault(line.parent, []).append(line)
    pending = [(line, 0) for line in sorted(inside.pop(None, []), key=lambda one: one.receipt)]
    found = []
    while pending:
        line, depth = pending.pop()
        found.append((line, depth))
        members = sorted(inside.get(line.receipt, ()), key=lambda one: one.receipt, reverse=True)
        pending += [(member, depth + 1) for member in members]
    return found


def _folded(
    shown: Sequence[tuple[ReceiptLine, int]], receipts: Mapping[str, Receipt]
) -> frozenset[str]:
    """Return what a newer file replaced, copies of it, and containers of nothing else."""
    folded = {line.receipt for line, _ in shown if line.is_superseded}
    for receipt in sorted(receipts.values(), key=lambda one: one.id):
        if receipt.outcome is Outcome.DUPLICATE and receipt.earlier in folded:
            folded.add(receipt.id)
    for line, _ in reversed(shown):  # the innermost first
        holder = receipts.get(line.receipt)
        members = holder.members if holder else ()
        if members and all(member.receipt in folded for member in members):
            folded.add(line.receipt)
    return frozenset(folded)


def _line(
    receipt: Receipt, line: ReceiptLine, depth: int, words: Words, folded: Collection[str]
) -> ListLine:
    waits = receipt.outcome is Outcome.REVIEW and not receipt.members
    return ListLine(
        arrived=words.date(line.arrived.astimezone().date().isoformat()),
        receipt=receipt.id,
        link=f"{receipt.folder}/receipt.html",
        file=as_shown(receipt.source.name),
        sender=as_shown(receipt.source.sender),
        centre=receipt.centre or "",
        subject=receipt.answers_about or receipt.subject or "",
        outcome=receipt.outcome,
        status=receipt_title(receipt, words),
        remarks=sum(finding.severity is not Severity.NOTE for finding in receipt.findings),
        review=f"../review/{receipt.id}/index.html" if waits else "",
        depth=depth,
        is_folded=receipt.id in folded,
    )
