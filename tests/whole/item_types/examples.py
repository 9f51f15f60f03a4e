"""For each item type: how it is asked, a value, how people write it, what must not pass.

A type without an example here fails the tests of this folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.model.definition import DataType
from intake.privacy.profiles import Disclosure
from tests.kit.small_document import an_item, small_document

NAMED_PERSON = "Mme Durand, 06 12 34 56 78"
"""What must never be taken for an answer, nor be repeated."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """One item type, in a form of which it is a question."""

    keywords: Mapping[str, Any]
    """How the schema asks it."""
    value: Any
    """A value as a record holds it."""
    other: Any
    """Another value."""
    writings: tuple[str, ...]
    """Texts that say the value; the first one may be quoted."""
    impossible: Any
    """What stock validators refuse in its place."""
    shown: Disclosure
    """How an analysis shows it."""
    column: str
    """Its type in the data package."""
    column_format: str = ""
    """How the data package says that its texts are written, where the type does not."""
    beside: str
    """What a French form prints beside the place, so that people know how to answer."""
    holds: str
    """A condition that is true of the value, and not of the other one."""


def _option(code: str, fr: str, en: str) -> dict[str, Any]:
    return {"const": code, "title": fr, "x-i18n": {"en": {"title": en}}}


_OPTIONS = [_option("low", "Bas", "Low"), _option("top", "Haut", "Top")]

EXAMPLES: Mapping[DataType, Example] = {
    DataType.TEXT: Example(
        keywords={"type": "string", "minLength": 1, "maxLength": 60},
        value="RAS",
        other="Bruit",
        writings=("RAS",),
        impossible="x" * 61,
        shown=Disclosure.WITHHELD,
        column="string",
        beside="",
        holds='asked == "RAS"',
    ),
    DataType.INTEGER: Example(
        keywords={"type": "integer", "minimum": 0, "maximum": 90, "x-unit": "kg"},
        value=12,
        other=13,
        writings=("12", "12 kg", "12,0"),
        impossible=12.5,
        shown=Disclosure.OPEN,
        column="integer",
        beside="kg",
        holds="asked < 13",
    ),
    DataType.DECIMAL: Example(
        keywords={"type": "number", "minimum": 0, "maximum": 90, "x-unit": "kg"},
        value=12.5,
        other=13.5,
        writings=("12,5", "12.5 kg"),
        impossible="12.5",
        shown=Disclosure.OPEN,
        column="number",
        beside="kg",
        holds="asked < 13.0",
    ),
    DataType.DATE: Example(
        keywords={"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        value="2019-03-14",
        other="2019-03-15",
        writings=("14/03/2019", "14 mars 2019"),
        impossible="2019-02-30",
        shown=Disclosure.DAYS,
        column="date",
        beside="JJ/MM/AAAA",
        holds='before(asked, date("2019-03-15"))',
    ),
    DataType.PARTIAL_DATE: Example(
        keywords={
            "type": "string",
            "format": "partial-date",
            "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$",
        },
        value="2019-03",
        other="2019-05",
        writings=("03/2019", "mars 2019"),
        impossible="2019-13",
        shown=Disclosure.DAYS,
        column="string",
        beside="MM/AAAA",
        holds='before(asked, date("2019-04-15"))',
    ),
    DataType.TIME: Example(
        keywords={
            "type": "string",
            "format": "local-time",
            "pattern": r"^([01]\d|2[0-3]):[0-5]\d$",
        },
        value="08:05",
        other="20:05",
        writings=("8:05", "08:05", "8h05", "08 h 05", "08:05:00"),
        impossible="24:00",
        shown=Disclosure.OPEN,
        column="time",
        column_format="%H:%M",
        beside="HH:MM",
        holds='asked < "12:00"',
    ),
    DataType.SINGLE_CHOICE: Example(
        keywords={"type": "string", "oneOf": _OPTIONS},
        value="low",
        other="top",
        writings=("low", "Bas"),
        impossible="middle",
        shown=Disclosure.OPEN,
        column="string",
        beside="Bas",
        holds='asked == "low"',
    ),
    DataType.MULTIPLE_CHOICE: Example(
        keywords={
            "type": "array",
            "items": {"type": "string", "oneOf": _OPTIONS},
            "uniqueItems": True,
            "minItems": 1,
        },
        value=["low"],
        other=["low", "top"],
        writings=("low",),
        impossible=["low", "low"],
        shown=Disclosure.OPEN,
        column="string",
        beside="Bas",
        holds='!("top" in asked)',
    ),
}


def document(data_type: DataType) -> dict[str, Any]:
    """Return a form that asks one question of a type, ``asked``, beside what every form has."""
    beside = {"_missing": _BESIDE, "_bound": _BESIDE}
    region = an_item("A01", type="string", minLength=3, maxLength=3, pattern="^[A-Z]{3}$")
    visit = an_item("A02", type="string", format="date", pattern=r"^\d{4}-\d{2}-\d{2}$")
    rule = {"when": EXAMPLES[data_type].holds, "id": "R1", "severity": "note", "items": ["asked"]}
    return small_document(
        properties={
            "region": {**region, "x-identifying": True},
            "visit": visit,
            "asked": an_item("B01", "two", **EXAMPLES[data_type].keywords),
            **beside,
        },
        **{"x-rules": [{**rule, "message": {"fr": "Vu.", "en": "Seen."}}]},
    )


_BESIDE = {"type": "object", "additionalProperties": {"type": "string"}}
