"""Every computed value of a record, in the order that their names call for.

A value that cannot be computed is absent: what uses it is then unknown in turn. A group's
value is computed for all its rows before anything that reads it. Faults of ours are listed,
never silent.

Only a value that says its precision (``NAME_precision`` stands beside it), or that is a step of
one, may rest on the day assumed for a partial date. Any other is computed of every record that
this one may be, and known where all agree.
"""

from __future__ import annotations

import graphlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from intake.expressions.bind import Bindings, RecordBindings
from intake.expressions.computed.possible import possible_records, without_dates
from intake.expressions.computed.scores import part_points
from intake.expressions.engine import Answer
from intake.expressions.errors import ExpressionError
from intake.expressions.program import Program, Returns, compile_program
from intake.expressions.reading import completer
from intake.expressions.scope import Role, score_names
from intake.model.computed import Derived, DerivedType, Score, ScorePart
from intake.model.definition import FormDefinition

Values = dict[str, Any]
"""Computed values by name; those of rows in a list by group."""
RETURNS: Mapping[DerivedType, Returns] = {
    DerivedType.BOOLEAN: bool,
    DerivedType.INTEGER: int,
    DerivedType.NUMBER: float,
    DerivedType.STRING: str,
    DerivedType.INTEGERS: list[int],
    DerivedType.STRINGS: list[str],
}
_ELEMENTS: Mapping[DerivedType, type] = {DerivedType.INTEGERS: int, DerivedType.STRINGS: str}


@dataclass(frozen=True, slots=True)
class Computed:
    """What was computed of one record, in its shape, and what failed."""

    values: Mapping[str, Any]
    failed: Mapping[str, str] = field(default_factory=dict)
    """Names to the program's own words; ours to mend."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to compute: the names that it gives and the programs that it runs."""

    names: tuple[str, ...]
    programs: tuple[Program, ...]
    run: Callable[[RecordBindings, Values, dict[str, str]], None]
    merge: Callable[[list[Values]], Values]
    """What several records give, as one: what all agree on."""
    group: str | None = None
    assumes: bool = False
    """May rest on the day assumed for a partial date."""


@dataclass(frozen=True, slots=True)
class Rest:
    """The date items on whose assumed day a step would rest, and the steps between."""

    dates: frozenset[str] = frozenset()
    through: tuple[Step, ...] = ()


class Computer:
    """Computes the derived values and scores of one form. Compiled once; not picklable."""

    def __init__(self, definition: FormDefinition) -> None:
        """Compile and order everything. Raises ExpressionError, also for a circle."""
        self._definition = definition
        self.steps = _ordered([*_derived_steps(definition), *_score_steps(definition)])
        self._rests = _rests(self.steps)

    def compute(self, record: Mapping[str, Any]) -> Computed:
        """Return all that a record gives; never raises for what data can hold."""
        values: Values = {}
        failed: dict[str, str] = {}
        groups = {each.group for each in self._definition.derived if each.group}
        for group in self._definition.groups:
            rows = record.get(group, ())
            if rows and group in groups:
                values[group] = [{"_row": row["_row"]} for row in rows]
        whole = RecordBindings(self._definition, record, values)
        for step, rest in zip(self.steps, self._rests, strict=True):
            found = _settled(step, rest, whole, failed)
            if found:
                _adopt(values, step.merge(found))
            else:
                step.run(whole, values, failed)
        return Computed(values, failed)


def _settled(step: Step, rest: Rest, whole: RecordBindings, failed: dict[str, str]) -> list[Values]:
    """Return what a step gives in each record that this one may be; none when it is but one."""
    found = []
    groups = {each.group for each in (step, *rest.through) if each.group is not None}
    for record in _records(step, rest, whole):
        values = _copied(whole.computed, groups)
        each = whole.with_dates(record, values)
        for earlier in rest.through:
            _forget(values, earlier)
            earlier.run(each, values, failed)
        step.run(each, values, failed)
        found.append(values)
    return found


def _records(step: Step, rest: Rest, whole: RecordBindings) -> list[Mapping[str, Any]]:
    if not rest.dates:
        return []
    marks = [mark for program in step.programs for mark in program.marks]
    made = completer(whole.definition)
    try:
        return possible_records(made, whole.definition, whole.record, rest.dates, marks)
    except OverflowError:  # too many to try: then they are not known at all
        return [without_dates(whole.record, rest.dates)]


def exported(definition: FormDefinition, values: Mapping[str, Any]) -> Values:
    """Return the computed values without those that only serve other computations."""
    inner = {each.name for each in definition.derived if each.internal}
    inner |= {name for each in definition.scores if each.internal for name in score_names(each)}
    return {
        name: [exported(definition, row) for row in value] if name in definition.groups else value
        for name, value in values.items()
        if name not in inner
    }


def _derived_steps(definition: FormDefinition) -> Iterator[Step]:
    for derived in definition.derived:
        returns = RETURNS[derived.type]
        value = compile_program(
            definition, derived.expression, group=derived.group, returns=returns
        )
        relevant = None
        if derived.relevant is not None:
            relevant = compile_program(
                definition, derived.relevant, group=derived.group, returns=bool
            )
        programs = (value,) if relevant is None else (value, relevant)
        run = _Derivation(derived, value, relevant)
        stem = derived.name.removesuffix("_precision")
        names = {each.name for each in definition.derived}
        says = f"{derived.name}_precision" in names or stem in names - {derived.name}
        assumes = derived.internal or says
        yield Step((derived.name,), programs, run, run.merge, derived.group, assumes)


