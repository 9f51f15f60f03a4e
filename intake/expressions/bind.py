"""From a record to the values an expression sees: typed, and unset when missing.

A value of the wrong type is a fault of ours and is reported as such, never taken for a
missing one. Missing is unset, never null. Nothing is computed before it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from intake.expressions.bounds import trial_values
from intake.expressions.days import DAY, interval
from intake.expressions.reading import Readings
from intake.expressions.scope import Role, Variable
from intake.expressions.values import Typed, WrongValue, computed_value
from intake.model.definition import FormDefinition

Fields = tuple[Variable, ...]
"""What a program reads of each row of a group."""
UnsureRows = dict[tuple[str, object], dict[str, Typed | None]]
"""By group and row, values that may belong there or not; None where they cannot be tried."""


class RecordBindings:
    """The values of one record, and what was computed of it. Not thread-safe."""

    def __init__(
        self,
        definition: FormDefinition,
        record: Mapping[str, Any],
        computed: Mapping[str, Any] | None = None,
        unsure: UnsureRows | None = None,
    ) -> None:
        """Keep the parts; nothing is read yet. ``computed`` and ``unsure`` may still grow."""
        self.unsure: UnsureRows = {} if unsure is None else unsure
        self.definition = definition
        self.record = record
        self.computed = {} if computed is None else computed
        self.said = Readings(definition, record)
        self._made: dict[int, Bindings] = {}
        self._told: dict[tuple[str, int], _Told] = {}

    def with_dates(self, record: Mapping[str, Any], computed: Mapping[str, Any]) -> RecordBindings:
        """Return the values of a record of which only dates differ from this one's.

        What both say is read once.
        """
        other = RecordBindings(self.definition, record, computed, dict(self.unsure))
        if self.said.hold_for(record):
            other.said = self.said
        return other

    def row(self, group: str, row: Mapping[str, Any]) -> Bindings:
        """Return the values of one row, those of the form beside them."""
        return self._made.setdefault(id(row), Bindings(self, group, row))

    def form(self) -> Bindings:
        """Return the values of the form."""
        return self._made.setdefault(id(self.record), Bindings(self, None, None))

    def rows(self, group: str) -> list[Mapping[str, Any]]:
        """Return the filled rows of a group."""
        return list(self.record.get(group, []))

    def computed_row(self, group: str, number: object) -> Mapping[str, Any]:
        """Return what was computed of one row so far."""
        rows: Iterable[Mapping[str, Any]] = self.computed.get(group, ())
        return next((each for each in rows if each["_row"] == number), {})

    def told(self, group: str, fields: Fields) -> _Told:
        """Return what the items of each row say to a program's fields."""
        known = self._told.get((group, id(fields)))
        if known is None:
            computed = tuple(each for each in fields if each.role in _COMPUTED)
            asked = tuple(each for each in fields if each not in computed)
            names = tuple(each.name for each in asked)
            rows = [self.said.told(names, asked, row) for row in self.rows(group)]
            known = self._told[group, id(fields)] = _Told(rows, computed, fields)
        return known


@dataclass(frozen=True, slots=True)
class _Told:
    """What the items of a group's rows say; not to be changed, since all programs share it."""

    rows: list[dict[str, Typed]]
    computed: Fields
    """What is to be read beside, each time: more may be computed later."""
    fields: Fields
    """What was asked: kept, so that its identity stays its own."""


