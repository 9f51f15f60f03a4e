"""One answer or computed value as expressions see it: typed, and None when missing.

A value of the wrong type is a fault of ours and is reported as such, never taken for a
missing one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, assert_never

from intake.expressions.days import interval
from intake.expressions.scope import BOUND, EMPTY, Kind, Role, Variable
from intake.model.computed import LookUpTable
from intake.model.definition import DataType, Item
from intake.model.time_of_day import is_time_of_day

Typed = bool | int | float | str | list[int] | list[float] | list[str]
"""A value as expressions see it."""


class WrongValue(Exception):
    """A record holds something that its form does not allow."""


def computed_value(variable: Variable, holder: Mapping[str, Any]) -> Typed | None:
    """Return a computed value, or whether there is one; a whole number may be a decimal."""
    value: Typed | None = holder.get(variable.computed)
    if variable.role is Role.HAS_COMPUTED:
        return value is not None
    return float(value) if variable.kind is Kind.DOUBLE and isinstance(value, int) else value


def table_value(table: LookUpTable | None) -> Any:  # noqa: ANN401 - its type is the table's
    """Return a table as expressions look it up."""
    if table is None:
        return None
    if not table.by_key:
        return list(table.numbers)
    return {k: list(v) if isinstance(v, tuple) else v for k, v in table.by_key.items()}


def item_state(item: Item, holder: Mapping[str, Any]) -> tuple[Typed | None, str]:
    """Return the typed value (or None) and why it is missing (or nothing)."""
    name = item.name
    reason = holder.get("_missing", {}).get(name)
    bound = holder.get("_bound", {}).get(name)
    given = [each for each in (holder.get(name), reason, bound) if each is not None]
    if len(given) > 1:
        raise WrongValue(f"{name} holds a value and a reason, or two reasons")
    if reason is not None:
        return None, str(reason)
    if bound is not None:
        return None, BOUND
    raw = holder.get(name)
    return (None, EMPTY) if raw is None else _typed(item, raw)


def _typed(  # noqa: PLR0911 - one return a type
    item: Item, raw: object
) -> tuple[Typed | None, str]:
    match item.data_type:
        case DataType.MULTIPLE_CHOICE:
            return _codes(item, raw)
        case DataType.SINGLE_CHOICE:
            return _code(item, raw)
        case DataType.TEXT:
            return _text(raw, item.name), ""
        case DataType.INTEGER:
            return whole_number(raw, item.name), ""
        case DataType.DECIMAL:
            return _number(raw, item.name), ""
        case DataType.DATE | DataType.PARTIAL_DATE:
            return _days(raw, item.name), ""
        case DataType.TIME:
            return _time(raw, item.name), ""
        case unknown:
            assert_never(unknown)


def _code(item: Item, raw: object) -> tuple[Typed | None, str]:
    option = item.option(raw) if isinstance(raw, str) else None
    if option is None:
        raise WrongValue(f"{item.name} holds no code of its list")
    if option.reason is not None:
        return None, option.reason.value
    return (option.code == "1" if item.is_yes_no else option.code), ""


def _codes(item: Item, raw: object) -> tuple[Typed | None, str]:
    if isinstance(raw, str) or not isinstance(raw, (list, tuple)):
        raise WrongValue(f"{item.name} holds no list of codes")
    options = [item.option(code) if isinstance(code, str) else None for code in raw]
    known = [option for option in options if option is not None]
    if len(known) != len(options):
        raise WrongValue(f"{item.name} holds a code that is not in its list")
    answers = [option.code for option in known if option.reason is None]
    if answers:
        return answers, ""
    reason = next((option.reason for option in known if option.reason), None)
    return None, reason.value if reason else EMPTY


def whole_number(raw: object, name: str) -> int:
    """Return a whole number, also when written 80.0. Raises WrongValue."""
    number = _number(raw, name)
    if not number.is_integer():
        raise WrongValue(f"{name} holds no whole number")
    return int(number)


def _number(raw: object, name: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, Decimal)):
        raise WrongValue(f"{name} holds no number")
    number = float(raw)
    if not math.isfinite(number):
        raise WrongValue(f"{name} holds no finite number")
    return number


def _text(raw: object, name: str) -> str:
    if not isinstance(raw, str):
        raise WrongValue(f"{name} holds no text")
    return raw


def _time(raw: object, name: str) -> str:
    text = _text(raw, name)
    if not is_time_of_day(text):
        raise WrongValue(f"{name} holds no time of day")
    return text


def _days(raw: object, name: str) -> list[int]:
    try:
        return list(interval(_text(raw, name)))
    except ValueError as fault:
        raise WrongValue(f"{name} holds no ISO date") from fault
