"""The only file that touches CEL: environments, compiling, running, reading its errors.

An evaluation never raises there: it gives an error value, and "unset" is told from our
own faults by its text only. Those texts are pinned with the package and tested.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cel_expr_python import cel  # type: ignore[import-untyped]  # it ships no py.typed

from intake.expressions.functions import FUNCTIONS, NOT_SETTLED
from intake.expressions.scope import Kind, Scope
from intake.expressions.syntax import Node, read_tree

_UNSET = re.compile(r'UNKNOWN: No value with name "(\w+)" found in Activation')
_NO_KEY = "NOT_FOUND: Key not found in map"
_TYPES = {
    "bool": cel.Type.BOOL,
    "int": cel.Type.INT,
    "double": cel.Type.DOUBLE,
    "string": cel.Type.STRING,
    "list(bool)": cel.Type.List(cel.Type.BOOL),
    "list(int)": cel.Type.List(cel.Type.INT),
    "list(double)": cel.Type.List(cel.Type.DOUBLE),
    "list(string)": cel.Type.List(cel.Type.STRING),
    "list(list(int))": cel.Type.List(cel.Type.List(cel.Type.INT)),
    Kind.NUMBER_BY_TEXT.value: cel.Type.Map(cel.Type.STRING, cel.Type.DOUBLE),
    Kind.TEXT_BY_TEXT.value: cel.Type.Map(cel.Type.STRING, cel.Type.STRING),
    Kind.TEXTS_BY_TEXT.value: cel.Type.Map(cel.Type.STRING, cel.Type.List(cel.Type.STRING)),
    Kind.ROWS.value: cel.Type.List(cel.Type.Map(cel.Type.STRING, cel.Type.DYN)),
}


class CompileFailure(Exception):
    """The compiler's own words, to be translated."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an expression gives: a value, unknown (not ``known``), or our own fault."""

    value: Any = None
    known: bool = False
    error: str | None = None

    @property
    def is_true(self) -> bool:
        """Say whether the answer is certainly true."""
        return self.known and self.value is True

    @property
    def is_false(self) -> bool:
        """Say whether the answer is certainly false."""
        return self.known and self.value is False


UNKNOWN = Answer()


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled expression, its typed tree and the type it returns. Not picklable."""

    expression: cel.Expression
    tree: Node

    def run(self, data: Mapping[str, Any]) -> Answer:
        """Evaluate with the set values of the names it uses."""
        try:
            result = self.expression.eval(data=data)
            value = result.plain_value()
        except RuntimeError as fault:
            return Answer(error=str(fault))
        if result.type() == cel.Type.ERROR:
            return _failed(str(value), data)
        if isinstance(value, float) and not math.isfinite(value):
            return Answer(error=f"the result is {value}, not a number")
        if value is None or result.type() == cel.Type.UNKNOWN:
            return Answer(error="the result has no type")
        return Answer(value, known=True)


def make_environment(scope: Scope) -> cel.Env:
    """Return the typed environment of one scope."""
    variables = {name: _TYPES[each.kind.value] for name, each in scope.variables.items()}
    declared = [
        cel.FunctionDecl(
            each.name,
            [
                cel.Overload(
                    id=f"own_{each.name}",
                    return_type=_TYPES[each.returns],
                    parameters=[_TYPES[p] for p in each.parameters],
                    impl=each.call,
                )
            ],
        )
        for each in FUNCTIONS
    ]
    return cel.NewEnv(variables=variables, functions=declared)


def compile_source(environment: cel.Env, source: str) -> Compiled:
    """Compile and type one expression. Raises CompileFailure."""
    try:
        expression = environment.compile(source)
    except RuntimeError as fault:
        raise CompileFailure(str(fault)) from fault
    return Compiled(expression, read_tree(expression.serialize()))


def _failed(text: str, data: Mapping[str, Any]) -> Answer:
    """Tell an unset operand from a fault; whatever is not recognised is a fault."""
    unset = _UNSET.fullmatch(text)
    if unset is not None and unset[1] not in data:
        return UNKNOWN
    if text.startswith(_NO_KEY) or text == f"UNKNOWN: {NOT_SETTLED}":
        return UNKNOWN
    return Answer(error=text)
