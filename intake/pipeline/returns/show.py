"""Show the coordinator what waits: one page a file, with pictures of what was sent on paper.

Drawn from the archived original behind the executor's limits. A page without pictures is
better than none: what cannot be drawn stops nothing.
"""

from __future__ import annotations

from intake.model.definition import FormDefinition
from intake.model.errors import StoreUnavailable, UnreadableFile
from intake.model.file.picture import PagePicture
from intake.model.finding_codes import FindingCode
from intake.model.receipt import Outcome, Receipt
from intake.model.record import Entry
from intake.pipeline.desk import Desk, FileReading
from intake.pipeline.returns.attempt import attempt
from intake.ports import Archive

_SEEN_WHOLE = frozenset({FindingCode.FILE_SCANNED, FindingCode.FILE_NO_FIELDS})
"""Files of which nothing, or not all, was read: every page is shown."""


def show_or_withdraw(desk: Desk, receipt: Receipt, definition: FormDefinition | None) -> None:
    """Write the page of a file in review anew, or take it away. Raises OSError."""
    if receipt.outcome is not Outcome.REVIEW or receipt.members:
        desk.keeping.review.withdraw(receipt)
        return
    entry = desk.keeping.store.entry(receipt.id)
    desk.keeping.review.show(
        entry, definition, _pictures(desk.reading, desk.keeping.archive, entry)
    )


def _pictures(reading: FileReading, archive: Archive, entry: Entry) -> tuple[PagePicture, ...]:
    """Return the pages that a person must see; none when they cannot be drawn."""
    codes = {finding.code for finding in entry.receipt.findings}
    pages = _pages_to_see(entry)
    if not pages and not codes & _SEEN_WHOLE:
        return ()
    wanted = frozenset[int]() if codes & _SEEN_WHOLE else pages
    source = entry.receipt.source

    try:
        content = archive.content(source.sha256)
    except StoreUnavailable:  # gone or changed: `audit` says so, and other files go on
        return ()
    pictures = attempt(lambda: reading.executor.submit(reading.draw, content, wanted).result())
    return () if isinstance(pictures, UnreadableFile) else pictures


def _pages_to_see(entry: Entry) -> frozenset[int]:
    """Return the pages with printed answers, and those that are pictures themselves."""
    values = entry.submission.values if entry.submission else ()
    places = (value.location for value in values if value.location.box is not None)
    printed = {place.page for place in places if place.page is not None}
    scanned = (f for f in entry.receipt.findings if f.code == FindingCode.PAGES_SCANNED)
    listed = {int(page) for f in scanned for page in f.context.get("pages", "").split(", ")}
    return frozenset(printed | listed)
