"""The files that wait, in parts, and which stands before and after one: no other is opened."""

from __future__ import annotations

from dataclasses import dataclass

from intake.findings.wording import finding_words
from intake.model.finding_codes import awaits_decision
from intake.model.receipt import Receipt
from intake.pipeline.returns.deliver import definition_of
from intake.wiring.app import App
from intake.words.catalogue import Words

PART = 25
"""Files of one part of the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFile:
    """One file of the list; nothing identifying."""

    receipt: str
    received: str
    """The day, in words."""
    centre: str
    form: str
    titles: tuple[str, ...]
    """What is to be decided."""
    about: tuple[str, ...]
    """The patients in doubt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkList:
    """One part of the list, the oldest first."""

    files: tuple[WaitingFile, ...]
    left: int
    done: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Where one file stands in the list; empty where there is no other."""

    previous: str
    next: str
    number: int
    """From 1; 0 for a file that waits no more."""
    left: int
    done: int


def work_list(app: App, words: Words, page: int = 1) -> WorkList:
    """Return one part of the files that wait, from 1; the last part for any beyond it."""
    numbers = app.store.counts.waiting()
    pages = max(1, -(-len(numbers) // PART))
    page = min(max(page, 1), pages)
    wanted = numbers[(page - 1) * PART : page * PART]
    found = (stored.receipt for stored in app.store.receipts(wanted))
    return WorkList(
        files=tuple(_file(app, receipt, words) for receipt in found),
        left=len(numbers),
        done=app.store.counts.decided(),
        page=page,
        pages=pages,
    )


def around(app: App, receipt_id: str) -> Around:
    """Return what stands before and after a file, whether it still waits or not."""
    numbers = app.store.counts.waiting()
    before = [number for number in numbers if number < receipt_id]
    after = [number for number in numbers if number > receipt_id]
    return Around(
        previous=before[-1] if before else "",
        next=after[0] if after else "",
        number=len(before) + 1 if receipt_id in numbers else 0,
        left=len(numbers),
        done=app.store.counts.decided(),
    )


def following(app: App, receipt_id: str) -> str:
    """Return the file to go on with after one: the next, else the first; empty for none left."""
    numbers = [number for number in app.store.counts.waiting() if number != receipt_id]
    return next((number for number in numbers if number > receipt_id), "".join(numbers[:1]))


def _file(app: App, receipt: Receipt, words: Words) -> WaitingFile:
    definition = definition_of(app.printed_forms, receipt)
    found = [finding for finding in receipt.findings if awaits_decision(finding.code)]
    titles = dict.fromkeys(finding_words(words, one, definition).title for one in found)
    about = dict.fromkeys(one.context.get("subject", "") for one in found)
    return WaitingFile(
        receipt=receipt.id,
        received=words.date(receipt.source.received.date().isoformat()),
        centre=receipt.centre or "",
        form=" ".join(filter(None, ((receipt.form or "").upper(), receipt.version))),
        titles=tuple(titles),
        about=tuple(filter(None, about)),
    )
