"""Texts compared with a computed text that can never be it.

Items are checked against their codes by the compiler of expressions. A computed text has
none: what it can be is read from its own expression, where that is written out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from intake.expressions.lint import nearest
from intake.expressions.program import Program
from intake.expressions.syntax import Node, Shape
from intake.model.computed import DerivedType
from intake.model.definition import FormDefinition
from intake.schema.check.places import Fault
from intake.schema.check.written_entries import SchemaEntry

_COMPARED = frozenset({"_==_", "_!=_", "@in"})


def outcomes(node: Node) -> frozenset[str] | None:
    """Return every text that an expression can give, or None when it is not written out."""
    if node.shape is Shape.LITERAL and isinstance(node.value, str):
        return frozenset({node.value})
    if node.shape is Shape.CALL and node.name == "_?_:_":
        found = [outcomes(child) for child in node.children[1:]]
        known = [texts for texts in found if texts is not None]
        return frozenset().union(*known) if len(known) == len(found) else None
    return None


def outcome_faults(
    programs: Iterable[tuple[str, Program]], known: Mapping[str, frozenset[str]]
) -> Iterator[Fault]:
    """Yield each comparison of a computed text with one that it never is."""
    for pointer, program in programs:
        for node in program.compiled.tree.walk():
            if node.shape is Shape.CALL and node.name in _COMPARED:
                yield from _never(pointer, node, known)


def codes_faults(
    entry: SchemaEntry, definition: FormDefinition, found: frozenset[str] | None
) -> Iterator[Fault]:
    """Yield the texts of a computed value that its own codes do not name."""
    derived = next((each for each in definition.derived if each.name == entry.name), None)
    if derived is None or "codes" not in entry.content:
        return
    if derived.type not in (DerivedType.STRING, DerivedType.STRINGS):
        yield Fault(entry.at("codes"), "only a text has codes", "Take them out")
    absent = sorted((found or frozenset()) - derived.codes.keys())
    if absent:
        yield Fault(entry.at("codes"), f"{', '.join(absent)} has no words", "Add it to the list")


def _never(pointer: str, node: Node, known: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    for one, other in (node.children, reversed(node.children)):
        texts = known.get(one.name) if one.shape in (Shape.NAME, Shape.SELECT) else None
        if texts is None:
            continue
        written = other.children if other.shape is Shape.LIST else (other,)
        for each in written:
            if isinstance(each.value, str) and each.value not in texts:
                advice = nearest(each.value, dict.fromkeys(texts))
                problem = f"{one.name} is never {each.value!r}"
                yield Fault(pointer, problem, advice or f"It can be {', '.join(sorted(texts))}")
