"""What was read from one returned file, before and after it is understood.

``Inspection``: what a format sees, with no knowledge of any form. ``RawSubmission``: the
answers of a known form, still text. ``Submission``: typed values with their provenance.
Nothing here belongs to one format.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, assert_never

from intake.model.address import SEPARATOR
from intake.model.definition import MissingReason
from intake.model.file.dates import Written
from intake.model.finding import Finding, Location
from intake.model.stamp import FormStamp


class FileFormat(StrEnum):
    """The formats a form is written in and read from, and the one it is photographed in."""

    PDF = "pdf"
    WORD = "word"
    EXCEL = "excel"
    IMAGE = "image"
    """A photo or a scan: recognised, never written, never read."""


class Rung(StrEnum):
    """How a value was found: the ladder's rungs, the surest first.

    Every output calls it ``reading``: how the value was read.
    """

    FIELD = "field"
    CONTROL = "control"
    BOOKMARK = "bookmark"
    CODE_ROW = "code row"
    PRINTED_TEXT = "printed text"
    SCAN = "scan"
    PERSON = "person"


class FieldKind(StrEnum):
    """What kind of place a format saw."""

    TEXT = "text"
    CHOICE = "choice"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class FoundField:
    """One place of a file and what stands in it, before any form is known."""

    address: str
    text: str
    """Text, export code of the choice, or ``1`` / empty for a tick."""
    kind: FieldKind
    rung: Rung
    location: Location = Location()
    read_only: bool = False
    date: str = ""
    """What a bare number would be as an ISO date; the question decides."""
    time: str = ""
    """What a number shown as a time would be as a time of day; the question decides."""
    findings: tuple[Finding, ...] = ()
    """What was noticed about this place alone."""
    export: str = ""
    """The file's own name for the entry that ``text`` shows, where a format keeps both."""


@dataclass(frozen=True, slots=True)
class StampClaim:
    """A stamp and where it was read: ``field``, ``footer``, ``metadata``..."""

    carrier: str
    stamp: FormStamp


@dataclass(frozen=True, slots=True)
class BesideAnswers:
    """Texts of one sheet, or of a whole document, in no place to answer in.

    One text as its own format packs it: a form's 1,600 printed cells cost little so.
    """

    text: str = field(repr=False)
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """All that a file says, read behind guard and limits."""

    format: FileFormat
    claims: tuple[StampClaim, ...] = ()
    fields: tuple[FoundField, ...] = ()
    findings: tuple[Finding, ...] = ()
    beside: tuple[BesideAnswers, ...] = ()
    """What stands in no place to answer in; which of it the form prints is not known yet."""
    pages: int = 0
    program: str = ""
    """Family of the program that saved the file; for statistics only."""
    saves: int = 1
    """How often the file was written, when the format appends each save; for statistics."""
    written: Written | None = None
    """When the file itself says that it was last saved."""
    drawn: tuple[str, ...] = ()
    """Digests of what each page draws, then of all boxes, where a format tells them: equal to
    those of a blank form, nothing was added there."""
    holds_files: bool = False
    """Other files lie in this one, which its unpacker may take out."""


ItemKey = tuple[str, int | None]
"""An item's name and its printed row, None outside groups: one question."""


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """The text found in one place of a known form, by one rung."""

    address: str
    text: str
    rung: Rung
    location: Location
    is_code: bool = False
    """The text is the code of a choice that was understood before, and no word of anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSubmission:
    """The answers of one form as text, by address; unanswered places are absent."""

    format: FileFormat | None
    """None where no file brought them: a person gave them."""
    answers: tuple[RawAnswer, ...]
    findings: tuple[Finding, ...] = ()
    places: Mapping[str, Location] = field(default_factory=dict)
    """Where each place of the form stands in the file, answered or not, by address."""
    held_back: frozenset[ItemKey] = frozenset()
    """Questions whose answer was not understood before, and is not now, whatever its text."""


class ValueStatus(StrEnum):
    """What the checks say of one value."""

    ACCEPTED = "accepted"
    QUERIED = "queried"
    HELD_BACK = "held_back"


Scalar = str | int | Decimal
ItemData = Scalar | tuple[str, ...]
"""A stored value; a multiple choice is a tuple of codes in codelist order."""
JsonData = str | int | float | list[str]
"""The same as a record carries it, JSON having neither decimals nor tuples."""


def value_text(value: ItemData) -> str:
    """Return a value as one text: a decimal point, every digit, codes joined by ``;``.

    The same text in the dataset, in the store's tables, in a change and in the digest of the
    answers: parsing leaves no trailing zero that could make one number two texts.
    """
    match value:
        case tuple():
            return ";".join(value)
        case Decimal():
            return f"{value:f}"
        case str() | int():
            return str(value)
        case _:
            assert_never(value)


def json_of_value(value: ItemData) -> JsonData:
    """Return a value as a record carries it."""
    if isinstance(value, tuple):
        return list(value)
    return float(value) if isinstance(value, Decimal) else value


def value_of_json(data: JsonData) -> ItemData:
    """Return a value of a record as the model keeps it."""
    if isinstance(data, list):
        return tuple(data)
    return Decimal(repr(data)) if isinstance(data, float) else data


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One answer, understood: exactly one of value, missing and bound is set."""

    item: str
    group: str | None = None
    row: int | None = None
    value: ItemData | None = None
    missing: MissingReason | None = None
    bound: str | None = None
    """A reported bound in the item's unit, e.g. ``>40000``."""
    raw: str = ""
    rung: Rung = Rung.FIELD
    location: Location = Location()
    status: ValueStatus = ValueStatus.ACCEPTED
    replaced: str | None = None
    """What the file says, when a person gave another answer (rung ``person``)."""
    origin: str | None = None
    """SHA-256 of the file it was read in, when that is an earlier form of the patient."""
    version: str | None = None
    """The version of that form, when it is another than its record's."""

    @property
    def key(self) -> ItemKey:
        """Return the question that it answers."""
        return (self.item, self.row)

    @property
    def address(self) -> str:
        """Return the address of that question."""
        place = [] if self.group is None else [self.group, str(self.row)]
        return SEPARATOR.join((*place, self.item))


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """The typed answers of one file and the record made of them.

    ``record`` is an instance of the form's JSON schema: items flat, groups as arrays of
    rows with ``_row``, ``_missing`` and ``_bound`` beside. Numbers are int or float.
    """

    form: str
    version: str
    language: str
    values: tuple[Value, ...]
    findings: tuple[Finding, ...]
    record: Mapping[str, Any] = field(default_factory=dict)
    derived: Mapping[str, Any] = field(default_factory=dict)
    """Computed values in the shape of a record: name to value, groups as arrays of rows
    with ``_row``. What could not be computed is absent."""
    answered: int = 0
    """Relevant items that hold a value, a bound or an accepted reason."""
    expected: int = 0
    """Required items of this record, given its answers."""
    expected_answered: int = 0
    rechecked: str | None = None
    """The version of the form whose rules spoke last, where they were applied to held answers:
    the findings are then all that is said, of the file too, under that version's names."""
