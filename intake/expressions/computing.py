"""Every computed value of a record, in the order that their names call for.

A value that cannot be computed is absent: what uses it is then unknown in turn. A group's
value is computed for all its rows before anything that reads it. Faults of ours are listed,
never silent.
"""

from __future__ import annotations

import graphlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from intake.expressions.bind import Bindings, RecordBindings
from intake.expressions.errors import ExpressionError
from intake.expressions.program import Program, Returns, compile_program
from intake.expressions.scope import score_names
from intake.expressions.scores import part_points
from intake.model.computed import Derived, DerivedType, Score, ScorePart
from intake.model.definition import FormDefinition

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
    run: Callable[[RecordBindings, dict[str, Any], dict[str, str]], None]


class Computer:
    """Computes the derived values and scores of one form. Compiled once; not picklable."""

    def __init__(self, definition: FormDefinition) -> None:
        """Compile and order everything. Raises ExpressionError, also for a circle."""
        self._definition = definition
        self.steps = _ordered([*_derived_steps(definition), *_score_steps(definition)])

    def compute(self, record: Mapping[str, Any]) -> Computed:
        """Return all that a record gives; never raises for what data can hold."""
        values: dict[str, Any] = {}
        failed: dict[str, str] = {}
        groups = {each.group for each in self._definition.derived if each.group}
        for group in self._definition.groups:
            rows = record.get(group, ())
            if rows and group in groups:
                values[group] = [{"_row": row["_row"]} for row in rows]
        whole = RecordBindings(self._definition, record, values)
        for step in self.steps:
            step.run(whole, values, failed)
        return Computed(values, failed)


def exported(definition: FormDefinition, values: Mapping[str, Any]) -> dict[str, Any]:
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
        yield Step((derived.name,), programs, _Derivation(derived, value, relevant))


def _score_steps(definition: FormDefinition) -> Iterator[Step]:
    for score in definition.scores:
        parts = tuple(
            (part, compile_program(definition, part.points, group=None, returns=int))
            for part in score.parts
        )
        programs = tuple(program for _, program in parts)
        yield Step(score_names(score), programs, _Scoring(score, parts))


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


@dataclass(frozen=True, slots=True)
class _Derivation:
    derived: Derived
    value: Program
    relevant: Program | None

    def __call__(
        self, whole: RecordBindings, values: dict[str, Any], failed: dict[str, str]
    ) -> None:
        group = self.derived.group
        if group is None:
            self._put(whole.form(), values, failed)
            return
        for row, computed in zip(whole.rows(group), values.get(group, ()), strict=True):
            self._put(whole.row(group, row), computed, failed)

    def _put(self, bindings: Bindings, holder: dict[str, Any], failed: dict[str, str]) -> None:
        name = self.derived.name
        if self.relevant is not None:
            asked = self.relevant.evaluate(bindings)
            if asked.error is not None:
                failed[name] = asked.error
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

    def __call__(
        self, whole: RecordBindings, values: dict[str, Any], failed: dict[str, str]
    ) -> None:
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
