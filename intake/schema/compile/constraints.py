"""What a valid answer is: data type, hard and soft limits, accepted units.

Each function reads the keywords of one resolved item schema.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from intake.model.definition import (
    AcceptedUnit,
    DataType,
    DateLimits,
    NumberLimits,
    RangeMessage,
    TimeLimits,
)
from intake.model.time_of_day import is_time_of_day
from intake.schema.compile.node import Node
from intake.schema.compile.partial_date import is_full_date
from intake.schema.compile.wording import by_language

TODAY = "today"
_FORMATS = {
    "date": DataType.DATE,
    "partial-date": DataType.PARTIAL_DATE,
    "local-time": DataType.TIME,
}
_SIDES = ("above", "below", "outside")


def data_type(schema: Node) -> DataType:
    """Return the data type that ``type``, ``format`` and ``oneOf`` say together."""
    kind = schema.child("type").value
    if kind == "array":
        return DataType.MULTIPLE_CHOICE
    if kind == "integer":
        return DataType.INTEGER
    if kind == "number":
        return DataType.DECIMAL
    if kind != "string":
        raise schema.child("type").fault("must be string, integer, number or array")
    if schema.has("oneOf"):
        return DataType.SINGLE_CHOICE
    wanted = schema.optional_text("format")
    if wanted is not None and wanted not in _FORMATS:
        raise schema.child("format").fault(f"must be one of {', '.join(_FORMATS)}")
    return DataType.TEXT if wanted is None else _FORMATS[wanted]


def hard_numbers(schema: Node) -> NumberLimits:
    """Return ``minimum`` and ``maximum``, exactly as written."""
    return NumberLimits(_number(schema, "minimum"), _number(schema, "maximum"))


def soft_numbers(schema: Node) -> NumberLimits:
    """Return ``x-soft`` of a number."""
    soft = schema.optional("x-soft")
    if soft is None:
        return NumberLimits()
    return NumberLimits(_number(soft, "min"), _number(soft, "max"))


def hard_dates(schema: Node) -> DateLimits:
    """Return ``x-earliest`` and ``x-latest``."""
    return DateLimits(_day(schema, "x-earliest"), _day(schema, "x-latest"))


def soft_dates(schema: Node) -> DateLimits:
    """Return ``x-soft`` of a date."""
    soft = schema.optional("x-soft")
    return DateLimits() if soft is None else DateLimits(_day(soft, "min"), _day(soft, "max"))


def hard_times(schema: Node) -> TimeLimits:
    """Return ``x-earliest`` and ``x-latest`` of a time of day."""
    return TimeLimits(_time(schema, "x-earliest"), _time(schema, "x-latest"))


def soft_times(schema: Node) -> TimeLimits:
    """Return ``x-soft`` of a time of day."""
    soft = schema.optional("x-soft")
    return TimeLimits() if soft is None else TimeLimits(_time(soft, "min"), _time(soft, "max"))


def accepted_units(schema: Node, languages: Sequence[str]) -> tuple[AcceptedUnit, ...]:
    """Return ``x-accepted-units`` in order."""
    units = schema.optional("x-accepted-units")
    return () if units is None else tuple(_unit(u, languages) for u in units.entries())


def range_message(schema: Node, languages: Sequence[str]) -> RangeMessage | None:
    """Return ``x-range-message``, or None."""
    named = schema.optional("x-range-message")
    if named is None:
        return None
    side = named.optional_text("side") or "outside"
    if side not in _SIDES:
        raise named.child("side").fault(f"must be one of {', '.join(_SIDES)}")
    text = by_language(named.child("message"), languages)
    return RangeMessage(id=named.child("id").text(), text=text, side=side)


def _unit(entry: Node, languages: Sequence[str]) -> AcceptedUnit:
    note = entry.optional("note")
    return AcceptedUnit(
        symbol=entry.child("unit").text(),
        factor=entry.optional_text("factor") or "",
        offset=entry.optional_text("offset") or "0",
        exact=entry.flag("exact"),
        note={} if note is None else by_language(note, languages),
    )


def _number(node: Node, key: str) -> Decimal | None:
    found = node.optional(key)
    if found is None:
        return None
    if isinstance(found.value, bool) or not isinstance(found.value, int | float | Decimal):
        raise found.fault("must be a number")
    return Decimal(str(found.value))


def _day(node: Node, key: str) -> str | None:
    text = node.optional_text(key)
    if text is None or text == TODAY or is_full_date(text):
        return text
    raise node.child(key).fault("must be a day such as 2019-03-14, or today")


def _time(node: Node, key: str) -> str | None:
    text = node.optional_text(key)
    if text is None or is_time_of_day(text):
        return text
    raise node.child(key).fault("must be a time of day such as 08:05")
