"""What the walk gathers: text of controls, bookmarks, old form fields and table rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from intake.formats.office.lettering import UNKNOWN_SIGN
from intake.formats.word.read.loose import Loose
from intake.formats.word.read.marks import Marks
from intake.model.errors import over_limit
from intake.words.spelling import normal_text

UNMARKED = Marks()
STRUCK, EQUATION, SIGN = "struck", "equation", "sign"
_STRUCK_OUT = "\0"
"""Where struck words stood; no document holds this letter."""
MAX_TEXT = 100_000
"""Characters of one place; more is an attack or an accident, and stops the reading."""
MAX_FOUND = 20_000
MAX_OPEN = 60
"""Places open at once; each adds its share of work to every letter."""


@dataclass(slots=True)
class Span:
    """Text in the order of the document, and how it was marked."""

    pieces: list[str] = field(default_factory=list)
    size: int = 0
    hidden: bool = False
    revised: bool = False
    """Part of it lies in tracked changes: insertions are taken, deletions dropped."""
    doubtful: bool = False
    """The page shows it otherwise than it is stored: numbered, or of another moment."""
    oddities: set[str] = field(default_factory=set)
    """What is to be asked about: ``struck``, ``equation``, ``sign``."""
    is_merged: bool = False
    """Of a cell: merged with the one above or below."""
    coloured: list[str] = field(default_factory=list)
    """What is in a colour of its own."""
    stressed: list[str] = field(default_factory=list)
    """What is highlighted, underlined or bold."""

    def add(self, text: str, marks: Marks = UNMARKED) -> None:
        """Add text; what is struck leaves a sign alone. Raises FILE_LIMIT beyond the limit."""
        if marks is not UNMARKED and text.strip():
            if marks.struck:
                self.oddities.add(STRUCK)
                self.pieces.append(_STRUCK_OUT)
                return
            self.hidden = self.hidden or marks.hidden
            self.revised = self.revised or marks.revised
            self.stressed += [text] * marks.stressed
            self.coloured += [text] * marks.coloured
        if UNKNOWN_SIGN in text:
            self.oddities.add(SIGN)
        self.pieces.append(text)
        self.size += len(text)
        if self.size > MAX_TEXT:
            raise over_limit("text")

    @property
    def text(self) -> str:
        """Return the text in one spelling, without the end of its last paragraph."""
        return normal_text("".join(self.pieces).replace(_STRUCK_OUT, "")).rstrip("\n")

    @property
    def printed(self) -> str:
        """Return the text as beside a blank form: a printed word that is struck is not there."""
        return normal_text("".join(self.pieces).replace(_STRUCK_OUT, UNKNOWN_SIGN)).rstrip("\n")


@dataclass(slots=True)
class Control:
    """One content control: its names, what it shows, whether its box is ticked."""

    tag: str
    alias: str
    span: Span
    ticked: bool | None = None
    """State of a checkbox; None for other controls."""
    is_flagged: bool = False
    """The control says that it shows a placeholder: a claim, often stale."""
    entries: Mapping[str, str] = field(default_factory=dict)
    """The values of a list by the labels that it shows; empty for other controls."""


@dataclass(slots=True)
class Bookmark:
    """The text between two marks, whatever stands between them."""

    name: str
    span: Span


@dataclass(slots=True)
class OldField:
    """One form field of older programs: its name and what it holds."""

    name: str
    span: Span
    ticked: bool | None = None


@dataclass(slots=True)
class Row:
    """One line of a table whose first cell holds a visible code: its last cell."""

    code: str
    span: Span


@dataclass(slots=True)
class Walked:
    """All that the body of a document says."""

    controls: list[Control] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    old_fields: list[OldField] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    """What stands elsewhere: title band, questions, words added."""
    whole: Span = field(default_factory=Span)
    laid_over: int = 0
    """Text boxes, pictures, notes: what they say is read by nobody here."""
    laid_on: str = ""
    """The code of the line that the first of them lies in or comes after."""
    dropped_rows: int = 0
    """Table rows deleted in tracked changes."""

    @property
    def last_code(self) -> str:
        """Return the code of the last line met, empty before the first."""
        return self.rows[-1].code if self.rows else ""

    def count(self) -> int:
        """Return how many places were met."""
        return len(self.controls) + len(self.bookmarks) + len(self.old_fields) + len(self.rows)
