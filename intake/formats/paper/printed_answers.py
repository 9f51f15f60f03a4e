"""What was read on the pages of a printed form: answers with their doubts, pages with theirs.

Plain data, so that the process that holds the store loads no PDF library for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.model.submission import FieldKind

Sides = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the lower left corner of the page."""


@dataclass(frozen=True, slots=True)
class PrintedAnswer:
    """What stands in one place, and why it may be wrong."""

    address: str
    kind: FieldKind
    text: str
    page: int
    """Of the returned file, from 1."""
    box: Sides
    doubt: str = ""
    """Empty when nothing speaks against the reading; else for a person, never an answer."""
    is_mark: bool = False
    is_fixed: bool = False
    """Printed by the form itself."""


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """What the pages of a printed form say."""

    answers: tuple[PrintedAnswer, ...] = ()
    missing: tuple[int, ...] = ()
    """Pages of the form that are not there, or cannot be laid on the blank."""
    cut: tuple[int, ...] = ()
    """Pages of the form that were not drawn to their end."""
    repeated: int = 0
    """Pages that are there more than once."""
    stray: int = 0
    """Lines of words added outside every box: read by nobody."""
    unshown: int = 0
    """Words of the blank that the pages do not show: they are misread, or it is another blank."""

    @property
    def unlike(self) -> tuple[int, int]:
        """Return how unlike the pages are to their blank: pages first, then lines and words."""
        return len(self.missing), self.stray + self.unshown

    @property
    def lacks_a_kind(self) -> bool:
        """Say whether no text, or no mark of a single choice, was read: programs lose one whole.

        Poppler draws none of the round marks of a form that pypdf filled.
        """
        places = [answer for answer in self.answers if not answer.is_fixed]
        asked = {(answer.is_mark, answer.kind) for answer in places}
        read = {(answer.is_mark, answer.kind) for answer in places if answer.text}
        texts = {kind for kind in asked if not kind[0]}
        rounds = {(True, FieldKind.CHOICE)} & asked
        return bool(read) and any(kinds and not kinds & read for kinds in (texts, rounds))


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One cell of a form exported from Word or Excel, known by its visible code."""

    code: str
    lines: tuple[str, ...]
    page: int
    box: Sides
    doubt: str = ""
