"""Compile an expression of a form once per process; evaluate it on many records.

The four ends of a condition: true, false, unknown (an operand is unset or does not
settle it), error (our fault, never silent). Programs cannot be pickled: each process
compiles its own.
"""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from intake.expressions.bind import Bindings, WrongValue
from intake.expressions.engine import (
    Answer,
    Compiled,
    CompileFailure,
    compile_source,
    make_environment,
)
from intake.expressions.errors import ExpressionError
from intake.expressions.lint import Inspector, Refused
from intake.expressions.problems import explain
from intake.expressions.scope import Role, Scope, Variable, make_scope, name_problem
from intake.expressions.syntax import Shape, free_names
from intake.model.definition import FormDefinition

_RETURNS = {bool: "bool", int: "int", float: "double", str: "string"}


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
        everything = [*self.variables, *(f for fields in self.fields.values() for f in fields)]
        return frozenset(each.item.name for each in everything if each.item is not None)

    @cached_property
    def literals(self) -> tuple[bool | int | float | str, ...]:
        """Return the values written in it."""
        nodes = self.compiled.tree.walk()
        found = (node.value for node in nodes if node.shape is Shape.LITERAL)
        return tuple(value for value in found if value is not None)

    def evaluate(self, bindings: Bindings) -> Answer:
        """Return its answer for one record or row; never raises for what data can hold."""
        try:
            data = bindings.collect(self.variables, self.fields)
        except WrongValue as fault:
            return Answer(error=str(fault))
        return self.compiled.run(data)


class _Compiler:
    """The environments and programs of one definition."""

    def __init__(self, definition: FormDefinition) -> None:
        self._scopes = {g: make_scope(definition, g) for g in (None, *definition.groups)}
        self._environments = {g: make_environment(s) for g, s in self._scopes.items()}
        self._programs: dict[tuple[str, str | None, type], Program] = {}

    def compile(self, source: str, group: str | None, returns: type) -> Program:
        key = (source, group, returns)
        if key not in self._programs:
            self._programs[key] = self._compile(source, group, returns)
        return self._programs[key]

    def _compile(self, source: str, group: str | None, returns: type) -> Program:
        scope = self._scopes[group]
        try:
            compiled = compile_source(self._environments[group], source)
            inspector = Inspector(scope)
            inspector.visit(compiled.tree)
        except CompileFailure as failure:
            raise ExpressionError(source, *explain(str(failure), source, scope)) from None
        except Refused as refused:
            raise ExpressionError(source, refused.problem, refused.advice) from None
        if compiled.tree.type != _RETURNS[returns]:
            raise ExpressionError(
                source,
                f"it gives {compiled.tree.type}, and {_RETURNS[returns]} is needed here",
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


_compilers: dict[int, tuple[weakref.ref[FormDefinition], _Compiler]] = {}


def compile_program(
    definition: FormDefinition, source: str, *, group: str | None, returns: type
) -> Program:
    """Return the compiled expression. Raises ExpressionError with what to write instead."""
    return _compiler(definition).compile(source, group, returns)


def check_names(definition: FormDefinition) -> None:
    """Refuse items whose names expressions cannot use. Raises ExpressionError."""
    for name in (*definition.items, *definition.groups):
        problem = name_problem(name)
        if problem:
            raise ExpressionError(name, problem, "Rename it")


def _compiler(definition: FormDefinition) -> _Compiler:
    """Return the definition's own compiler; two forms never share one by accident."""
    key = id(definition)
    known = _compilers.get(key)
    if known is not None and known[0]() is definition:
        return known[1]
    check_names(definition)
    made = _Compiler(definition)
    _compilers[key] = (weakref.ref(definition, lambda _: _compilers.pop(key, None)), made)
    return made
