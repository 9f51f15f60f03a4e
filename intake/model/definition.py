"""What a form version asks: sections, items, codelists, limits.

Names follow CDISC ODM (item, item group, codelist). A definition is built by
``intake.schema.compile.definition`` from one JSON schema and never changes afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, assert_never

from intake.model import local_text
from intake.model.computed import Derived, LookUpTable, Rule, Score
from intake.model.stamp import SheetStamp

LocalText = local_text.LocalText
"""Words by language code; here too, because most readers of a definition need it."""


class DataType(StrEnum):
    """The kind of value an item holds."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    PARTIAL_DATE = "partial_date"
    TIME = "time"
    """A time of day, 24 hours: ``08:05``."""
    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"


class Family(StrEnum):
    """What the answers of like data types are: where most code has to choose."""

    WORDS = "words"
    NUMBER = "number"
    DAY = "day"
    TIME = "time"
    LISTED = "listed"
    """One code of a list."""
    TICKED = "ticked"
    """Any codes of a list, each with a place of its own."""


class MissingReason(StrEnum):
    """Why a value is absent, as stored in ``_missing``."""

    NOTDONE = "NOTDONE"
    NAV = "NAV"
    UNK = "UNK"
    NA = "NA"
    NI = "NI"
    ERR = "ERR"


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a codelist."""

    code: str
    title: LocalText
    reason: MissingReason | None = None
    """The code says that the answer is missing (``x-reason``)."""
    exclusive: bool = False
    """May not stand with another option of a multiple choice (``x-exclusive``)."""


@dataclass(frozen=True, slots=True)
class NumberLimits:
    """Inclusive numeric limits; None means no limit on that side."""

    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DateLimits:
    """Inclusive date limits as ISO dates, or ``today`` (the day of reception)."""

    earliest: str | None = None
    latest: str | None = None


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Inclusive limits of a time of day (``08:05``); None means no limit on that side."""

    earliest: str | None = None
    latest: str | None = None


