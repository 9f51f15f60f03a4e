"""What the items of a record, and of its rows, say to expressions: each read once.

A row is known by its identity, so that records which share it read it once for all. Nothing
here knows what is computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from intake.expressions.completing import Completer, Days
from intake.expressions.once import once_a_form
from intake.expressions.scope import ROW, Role, Variable
from intake.expressions.values import Typed, WrongValue, item_state, table_value, whole_number
from intake.model.definition import FormDefinition

completer = once_a_form(Completer)
"""What completes the dates of a form."""


@dataclass(slots=True)
class _Holder:
    """A record or one of its rows, and what was read of it so far."""

    content: Mapping[str, Any]
    """Kept, so that its identity stays its own."""
    values: dict[str, Typed | None] = field(default_factory=dict)
    told: dict[tuple[str, ...], dict[str, Typed]] = field(default_factory=dict)
    days: Days | None = None


class Readings:
    """What one record says. Its content must not change. Not thread-safe."""

    def __init__(self, definition: FormDefinition, record: Mapping[str, Any]) -> None:
        """Keep the parts; nothing is read yet."""
        self._completer = completer(definition)
        self._form = _Holder(record)
        self._rows: dict[int, _Holder] = {}

    def hold_for(self, record: Mapping[str, Any]) -> bool:
        """Say whether they are those of a record of which only dates of rows may differ."""
        own = self._form.content
        return all(record.get(name) == own.get(name) for name in self._completer.form_dates)

    def value(self, variable: Variable, row: Mapping[str, Any] | None) -> Typed | None:
        """Return what an item says, None when nothing. Raises WrongValue."""
        holder = self._form if variable.group is None or row is None else self._holder(row)
        if variable.name not in holder.values:
            holder.values[variable.name] = self._read(variable, holder)
        return holder.values[variable.name]

    def told(
        self, names: tuple[str, ...], fields: Iterable[Variable], row: Mapping[str, Any]
    ) -> dict[str, Typed]:
        """Return what a row says to some fields, of these names; the same object every time."""
        holder = self._holder(row)
        if names not in holder.told:
            read = ((each.name, self.value(each, row)) for each in fields)
            holder.told[names] = {name: value for name, value in read if value is not None}
        return holder.told[names]

    def _holder(self, row: Mapping[str, Any]) -> _Holder:
        found = self._rows.get(id(row))
        if found is None:
            found = self._rows[id(row)] = _Holder(row)
        return found

    def _read(self, variable: Variable, holder: _Holder) -> Any:  # noqa: ANN401 - as the item is
        if variable.role is Role.ROW:
            return whole_number(holder.content.get("_row"), ROW)
        if variable.role is Role.TABLE:
            return table_value(variable.table)
        if variable.item is None:
            raise WrongValue(f"{variable.name} speaks of no item")
        value, why = item_state(variable.item, holder.content)
        if variable.role is Role.WHY:
            return why
        if variable.role is Role.HAS:
            return value is not None
        if variable.role is Role.DAY:
            return None if value is None else self._day(variable.item.name, variable.group, holder)
        return value

    def _day(self, name: str, group: str | None, holder: _Holder) -> int | None:
        """Return the day assumed for a date, each holder completed once."""
        if holder.days is None:
            holder.days = (
                self._form_days()
                if group is None
                else self._completer.row_days(group, holder.content, self._form_days())
            )
        return holder.days.get(name)

    def _form_days(self) -> Days:
        if self._form.days is None:
            self._form.days = self._completer.form_days(self._form.content)
        return self._form.days
