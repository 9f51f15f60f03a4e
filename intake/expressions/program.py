"""Compile an expression of a form once per process; evaluate it on many records.

The four ends of a condition: true, false, unknown (an operand is unset or does not
settle it), error (our fault, never silent). Programs cannot be pickled: each process
compiles its own. An item of which only a bound is known counts as known where every value
that the bound allows gives the same answer.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import GenericAlias
from typing import Any

from intake.expressions.bind import Bindings
from intake.expressions.engine import (
    UNKNOWN,
    Answer,
    Compiled,
    CompileFailure,
    compile_source,
    make_environment,
)
from intake.expressions.errors import ExpressionError
from intake.expressions.lint import Inspector, Refused
from intake.expressions.once import once_a_form
from intake.expressions.problems import explain
from intake.expressions.scope import (
    Kind,
    Role,
    Scope,
    Variable,
    make_scope,
    name_problem,
    score_names,
)
from intake.expressions.syntax import Shape, free_names
from intake.expressions.values import WrongValue
from intake.model.definition import FormDefinition

Returns = type | GenericAlias
_RETURNS: Mapping[Returns, str] = {
    bool: "bool",
    int: "int",
    float: "double",
    str: "string",
    list[int]: "list(int)",
    list[str]: "list(string)",
}
_OPEN = (("list(dyn)", "list(int)"), ("list(dyn)", "list(string)"))
MOST_TRIALS = 4096
"""More combinations of values are not tried: the answer stays unknown."""


@dataclass(frozen=True)
class Program:
    """One compiled expression and the names it reads."""

    source: str
    group: str | None
    variables: tuple[Variable, ...]
    fields: Mapping[str, tuple[Variable, ...]]
    """Fields read from each group's rows."""
    compiled: Compiled = field(repr=False)

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the names it takes from its surroundings."""
        return frozenset(variable.name for variable in self.variables)

    @cached_property
    def items(self) -> frozenset[str]:
        """Return the items it depends on, also through companions and rows."""
        return frozenset(each.item.name for each in self.reads if each.item is not None)

    @cached_property
    def reads(self) -> tuple[Variable, ...]:
        """Return all that it reads, in rows too."""
        return (*self.variables, *(f for fields in self.fields.values() for f in fields))

    @cached_property
    def is_of_rows(self) -> bool:
        """Say whether its answer may differ from row to row of its group."""
        return any(each.group and each.role is not Role.ROWS for each in self.variables)

    @cached_property
    def literals(self) -> tuple[bool | int | float | str, ...]:
        """Return the values written in it."""
        nodes = self.compiled.tree.walk()
        found = (node.value for node in nodes if node.shape is Shape.LITERAL)
        return tuple(value for value in found if value is not None)

    @cached_property
    def computed(self) -> frozenset[str]:
        """Return the computed values that it reads, those in rows included."""
        return frozenset(each.computed for each in self.reads if each.computed)

    def evaluate(self, bindings: Bindings) -> Answer:
        """Return its answer for one record or row; never raises for what data can hold."""
        try:
            data = bindings.collect(self.variables, self.fields)
            tried = self._bounded(bindings, data)
        except WrongValue as fault:
            return Answer(error=str(fault))
        unsure = bindings.unsure_rows(self.fields) if self.fields else []
        if not tried and not unsure:
            return self.compiled.run(data)
        if any(value is None for _, _, values in unsure for value in values.values()):
            return UNKNOWN
        return _agreed(a for each in _with_rows(data, unsure) for a in self._trials(each, tried))

    def outcomes(self, bindings: Bindings) -> list[Answer]:
        """Return the answers over all that is still possible: bounds, and unset yes or no.

        One unknown answer among them means that something else is missing.
        """
        try:
            data = bindings.collect(self.variables, self.fields)
            tried = self._bounded(bindings, data)
        except WrongValue as fault:
            return [Answer(error=str(fault))]
        for variable in self.variables:
            if variable.kind is Kind.BOOL and variable.name not in data:
                tried[variable.name] = [True, False]
        return list(self._trials(data, tried))

    def _bounded(self, bindings: Bindings, data: Mapping[str, Any]) -> dict[str, Sequence[Any]]:
        if not self._numbers:
            return {}
        marks = [v for v in (*self.marks, *data.values()) if type(v) in (int, float)]
        return dict(bindings.bounded(self._numbers, marks))

    def _trials(
        self, data: Mapping[str, Any], tried: Mapping[str, Sequence[Any]]
    ) -> Iterator[Answer]:
        if math.prod(len(values) for values in tried.values()) > MOST_TRIALS:
            yield UNKNOWN
            return
        # In a trial the value is there, and an expression that asks must hear so.
        known = {f"has_{name}" for name in tried} & data.keys()
        given = {**data, **dict.fromkeys(known, True)}
        for values in itertools.product(*tried.values()):
            yield self.compiled.run({**given, **dict(zip(tried, values, strict=True))})

    @cached_property
    def _numbers(self) -> tuple[Variable, ...]:
        return tuple(
            each
            for each in self.variables
            if each.role is Role.VALUE and each.kind in (Kind.INT, Kind.DOUBLE)
        )

    @cached_property
    def marks(self) -> tuple[float, ...]:
        """Return the numbers written in it, and those of the tables that it reads."""
        written = [value for value in self.literals if type(value) in (int, float)]
        tables = [each.table for each in self.variables if each.table is not None]
        listed = [n for table in tables for n in (*table.numbers, *table.by_key.values())]
        return tuple(n for n in (*written, *listed) if isinstance(n, int | float))


def _with_rows(
    data: Mapping[str, Any], unsure: list[tuple[str, int, dict[str, Any]]]
) -> Iterator[Mapping[str, Any]]:
    """Yield what a program reads with each of the rows that may count or not, and without."""
    for counted in itertools.product((False, True), repeat=len(unsure)):
        made = dict(data)
        for (group, index, values), counts in zip(unsure, counted, strict=True):
            if counts:
                has = {f"has_{name}": True for name in values}
                rows = list(made[group])
                rows[index] = rows[index] | values | has
                made[group] = rows
        yield made


def _agreed(answers: Iterator[Answer]) -> Answer:
    """Return what all trials answer, or unknown; a fault in one is a fault."""
    first: Answer | None = None
    for answer in answers:
        if answer.error is not None:
            return answer
        if not answer.known or (first is not None and answer.value != first.value):
            return UNKNOWN
        first = answer
    return first or UNKNOWN


class _Compiler:
    """The environments and programs of one definition."""

    def __init__(self, definition: FormDefinition) -> None:
        self._scopes = {g: make_scope(definition, g) for g in (None, *definition.groups)}
        self._environments = {g: make_environment(s) for g, s in self._scopes.items()}
        self._programs: dict[tuple[str, str | None, Returns], Program] = {}

    def compile(self, source: str, group: str | None, returns: Returns) -> Program:
        key = (source, group, returns)
        if key not in self._programs:
            self._programs[key] = self._compile(source, group, returns)
        return self._programs[key]

    def _compile(self, source: str, group: str | None, returns: Returns) -> Program:
        scope = self._scopes[group]
        try:
            compiled = compile_source(self._environments[group], source)
            inspector = Inspector(scope)
            inspector.visit(compiled.tree)
        except CompileFailure as failure:
            raise ExpressionError(source, *explain(str(failure), source, scope)) from None
        except Refused as refused:
            raise ExpressionError(source, refused.problem, refused.advice) from None
        wanted = _RETURNS[returns]
        # filter() and map() over rows give a list of anything: its values are looked at later.
        if compiled.tree.type != wanted and (compiled.tree.type, wanted) not in _OPEN:
            raise ExpressionError(
                source,
                f"it gives {compiled.tree.type}, and {wanted} is needed here",
                "Compare the value to something" if returns is bool else "",
            )
        return _program(source, scope, compiled, inspector.fields)


def _program(
    source: str, scope: Scope, compiled: Compiled, fields: Mapping[str, set[str]]
) -> Program:
    names = sorted(free_names(compiled.tree) & scope.variables.keys())
    variables = tuple(scope.variables[name] for name in names)
    read = {
        variable.name: tuple(
            scope.fields[variable.name][name] for name in sorted(fields.get(variable.name, ()))
        )
        for variable in variables
        if variable.role is Role.ROWS
    }
    return Program(source, scope.group, variables, read, compiled)


def compile_program(
    definition: FormDefinition, source: str, *, group: str | None, returns: Returns
) -> Program:
    """Return the compiled expression. Raises ExpressionError with what to write instead."""
    return _compiler(definition).compile(source, group, returns)


def check_names(definition: FormDefinition) -> None:
    """Refuse items whose names expressions cannot use. Raises ExpressionError."""
    computed = (*(each.name for each in definition.derived), *(t.name for t in definition.tables))
    totals = (name for score in definition.scores for name in score_names(score))
    for name in (*definition.items, *definition.groups, *computed, *totals):
        problem = name_problem(name)
        if problem:
            raise ExpressionError(name, problem, "Rename it")


@once_a_form
def _compiler(definition: FormDefinition) -> _Compiler:
    """Return the compiler of a form. Raises ExpressionError for names it cannot use."""
    check_names(definition)
    return _Compiler(definition)
