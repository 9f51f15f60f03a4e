"""What was noticed about one file, as data: code, severity, place, context.

Words live in ``intake.words`` (engine codes) or in the schema (rule messages, carried in
``message``). A finding never carries an identifying or free-text answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from intake.model.local_text import LocalText

ANSWER = "answer."
"""What begins the name of an answer that a rule compared, in a finding's context."""


class Severity(StrEnum):
    """How much a finding asks for: nothing, a confirmation, a correction."""

    NOTE = "note"
    QUERY = "query"
    ERROR = "error"


class Settled(StrEnum):
    """Why a question is not asked again while its answers stay what they are (a closed list)."""

    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Location:
    """Where something stands in a file; each part is given where it exists."""

    page: int | None = None
    code: str | None = None
    """Visible code, e.g. ``A01.2``."""
    sheet: str | None = None
    cell: str | None = None
    box: tuple[float, float, float, float] | None = None
    """Left, bottom, right and top on the page, in points from its lower left corner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark about one file, one item or several items."""

    code: str
    """A ``FindingCode`` value, or the id of a rule of the schema."""
    severity: Severity
    item: str | None = None
    row: int | None = None
    location: Location | None = None
    items: tuple[str, ...] = ()
    """All the items concerned, when there are several."""
    context: Mapping[str, str] = field(default_factory=dict)
    """Texts for the message's placeholders; ``entered`` is the answer as written."""
    message: LocalText | None = None
    """The words, when they come from the schema instead of the catalogue."""
    settled: Settled | None = None
    """Why it asks nothing, where its question ended before for the same answers."""

    @property
    def all_items(self) -> tuple[str, ...]:
        """Return every item the finding names, its own first."""
        own = () if self.item is None else (self.item,)
        return tuple(dict.fromkeys((*own, *self.items)))
