"""The compiler's own typed tree, read from the bytes it serialises to.

Checks that look into an expression (literals against codes, divisions, dates) work on
this tree, never on the text. Only the fields of ``cel.expr.CheckedExpr`` that those checks
need are read. Nothing here judges an expression.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_PRIMITIVES = {1: "bool", 2: "int", 3: "uint", 4: "double", 5: "string", 6: "bytes"}


class Shape(StrEnum):
    """The kinds of node of a tree."""

    LITERAL = "literal"
    NAME = "name"
    SELECT = "select"
    CALL = "call"
    LIST = "list"
    MAP = "map"
    LOOP = "loop"


@dataclass(frozen=True, slots=True)
class Node:
    """One node: a literal's value, a name, a call with its arguments...

    A loop (``exists``, ``all``, ``map``, ``filter``) has its variable as ``name``, what it
    runs over as first child; ``hidden`` is the accumulator that the macro adds.
    """

    shape: Shape
    type: str
    name: str = ""
    value: bool | int | float | str | None = None
    children: tuple[Node, ...] = ()
    hidden: str = ""

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def read_tree(serialised: bytes) -> Node:
    """Return the typed tree of a serialised compiled expression."""
    checked = _one(serialised, 2)
    types: dict[int, str] = {}
    for number, entry in _fields(checked):
        if number == 3 and isinstance(entry, bytes):
            parts = dict(_fields(entry))
            key, kind = parts.get(1), parts.get(2, b"")
            if isinstance(key, int) and isinstance(kind, bytes):
                types[key] = _type_name(kind)
    return _node(_one(checked, 4), types)


def free_names(node: Node, bound: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the names a tree takes from its surroundings."""
    if node.shape is Shape.NAME:
        return frozenset() if node.name in bound else frozenset({node.name})
    if node.shape is not Shape.LOOP:
        return frozenset().union(*(free_names(child, bound) for child in node.children))
    source, *rest = node.children
    inside = bound | {node.name, node.hidden}
    return free_names(source, bound).union(*(free_names(child, inside) for child in rest))


def _node(message: bytes, types: Mapping[int, str]) -> Node:
    parts = list(_fields(message))
    key = next((value for number, value in parts if number == 2), 0)
    kind = types.get(key, "dyn") if isinstance(key, int) else "dyn"
    for number, body in parts:
        if number in _READERS and isinstance(body, bytes):
            return _READERS[number](body, kind, types)
    return Node(Shape.LITERAL, kind)


def _literal(body: bytes, kind: str, types: Mapping[int, str]) -> Node:
    value: bool | int | float | str | None = None
    for number, raw in _fields(body):
        if number == 2:
            value = bool(raw)
        elif number == 3 and isinstance(raw, int):
            value = raw - (1 << 64) if raw >> 63 else raw
        elif number == 5 and isinstance(raw, bytes):
            value = float(struct.unpack("<d", raw)[0])
        elif number == 6 and isinstance(raw, bytes):
            value = raw.decode()
    return Node(Shape.LITERAL, kind, value=value)


def _name(body: bytes, kind: str, types: Mapping[int, str]) -> Node:
    return Node(Shape.NAME, kind, _text(body, 1))


def _select(body: bytes, kind: str, types: Mapping[int, str]) -> Node:
    return Node(Shape.SELECT, kind, _text(body, 2), children=(_node(_one(body, 1), types),))


def _call(body: bytes, kind: str, types: Mapping[int, str]) -> Node:
    target = _every(body, 1)
    children = tuple(_node(each, types) for each in [*target, *_every(body, 3)])
    return Node(Shape.CALL, kind, _text(body, 2), children=children)


def _list(body: bytes, kind: str, types: Mapping[int, str]) -> Node:
    return Node(Shape.LIST, kind, children=tuple(_node(e, types) for e in _every(body, 1)))


def _map(body: bytes, kind: str, types: Mapping[int, str]) -> Node:
    parts = [part for entry in _every(body, 2) for n in (3, 4) for part in _every(entry, n)]
    return Node(Shape.MAP, kind, children=tuple(_node(part, types) for part in parts))


def _loop(body: bytes, kind: str, types: Mapping[int, str]) -> Node:
    parts = tuple(_node(part, types) for number in (2, 4, 5, 6, 7) for part in _every(body, number))
    return Node(Shape.LOOP, kind, _text(body, 1), children=parts, hidden=_text(body, 3))


_READERS = {3: _literal, 4: _name, 5: _select, 6: _call, 7: _list, 8: _map, 9: _loop}


def _type_name(message: bytes) -> str:
    for number, body in _fields(message):
        if number == 3 and isinstance(body, int):
            return _PRIMITIVES.get(body, "dyn")
        if number == 6 and isinstance(body, bytes):
            return f"list({_type_name(_one(body, 1))})"
        if number == 7 and isinstance(body, bytes):
            return f"map({_type_name(_one(body, 1))}, {_type_name(_one(body, 2))})"
        if number == 2:
            return "null"
    return "dyn"


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield the numbered fields of one protocol buffer message."""
    at, end = 0, len(message)
    while at < end:
        # Nearly all keys and lengths are below 128: one byte, read without a call.
        key, at = (message[at], at + 1) if message[at] < 128 else _varint(message, at)
        wire = key & 7
        if wire == _VARINT:
            value, at = _varint(message, at)
            yield key >> 3, value
            continue
        if wire == _BYTES:
            length, at = (message[at], at + 1) if message[at] < 128 else _varint(message, at)
        else:
            length = {_FIXED64: 8, _FIXED32: 4}[wire]
        yield key >> 3, message[at : at + length]
        at += length


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def _every(message: bytes, wanted: int) -> list[bytes]:
    return [v for number, v in _fields(message) if number == wanted and isinstance(v, bytes)]


def _one(message: bytes, wanted: int) -> bytes:
    found = _every(message, wanted)
    return found[0] if found else b""


def _text(message: bytes, wanted: int) -> str:
    return _one(message, wanted).decode()
