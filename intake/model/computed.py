"""What a form computes and checks over several answers: rules, derived values, scores, tables.

Built by ``intake.schema`` with every ``each`` already written out. Expressions are text
here; ``intake.expressions`` compiles and runs them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from intake.model.finding import Severity
from intake.model.local_text import LocalText


class DerivedType(StrEnum):
    """The kind of value that an expression gives."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    STRING = "string"
    INTEGERS = "list of integer"
    STRINGS = "list of string"


class TableType(StrEnum):
    """The kind of data that expressions look up."""

    NUMBER_BY_TEXT = "number by text"
    TEXT_BY_TEXT = "text by text"
    TEXTS_BY_TEXT = "list of text by text"
    NUMBERS = "list of number"
    INTEGERS = "list of integer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One check over the answers of a record, or of one row of a group."""

    id: str
    severity: Severity
    when: str
    """CEL; true means that the rule fires."""
    items: tuple[str, ...]
    """The questions it speaks of, the first one telling where it is shown."""
    message: LocalText
    """May hold ``{name}``: the value in the reader's language."""
    hides: tuple[str, ...] = ()
    """Ids or engine codes that say less about the same answers."""
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """One computed value of a record, or of each row of a group."""

    name: str
    type: DerivedType
    expression: str
    title: LocalText
    unit: LocalText = field(default_factory=dict)
    source: str = ""
    codes: Mapping[str, LocalText] = field(default_factory=dict)
    """The words of each text that it can be; empty where the schema does not say them."""
    relevant: str | None = None
    """CEL; the value is unset unless this is true."""
    internal: bool = False
    """A step of another computation: not in the dataset."""
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """One component of a score."""

    id: str
    title: LocalText
    points: str
    """CEL, a whole number."""
    least: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A sum of points whose parts may be unknown: an interval, and how many are known."""

    name: str
    title: LocalText
    parts: tuple[ScorePart, ...]
    source: str = ""
    internal: bool = False

    def part_name(self, part: ScorePart) -> str:
        """Return the name under which the points of one part are known."""
        return f"{self.name}_{part.id}"

    @property
    def totals(self) -> tuple[str, str, str]:
        """Return the names of the lowest and highest total and of the count of known parts."""
        return f"{self.name}_min", f"{self.name}_max", f"{self.name}_known"


TableRow = float | str | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUpTable:
    """Typed data that expressions look up."""

    name: str
    type: TableType
    by_key: Mapping[str, TableRow] = field(default_factory=dict)
    numbers: tuple[float, ...] = ()
    source: str = ""
