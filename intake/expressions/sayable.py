"""What a condition asks, in the few shapes that can be said in words or as a formula.

Read from the compiler's tree, never from the text. How it is said is the work of the forms;
what is not of these shapes is ``Unsaid``, because half a condition is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.expressions.errors import ExpressionError
from intake.expressions.program import Program, compile_program
from intake.expressions.scope import Kind, Role, Variable
from intake.expressions.syntax import Node, Shape
from intake.model.definition import FormDefinition


@dataclass(frozen=True, slots=True)
class Asked:
    """An item and the codes that make the condition true; no code means any answer."""

    item: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when one of its parts is; no part is itself an ``AnyOf``."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """True when all of its parts are; no part is itself an ``AllOf``."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class InAnyRow:
    """True when its part is true in one row of a group."""

    group: str
    part: Condition


@dataclass(frozen=True, slots=True)
class Always:
    """The literal ``true``."""


@dataclass(frozen=True, slots=True)
class OfReason:
    """A test of why an answer is missing: it concerns no answer that a person could give."""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Anything else, by its tree; None where it does not compile."""

    tree: Node | None


Condition = Asked | AnyOf | AllOf | InAnyRow | Always | OfReason | Unsaid


def condition(definition: FormDefinition, source: str, *, group: str | None) -> Condition:
    """Return what a program of a form, or of a group's row, asks. Never raises."""
    try:
        program = compile_program(definition, source, group=group, returns=bool)
    except ExpressionError:
        return Unsaid(None)
    return _Place(program).read(program.compiled.tree)


@dataclass(frozen=True, slots=True)
class _Place:
    """What names mean where a tree is read; in a loop, its variable and its group."""

    program: Program
    row: str = ""
    group: str = ""

    def read(self, node: Node) -> Condition:
        match node:
            case Node(shape=Shape.LITERAL, value=True):
                return Always()
            case Node(shape=Shape.LOOP):
                return self._any_row(node)
            case Node(shape=Shape.CALL, name="_||_" | "_&&_"):
                parts = tuple(self.read(part) for part in _flat(node, node.name))
                return AnyOf(parts) if node.name == "_||_" else AllOf(parts)
            case Node(shape=Shape.CALL, name="!_", children=(operand,)):
                return self._yes_or_given(operand, negated=True) or Unsaid(node)
            case Node(shape=Shape.CALL, name="_==_" | "_!=_" | "@in", children=(left, right)):
                return self._compared(node.name, left, right) or Unsaid(node)
            case _:
                return self._yes_or_given(node, negated=False) or Unsaid(node)

    def _any_row(self, node: Node) -> Condition:
        """Read ``GROUP.exists(r, ...)``: its step is the accumulator, or the part."""
        rows, *_, step, _ = node.children
        named = self._variable(rows)
        match step:
            case Node(name="_||_", children=(Node(name=accumulator), part)) if (
                accumulator == node.hidden and named is not None and named.role is Role.ROWS
            ):
                inside = _Place(self.program, node.name, named.name)
                return InAnyRow(named.name, inside.read(part))
            case _:
                return Unsaid(node)

    def _yes_or_given(self, node: Node, *, negated: bool) -> Condition | None:
        """Read the bare name of a question of yes or no, or of whether one has an answer."""
        variable = self._variable(node)
        if variable is None or variable.item is None or variable.kind is not Kind.BOOL:
            return None
        if variable.role is Role.VALUE:
            return Asked(variable.item.name, ("0" if negated else "1",))
        return Asked(variable.item.name) if variable.role is Role.HAS and not negated else None

    def _compared(self, operator: str, left: Node, right: Node) -> Condition | None:
        """Read an answer compared with written codes, or a reason with written reasons."""
        is_member = operator == "@in" and left.shape is Shape.LITERAL
        asked, written = (right, left) if is_member else (left, right)
        codes = _texts(written)
        variable = self._variable(asked)
        if variable is None or variable.item is None or not codes:
            return None
        if variable.role is Role.WHY:
            return None if operator == "_==_" else OfReason()
        is_known = all(variable.item.option(code) for code in codes)
        if variable.role is not Role.VALUE or operator == "_!=_" or not is_known:
            return None
        return Asked(variable.item.name, codes)

    def _variable(self, node: Node) -> Variable | None:
        match node:
            case Node(shape=Shape.NAME):
                return _named(node.name, self.program.variables)
            case Node(shape=Shape.SELECT, children=(Node(shape=Shape.NAME, name=row),)) if (
                row == self.row
            ):
                return _named(node.name, self.program.fields[self.group])
            case _:
                return None


def _named(name: str, variables: Sequence[Variable]) -> Variable | None:
    return next((variable for variable in variables if variable.name == name), None)


def _flat(node: Node, operator: str) -> Iterator[Node]:
    """Yield what an operator joins, left to right, however the compiler has paired it."""
    if node.shape is Shape.CALL and node.name == operator:
        for child in node.children:
            yield from _flat(child, operator)
    else:
        yield node


def _texts(node: Node) -> tuple[str, ...]:
    """Return the text written in a literal, or the texts of a list; nothing for the rest."""
    each = node.children if node.shape is Shape.LIST else (node,)
    found = tuple(one.value for one in each if isinstance(one.value, str))
    return found if len(found) == len(each) else ()
