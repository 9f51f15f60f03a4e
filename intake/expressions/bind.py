"""From a record to the values an expression sees: typed, and unset when missing.

A value of the wrong type is a fault of ours and is reported as such, never taken for a
missing one. Missing is unset, never null. Nothing is computed before it is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from intake.expressions.days import completed, interval
from intake.expressions.scope import BOUND, EMPTY, ROW, Role, Variable
from intake.model.definition import DataType, FormDefinition, Item

Typed = bool | int | float | str | list[int] | list[str]
"""A value as expressions see it; None stands for unset inside this file."""


class WrongValue(Exception):
    """A record holds something that its form does not allow."""


class Bindings:
    """The values of one record, or of one row of it, by variable. Not thread-safe."""

    def __init__(
        self, definition: FormDefinition, record: Mapping[str, Any], row: Mapping[str, Any] | None
    ) -> None:
        """Keep the parts; nothing is read yet."""
        self._definition = definition
        self._record = record
        self._row = row
        self._known: dict[str, Typed | None] = {}

    def collect(
        self, variables: Iterable[Variable], fields: Mapping[str, tuple[Variable, ...]]
    ) -> dict[str, Any]:
        """Return the set values by name. Raises WrongValue."""
        found: dict[str, Any] = {}
        for variable in variables:
            if variable.role is Role.ROWS:
                found[variable.name] = self._rows(variable.name, fields[variable.name])
                continue
            if variable.name not in self._known:
                self._known[variable.name] = self._value(variable)
            value = self._known[variable.name]
            if value is not None:
                found[variable.name] = value
        return found

    def _value(self, variable: Variable) -> Typed | None:
        if variable.group is None:
            return _read(variable, self._record)
        if self._row is None:
            raise WrongValue(f"{variable.name} belongs to a row and no row was given")
        return _read(variable, self._row)

    def _rows(self, group: str, fields: Iterable[Variable]) -> list[dict[str, Any]]:
        rows = self._record.get(group, [])
        read = [[(each.name, _read(each, row)) for each in fields] for row in rows]
        return [{name: value for name, value in row if value is not None} for row in read]


def bind(
    definition: FormDefinition, record: Mapping[str, Any], row: Mapping[str, Any] | None = None
) -> Bindings:
    """Return the values of a record for programs of the form, or of one row's group."""
    return Bindings(definition, record, row)


def _read(variable: Variable, holder: Mapping[str, Any]) -> Typed | None:
    if variable.role is Role.ROW:
        return _whole(holder.get("_row"), ROW)
    if variable.item is None:
        raise WrongValue(f"{variable.name} speaks of no item")
    value, why = _state(variable.item, holder)
    if variable.role is Role.WHY:
        return why
    if variable.role is Role.HAS:
        return value is not None
    if variable.role is Role.DAY:
        return None if value is None else completed(interval(str(holder[variable.item.name])))
    return value


def _state(item: Item, holder: Mapping[str, Any]) -> tuple[Typed | None, str]:
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


def _typed(item: Item, raw: object) -> tuple[Typed | None, str]:
    if item.data_type is DataType.MULTIPLE_CHOICE:
        return _codes(item, raw)
    if item.data_type is DataType.SINGLE_CHOICE:
        return _code(item, raw)
    return _PLAIN[item.data_type](raw, item.name), ""


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


def _whole(raw: object, name: str) -> int:
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


def _days(raw: object, name: str) -> list[int]:
    try:
        return list(interval(_text(raw, name)))
    except ValueError as fault:
        raise WrongValue(f"{name} holds no ISO date") from fault


_PLAIN: Mapping[DataType, Callable[[object, str], Typed]] = {
    DataType.TEXT: _text,
    DataType.INTEGER: _whole,
    DataType.DECIMAL: _number,
    DataType.DATE: _days,
    DataType.PARTIAL_DATE: _days,
}
