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

    @property
    def has_one_kind(self) -> bool:
        """Say whether only marks or only texts were read: programs lose one kind whole."""
        open_places = [answer for answer in self.answers if not answer.is_fixed]
        kinds = {answer.is_mark for answer in open_places if answer.text}
        asked = {answer.is_mark for answer in open_places}
        return len(kinds) == 1 and len(asked) > 1


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One cell of a form exported from Word or Excel, known by its visible code."""

    code: str
    lines: tuple[str, ...]
    page: int
    box: Sides
    doubt: str = ""
