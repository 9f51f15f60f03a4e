"""The journal: what happened, the newest first; never an answer, nor a reason."""

from __future__ import annotations

from collections.abc import Mapping

from intake.model.tally import LoggedEvent, Narrowed, Part
from intake.wiring.app import App
from intake.wiring.shown.listing import Listing, part_of

KINDS: Mapping[str, tuple[str, ...]] = {
    "files": ("receipt", "rechecked", "forgotten"),
    "decisions": ("decision",),
    "queries": ("query", "queries_moved"),
    "letters": ("mail_drafted", "mail_sending", "mail", "mail_dropped", "mail_fetched"),
    "data": ("export", "freeze"),
}
"""The events that a person asks for together."""


def journal(app: App, *, page: int, kind: str = "") -> Listing[LoggedEvent]:
    """Return one page of the journal."""
    counts = app.store.counts
    found = counts.event_part(Narrowed(events=KINDS.get(kind, ())), part_of(page))
    total = counts.event_part(Narrowed(), Part(0, 1)).count
    return Listing(lines=found.lines, count=found.count, total=total, page=max(1, page))