def _score_steps(definition: FormDefinition) -> Iterator[Step]:
    for score in definition.scores:
        parts = tuple(
            (part, compile_program(definition, part.points, group=None, returns=int))
            for part in score.parts
        )
        programs = tuple(program for _, program in parts)
        run = _Scoring(score, parts)
        yield Step(score_names(score), programs, run, run.merge)


def _ordered(steps: list[Step]) -> tuple[Step, ...]:
    """Return the steps so that each comes after those it reads. Raises ExpressionError."""
    makers = {name: index for index, step in enumerate(steps) for name in step.names}
    needs = {
        index: {makers[name] for program in step.programs for name in program.computed}
        for index, step in enumerate(steps)
    }
    try:
        order = tuple(graphlib.TopologicalSorter(needs).static_order())
    except graphlib.CycleError as fault:
        path = " -> ".join(steps[index].names[0] for index in fault.args[1])
        source = steps[fault.args[1][0]].programs[0].source
        problem = f"a computed value depends on itself: {path}"
        raise ExpressionError(source, problem, "Break the circle") from None
    return tuple(steps[index] for index in order)


def _rests(steps: Iterable[Step]) -> tuple[Rest, ...]:
    """Return for each step, in order, what it must not rest on."""
    through: dict[str, Rest] = {}
    found = []
    for step in steps:
        read = [each for program in step.programs for each in program.reads]
        values = {each.computed for each in read if each.role is Role.COMPUTED}
        behind = [through[name] for name in sorted(values & through.keys())]
        days = {v.item.name for v in read if v.role is Role.DAY and v.item is not None}
        days.update(name for rest in behind for name in rest.dates)
        before = {id(each): each for rest in behind for each in rest.through}
        if step.assumes and days:
            rest = Rest(frozenset(days), (*before.values(), step))
            through.update(dict.fromkeys(step.names, rest))
        found.append(Rest() if step.assumes else Rest(frozenset(days), tuple(before.values())))
    return tuple(found)


def _copied(values: Mapping[str, Any], groups: Iterable[str]) -> Values:
    """Return values that can change, those in rows of some groups too, without changing these."""
    rows = {name: [dict(row) for row in values[name]] for name in groups if name in values}
    return {**values, **rows}


def _forget(values: Values, step: Step) -> None:
    for holder in [values] if step.group is None else values.get(step.group, ()):
        for name in step.names:
            holder.pop(name, None)


def _adopt(values: Values, merged: Mapping[str, Any]) -> None:
    """Put values in their places; those of rows into the rows that are there."""
    for name, value in merged.items():
        if not _are_rows(value):
            values[name] = value
            continue
        for row, more in zip(values[name], value, strict=True):
            row.update(more)


def _are_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _agreed(holders: list[Values], names: Iterable[str]) -> Values:
    """Return what all holders have, and have alike."""
    first, *others = holders
    kept = (name for name in names if name in first)
    return {n: first[n] for n in kept if all(n in o and o[n] == first[n] for o in others)}


@dataclass(frozen=True, slots=True)
class _Derivation:
    derived: Derived
    value: Program
    relevant: Program | None

    def __call__(self, whole: RecordBindings, values: Values, failed: dict[str, str]) -> None:
        group, relevant = self.derived.group, self.relevant
        if group is None:
            self._put(whole.form(), values, failed)
            return
        once = relevant is not None and not relevant.is_of_rows
        asked = relevant.evaluate(whole.form()) if relevant is not None and once else None
        for row, computed in zip(whole.rows(group), values.get(group, ()), strict=True):
            self._put(whole.row(group, row), computed, failed, asked)

    def merge(self, found: list[Values]) -> Values:
        """Return the value on which all agree."""
        group, names = self.derived.group, (self.derived.name,)
        if group is None:
            return _agreed(found, names)
        rows = zip(*(each.get(group, ()) for each in found), strict=True)
        return {group: [_agreed(list(each), names) for each in rows]}

    def _put(
        self,
        bindings: Bindings,
        holder: Values,
        failed: dict[str, str],
        asked: Answer | None = None,
    ) -> None:
        """Compute one value; ``asked`` is the answer of its condition where all rows share it."""
        name = self.derived.name
        if self.relevant is not None:
            asked = asked or self.relevant.evaluate(bindings)
            if asked.error is not None:
                failed[name] = asked.error
            elif not asked.known:
                value = self.value.evaluate(bindings)
                bindings.note_unsure(name, value.value, self.value.variables)
            if not asked.is_true:
                return
        answer = self.value.evaluate(bindings)
        if answer.error is not None:
            failed[name] = answer.error
        elif answer.known:
            wanted = _ELEMENTS.get(self.derived.type)
            if wanted is not None and any(type(each) is not wanted for each in answer.value):
                failed[name] = f"the result is no {self.derived.type.value}"
                return
            holder[name] = answer.value


@dataclass(frozen=True, slots=True)
class _Scoring:
    score: Score
    parts: tuple[tuple[ScorePart, Program], ...]

    def __call__(self, whole: RecordBindings, values: Values, failed: dict[str, str]) -> None:
        bindings = whole.form()
        least = most = known = 0
        for part, program in self.parts:
            points = part_points(part, program, bindings)
            name = self.score.part_name(part)
            if points.error is not None:
                failed[name] = points.error
            if points.settled:
                known += 1
                values[name] = points.least
            least, most = least + points.least, most + points.most
        values.update(zip(self.score.totals, (least, most, known), strict=True))

    def merge(self, found: list[Values]) -> Values:
        """Return the parts on which all agree, and the widest totals."""
        lowest, highest, known = self.score.totals
        merged = _agreed(found, (self.score.part_name(part) for part, _ in self.parts))
        merged[lowest] = min(each[lowest] for each in found)
        merged[highest] = max(each[highest] for each in found)
        return merged | {known: len(merged) - 2}