class Bindings:
    """What programs of the form, or of one row, can read. Not thread-safe."""

    def __init__(
        self, whole: RecordBindings, group: str | None, row: Mapping[str, Any] | None
    ) -> None:
        """Keep the parts; nothing is read yet."""
        self._whole = whole
        self._group = group
        self._row = row

    def collect(
        self, variables: Iterable[Variable], fields: Mapping[str, Fields]
    ) -> dict[str, Any]:
        """Return the set values by name. Raises WrongValue."""
        found: dict[str, Any] = {}
        for variable in variables:
            if variable.role is Role.ROWS:
                found[variable.name] = self._rows(variable.name, fields[variable.name])
                continue
            value = self._value(variable)
            if value is not None:
                found[variable.name] = value
        return found

    def bounded(
        self, variables: Iterable[Variable], marks: Iterable[float]
    ) -> dict[str, list[float] | list[int]]:
        """Return the values to try for each item of which only a bound is known."""
        named = [v for v in variables if v.role is Role.VALUE and v.item is not None]
        found: dict[str, list[float] | list[int]] = {}
        for variable in named:
            holder = self._holder(variable)
            bound = holder.get("_bound", {}).get(variable.name)
            if bound is not None and variable.item is not None and variable.item.is_number:
                try:
                    found[variable.name] = trial_values(variable.item, str(bound), marks)
                except ValueError as fault:
                    raise WrongValue(str(fault)) from fault
        return found

    def note_unsure(self, name: str, value: Typed | None, days: Iterable[Variable]) -> None:
        """Note a value of this row of which nobody knows whether it counts.

        One that rests on an assumed day (of ``days``) cannot be tried.
        """
        if self._row is None or self._group is None:
            return
        parts = (each.item for each in days if each.role is Role.DAY and each.item is not None)
        texts = [{**self._whole.record, **self._row}.get(item.name) for item in parts]
        is_day = value is not None and all(interval(str(t))[2] == DAY for t in texts if t)
        row = self._whole.unsure.setdefault((self._group, self._row.get("_row")), {})
        row[name] = value if is_day else None

    def unsure_rows(
        self, fields: Mapping[str, Fields]
    ) -> list[tuple[str, int, dict[str, Typed | None]]]:
        """Return the rows in which a field that is read may count or not: group, place, values."""
        found: list[tuple[str, int, dict[str, Typed | None]]] = []
        if not self._whole.unsure:
            return found
        for group, read in fields.items():
            for index, row in enumerate(self._whole.rows(group)):
                noted = self._whole.unsure.get((group, row.get("_row")), {})
                values = {v.computed: noted[v.computed] for v in read if v.computed in noted}
                if values:
                    found.append((group, index, values))
        return found

    def _value(self, variable: Variable) -> Typed | None:
        if variable.role in _COMPUTED:
            return self._computed(variable)
        return self._whole.said.value(variable, self._holder(variable))

    def _computed(self, variable: Variable) -> Typed | None:
        """Return a computed value; never remembered, since more may be computed later."""
        holder = self._whole.computed
        if variable.group is not None:
            number = self._holder(variable).get("_row")
            holder = self._whole.computed_row(variable.group, number)
        return computed_value(variable, holder)

    def _holder(self, variable: Variable) -> Mapping[str, Any]:
        if variable.group is None:
            return self._whole.record
        if self._row is None or self._group not in (None, variable.group):
            raise WrongValue(f"{variable.name} belongs to a row and no row was given")
        return self._row

    def _rows(self, group: str, fields: Fields) -> list[dict[str, Typed]]:
        told = self._whole.told(group, fields)
        if not told.computed:
            return told.rows
        found = []
        for row, said in zip(self._whole.rows(group), told.rows, strict=True):
            holder = self._whole.computed_row(group, row.get("_row"))
            more = ((each.name, computed_value(each, holder)) for each in told.computed)
            found.append(said | {name: value for name, value in more if value is not None})
        return found


_COMPUTED = (Role.COMPUTED, Role.HAS_COMPUTED)


def bind(
    definition: FormDefinition, record: Mapping[str, Any], row: Mapping[str, Any] | None = None
) -> Bindings:
    """Return the values of a record for programs of the form, or of one row's group."""
    whole = RecordBindings(definition, record)
    if row is None:
        return whole.form()
    group = next((n for n in definition.groups if any(r is row for r in whole.rows(n))), None)
    return Bindings(whole, group, row)