@dataclass(frozen=True, slots=True)
class AcceptedUnit:
    """A unit a person may write after the number; value = (written + offset) * factor."""

    symbol: str
    factor: str
    """Decimal or fraction text, e.g. ``0.001`` or ``5/9``; empty when nothing converts."""
    offset: str = "0"
    exact: bool = True
    note: LocalText = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RangeMessage:
    """A named message in place of the generic ones on hard limits (``x-range-message``)."""

    id: str
    text: LocalText
    side: str = "outside"
    """``above`` the highest, ``below`` the lowest or ``outside`` either hard limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formerly:
    """What a question or a group was up to an older version (``x-formerly``)."""

    version: str
    """The newest version in which it was so; older ones are the same, down to the next entry."""
    name: str | None = None
    """None when the name was the same."""
    code: str | None = None
    """The visible code; None when it was the same."""
    codes: Mapping[str, str] = field(default_factory=dict)
    """Each code of the codelist by its older one; those not named were the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question: its identity, its words and what a valid answer is."""

    name: str
    code: str
    """Visible code printed beside the question, e.g. ``Q10``."""
    data_type: DataType
    section: str
    group: str | None = None
    label: LocalText
    hint: LocalText = field(default_factory=dict)
    unit: LocalText = field(default_factory=dict)
    unit_item: str | None = None
    """The item whose answer is the unit of this number, when the unit is asked."""
    accepted_units: tuple[AcceptedUnit, ...] = ()
    options: tuple[Option, ...] = ()
    limits: NumberLimits = NumberLimits()
    soft: NumberLimits = NumberLimits()
    dates: DateLimits = DateLimits()
    soft_dates: DateLimits = DateLimits()
    times: TimeLimits = TimeLimits()
    soft_times: TimeLimits = TimeLimits()
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    required: str | None = None
    """CEL, ``true`` for always, None for never."""
    relevant: str | None = None
    """CEL, None for always. Inside a group, the group's own condition is part of it."""
    condition: str | None = None
    """The item's own condition as written, without its group's: what a form prints."""
    missing: tuple[MissingReason, ...] = ()
    """Reasons a person may write in the answer's place."""
    identifying: bool = False
    constant: bool = False
    """The answer never changes in a patient's life: another one may be another patient's."""
    prefill: str | None = None
    """The column of the centres' file that a centre's form brings as the answer."""
    day_wanted: bool = False
    """A partial date is accepted but the exact day is asked once more."""
    not_before: tuple[str, ...] = ()
    """Dates that the day assumed for a partial date does not precede (``x-complete``)."""
    not_after: tuple[str, ...] = ()
    """Dates that the day assumed for a partial date does not follow (``x-complete``)."""
    range_message: RangeMessage | None = None
    beside: str | None = None
    """The question on whose line its answer is set, where a format has room for both."""
    formerly: tuple[Formerly, ...] = ()

    @property
    def family(self) -> Family:
        """Return what the answer is, whatever its exact type."""
        match self.data_type:
            case DataType.TEXT:
                return Family.WORDS
            case DataType.INTEGER | DataType.DECIMAL:
                return Family.NUMBER
            case DataType.DATE | DataType.PARTIAL_DATE:
                return Family.DAY
            case DataType.TIME:
                return Family.TIME
            case DataType.SINGLE_CHOICE:
                return Family.LISTED
            case DataType.MULTIPLE_CHOICE:
                return Family.TICKED
            case unknown:
                assert_never(unknown)

    @property
    def is_choice(self) -> bool:
        """Say whether the answer is picked from a codelist."""
        return self.is_listed or self.is_ticked

    @property
    def is_listed(self) -> bool:
        """Say whether the answer is one code of a list."""
        return self.family is Family.LISTED

    @property
    def is_ticked(self) -> bool:
        """Say whether each option has a place of its own, to be ticked."""
        return self.family is Family.TICKED

    @property
    def is_number(self) -> bool:
        """Say whether the answer is a number."""
        return self.family is Family.NUMBER

    @property
    def is_whole(self) -> bool:
        """Say whether the answer is a whole number."""
        return self.data_type is DataType.INTEGER

    @property
    def is_date(self) -> bool:
        """Say whether the answer is a full or partial date."""
        return self.family is Family.DAY

    @property
    def is_time(self) -> bool:
        """Say whether the answer is a time of day."""
        return self.family is Family.TIME

    @property
    def is_yes_no(self) -> bool:
        """Say whether the codelist is yes (1), no (0) and only missing reasons beside."""
        if not self.is_listed:
            return False
        return {option.code for option in self.options if option.reason is None} == {"1", "0"}

    @property
    def is_free_text(self) -> bool:
        """Say whether a person may type any words; never quoted outside the record."""
        return self.family is Family.WORDS

    @property
    def takes_any_words(self) -> bool:
        """Say whether every text is an answer: free text of no set pattern."""
        return self.is_free_text and self.pattern is None

    def option(self, code: str) -> Option | None:
        """Return the option with this code, or None."""
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True, slots=True)
class FurtherRows:
    """Rows beyond the printed ones, that a record holds where its form says that there are more."""

    item: str
    code: str
    """The answer of the item that says so."""
    most: int
    """How many rows a record holds in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemGroup:
    """A repeating group: the same items asked in several printed rows."""

    name: str
    section: str
    title: LocalText
    items: tuple[Item, ...]
    rows: int
    """Rows that are printed."""
    first: int = 1
    """The number of the first of them: a query sheet goes on where its form ends."""
    fixed_item: str | None = None
    """The item whose value is printed, one per row."""
    fixed_values: tuple[str, ...] = ()
    further: FurtherRows | None = None
    relevant: str | None = None
    """CEL over the form's items, None for always; already part of each item's."""
    formerly: tuple[Formerly, ...] = ()

    @property
    def printed(self) -> range:
        """Return the numbers of the rows that are printed."""
        return range(self.first, self.first + self.rows)

    @property
    def held(self) -> range:
        """Return the numbers of the rows that may hold answers, printed or not."""
        return range(self.first, self.further.most + 1) if self.further else self.printed


@dataclass(frozen=True, slots=True)
class Section:
    """A lettered part of the form."""

    name: str
    letter: str
    title: LocalText


@dataclass(frozen=True, slots=True)
class Objection:
    """The answer by which a patient's objection is recorded."""

    item: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Which items make the patient, which one names the centre, which dates the form."""

    items: tuple[str, ...]
    centre: str
    filling_date: str | None = None


@dataclass(frozen=True, kw_only=True)
class FormDefinition:
    """One published form version, in form order. Immutable; picklable."""

    id: str
    version: str
    fingerprint: str
    """Eight upper-case hexadecimal digits of the canonical schema."""
    languages: tuple[str, ...]
    """The default language first."""
    title: LocalText
    day_zero: str
    sections: tuple[Section, ...]
    elements: tuple[Item | ItemGroup, ...]
    """Single items and groups in form order; a group's items are inside it."""
    identity: Identity
    eligibility: tuple[str, ...] = ()
    objection: Objection | None = None
    rules: tuple[Rule, ...] = ()
    derived: tuple[Derived, ...] = ()
    scores: tuple[Score, ...] = ()
    tables: tuple[LookUpTable, ...] = ()
    sheet: SheetStamp | None = None
    """Whose query sheet it is, where it is no form of its own."""
    retired: tuple[str, ...] = ()
    """Questions (``name``) and codes (``name=code``) of older versions that are asked no more."""
    document: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """The JSON schema itself."""

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Return every item by name, those of groups included, in form order."""
        return {item.name: item for item in self._walk()}

    @cached_property
    def single_items(self) -> tuple[Item, ...]:
        """Return the items outside groups, in form order."""
        return tuple(element for element in self.elements if isinstance(element, Item))

    @cached_property
    def groups(self) -> Mapping[str, ItemGroup]:
        """Return the repeating groups by name, in form order."""
        return {e.name: e for e in self.elements if isinstance(e, ItemGroup)}

    @cached_property
    def prefilled(self) -> Mapping[str, str]:
        """Return the column of the centres' file by the item that a centre's form fills."""
        own = {item.name: item.prefill for item in self.single_items if item.prefill}
        return {self.identity.centre: "letters", **own}

    @cached_property
    def never_held_back(self) -> frozenset[str]:
        """Return identifying, identity and eligibility items: never replaced by ERR."""
        named = {name for name, item in self.items.items() if item.identifying}
        return frozenset(named | set(self.identity.items) | set(self.eligibility))

    def section(self, name: str) -> Section:
        """Return a section by name. Raises KeyError."""
        return next(s for s in self.sections if s.name == name)

    def _walk(self) -> Iterator[Item]:
        for element in self.elements:
            if isinstance(element, Item):
                yield element
            else:
                yield from element.items


def version_order(version: str) -> tuple[int, ...]:
    """Return a key that puts 1.10.0 after 1.9.0. Raises ValueError for another shape."""
    return tuple(int(part) for part in version.split("."))
