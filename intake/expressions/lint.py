"""What the compiler accepts and yet can never be right, found in the typed tree.

Texts that an item can never hold, dates compared as lists, divisions that hide a zero,
fields of rows (which the compiler does not type). Says also which fields are used.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import replace

from intake.expressions.days import interval
from intake.expressions.functions import FUNCTIONS
from intake.expressions.scope import Kind, Role, Scope, Variable
from intake.expressions.syntax import Node, Shape
from intake.model.time_of_day import is_time_of_day

_EQUAL = frozenset({"_==_", "_!=_", "@in"})
_ORDER = frozenset({"_<_", "_<=_", "_>_", "_>=_"})
_LOGIC = frozenset({"_&&_", "_||_", "!_"})
_CHOOSE = "_?_:_"
_OWN = {function.name: function for function in FUNCTIONS}
_Loops = Mapping[str, "Variable | frozenset[str]"]


class Refused(Exception):
    """An expression that compiles and must not be used."""

    def __init__(self, problem: str, advice: str) -> None:
        """Keep both sentences."""
        super().__init__(problem)
        self.problem = problem
        self.advice = advice


class Inspector:
    """Walk one tree; ``fields`` then holds the row fields it reads, by group."""

    def __init__(self, scope: Scope) -> None:
        """Start with no field seen."""
        self._scope = scope
        self.fields: dict[str, set[str]] = {}

    def visit(self, node: Node, loops: _Loops | None = None) -> None:
        """Check a node and all below it. Raises Refused."""
        inside = loops or {}
        if node.shape is Shape.LOOP:
            self._loop(node, inside)
            return
        if node.shape is Shape.LITERAL and node.type == "null":
            raise Refused("nothing is ever null", "Missing is unset: write !has_X or why_X")
        if node.shape is Shape.SELECT:
            self._field(node, inside)
        for child in node.children:
            self.visit(child, inside)
        if node.shape is Shape.CALL:
            self._call(node, inside)

    def _loop(self, node: Node, loops: _Loops) -> None:
        if node.name in self._scope.variables:
            raise Refused(
                f"{node.name!r} is already the name of an item", "Give the loop another name, as r"
            )
        source, *rest = node.children
        self.visit(source, loops)
        found = self._element(source, loops)
        inside = {**loops, node.name: found} if found is not None else loops
        for child in rest:
            self.visit(child, inside)

    def _element(self, source: Node, loops: _Loops) -> Variable | frozenset[str] | None:
        """Return what a loop's variable is: a row, a code of an item, or literal texts."""
        group = self._group(source)
        if group is not None:
            return Variable(group, Kind.ROWS, Role.ROWS, group=group)
        texts = _texts(source, loops)
        if texts:
            return texts
        item = self._variable(source, loops)
        if item is None or item.kind is not Kind.CODES:
            return None
        return replace(item, kind=Kind.TEXT)

    def _group(self, node: Node) -> str | None:
        if node.shape is Shape.LOOP and node.type == Kind.ROWS.value:
            return self._group(node.children[0])
        named = self._scope.variables.get(node.name) if node.shape is Shape.NAME else None
        return named.group if named is not None and named.role is Role.ROWS else None

    def _field(self, node: Node, loops: _Loops) -> None:
        operand = node.children[0]
        row = loops.get(operand.name) if operand.shape is Shape.NAME else None
        if not isinstance(row, Variable) or row.group is None or row.role is not Role.ROWS:
            raise Refused(
                f"it is not known what '.{node.name}' belongs to",
                "Write GROUP.exists(r, r.ITEM ...)",
            )
        names = self._scope.fields[row.group]
        if node.name not in names:
            raise Refused(f"{node.name!r} is not asked in {row.group}", nearest(node.name, names))
        self.fields.setdefault(row.group, set()).add(node.name)

    def _column(self, node: Node) -> None:
        """Check the field of the rows that a function reads, and note it."""
        rows, named = node.children[:2]
        group, function = self._group(rows), _OWN[node.name]
        if group is None or not isinstance(named.value, str):
            raise Refused(
                f"{node.name} reads a written field of a group", f"It is {function.signature}"
            )
        fields = self._scope.fields[group]
        found = fields.get(named.value)
        if found is None:
            raise Refused(f"{named.value!r} is not asked in {group}", nearest(named.value, fields))
        if f"list({found.kind.value})" != function.returns:
            raise Refused(
                f"{named.value} is no {function.returns[5:-1]}", f"It is {function.signature}"
            )
        self.fields.setdefault(group, set()).add(named.value)

    def _variable(self, node: Node, loops: _Loops) -> Variable | None:
        if node.shape is Shape.NAME:
            local = loops.get(node.name)
            found = local if local is not None else self._scope.variables.get(node.name)
            return found if isinstance(found, Variable) else None
        if node.shape is Shape.SELECT:
            row = self._variable(node.children[0], loops)
            return self._scope.fields[row.group].get(node.name) if row and row.group else None
        return None

    def _type(self, node: Node, loops: _Loops) -> str:
        """Return a node's type, looking through the row fields the compiler leaves open."""
        variable = self._variable(node, loops) if node.type == "dyn" else None
        return variable.kind.value if variable is not None else node.type

    def _call(self, node: Node, loops: _Loops) -> None:
        types = [self._type(child, loops) for child in node.children]
        if node.name in _EQUAL:
            self._equality(node, types, loops)
        elif node.name in _ORDER:
            _ordered(types)
            self._times(node, loops)
        elif node.name in _LOGIC or node.name == _CHOOSE:
            _all_booleans(node, types)
        elif node.name in _OWN:
            _own_call(node, types)
            if _OWN[node.name].column:
                self._column(node)
        elif node.name in ("_/_", "_%_"):
            _division(node)
        elif node.name == "_[_]" and self._has_no_places(node.children[0], loops):
            raise Refused("answers have no place number", "Write exists(...), in, or a function")
        elif node.name == "dyn":
            raise Refused("dyn() hides the types", "Compare values of one type")
        if node.name in ("_[_]", "@in"):
            self._look_up(node, loops)

    def _look_up(self, node: Node, loops: _Loops) -> None:
        """Check the keys of a table, or the texts it holds, against the codes looked up."""
        key, table = node.children if node.name == "@in" else reversed(node.children)
        variable = self._variable(key, loops)
        if variable is None or variable.codes is None:
            return
        held = self._held(table, loops)
        if held is not None:
            _possible(variable, held, None)

    def _held(self, node: Node, loops: _Loops) -> frozenset[str] | None:
        """Return the keys of a table, or all the texts that one of its entries can hold."""
        named = self._variable(node, loops)
        if named is not None and named.table is not None:
            return frozenset(named.table.by_key)
        if node.shape is not Shape.CALL or node.name != "_[_]":
            return None
        inside = self._variable(node.children[0], loops)
        if inside is None or inside.table is None:
            return None
        listed = [v for v in inside.table.by_key.values() if isinstance(v, tuple)]
        return frozenset(text for texts in listed for text in texts)

    def _is_date(self, node: Node, loops: _Loops) -> bool:
        """Tell a date from a written list of whole numbers, which has the same type."""
        if node.shape is Shape.CALL and node.name == _CHOOSE:
            return any(self._is_date(child, loops) for child in node.children[1:])
        if node.shape is Shape.CALL:
            return node.name in _OWN and _OWN[node.name].returns == Kind.DATE.value
        variable = self._variable(node, loops)
        return variable is not None and variable.kind is Kind.DATE and not variable.listed

    def _has_no_places(self, node: Node, loops: _Loops) -> bool:
        variable = self._variable(node, loops)
        listed = variable is not None and variable.kind in (Kind.ROWS, Kind.CODES)
        if variable is not None and variable.role is Role.COMPUTED:
            return listed and variable.kind is Kind.ROWS
        return listed or self._is_date(node, loops)

    def _equality(self, node: Node, types: list[str], loops: _Loops) -> None:
        if any(self._is_date(child, loops) for child in node.children):
            raise Refused(
                "dates are intervals and cannot be compared so",
                'Write before(a, b) or differ(a, b); a literal is date("2010-01-01")',
            )
        if node.name != "@in":
            if Kind.CODES.value in types:
                raise Refused("a multiple choice has no order", 'Write "code" in ITEM')
            _same_types(types)
        self._times(node, loops)
        left, right = node.children
        for one, other in ((left, right), (right, left)):
            variable = self._variable(one, loops)
            if variable is not None and variable.codes is not None:
                _possible(variable, _texts(other, loops), self._variable(other, loops))

    def _times(self, node: Node, loops: _Loops) -> None:
        """Check what times of day are compared with: as texts, only times are in order."""
        left, right = node.children
        for one, other in ((left, right), (right, left)):
            if not self._is_time(one, loops):
                continue
            for text in sorted(_texts(other, loops)):
                if not is_time_of_day(text):
                    raise Refused(f"{text!r} is no time of day", 'Write for instance "08:05"')
            named = self._variable(other, loops)
            if named is not None and not self._is_time(other, loops):
                raise Refused(f"{named.name} is no time of day", "Compare two times")

    def _is_time(self, node: Node, loops: _Loops) -> bool:
        found = self._variable(node, loops)
        if found is None or found.item is None or found.role is not Role.VALUE:
            return False
        return found.item.is_time


def nearest(name: str, known: Mapping[str, object]) -> str:
    """Return a sentence with the likeliest intended name, or nothing."""
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return f"Did you mean {close[0]}?" if close else ""


def _possible(variable: Variable, texts: frozenset[str], other: Variable | None) -> None:
    codes = variable.codes or frozenset()
    for text in sorted(texts - codes):
        raise _never(variable, text)
    if other is not None and other.codes is not None and not codes & other.codes:
        raise Refused(f"{variable.name} and {other.name} share no code", "Compare other items")


def _never(variable: Variable, text: str) -> Refused:
    problem = f"{variable.name} is never {text!r}"
    if variable.item is not None and variable.role is Role.VALUE:
        option = variable.item.option(text)
        if option is not None and option.reason is not None:
            reason = f'why_{variable.item.name} == "{option.reason.value}"'
            return Refused(problem, f"This code is a missing reason: write {reason}")
    return Refused(problem, f"It can be {', '.join(sorted(c for c in variable.codes or () if c))}")


def _texts(node: Node, loops: _Loops) -> frozenset[str]:
    """Return the literal texts a node can be, as far as they are written out."""
    if node.shape is Shape.LITERAL:
        return frozenset({node.value}) if isinstance(node.value, str) else frozenset()
    if node.shape is Shape.NAME:
        known = loops.get(node.name)
        return known if isinstance(known, frozenset) else frozenset()
    children = node.children if node.shape is Shape.LIST else ()
    if node.shape is Shape.CALL and node.name == _CHOOSE:
        children = node.children[1:]
    return frozenset().union(*(_texts(child, loops) for child in children))


def _ordered(types: list[str]) -> None:
    if Kind.DATE.value in types:
        raise Refused("dates are intervals: < does not exist", "Write before(a, b)")
    _same_types(types)


def _same_types(types: list[str]) -> None:
    known = [each for each in types if each != "dyn"]
    if len(known) == 2 and known[0] != known[1]:
        raise Refused(f"{known[0]} and {known[1]} are compared", "Compare values of one type")


def _all_booleans(node: Node, types: list[str]) -> None:
    wanted = types[:1] if node.name == _CHOOSE else types
    for kind in wanted:
        if kind not in ("bool", "dyn"):
            raise Refused(f"{kind} stands where true or false is needed", "Compare it to something")


def _own_call(node: Node, types: list[str]) -> None:
    function = _OWN[node.name]
    for kind, wanted in zip(types, function.parameters, strict=True):
        if kind not in (wanted, "dyn") and "dyn" not in kind:
            raise Refused(f"{node.name} is given {kind}", f"It is {function.signature}")
    if not function.literal:
        return
    value = node.children[0].value
    if not isinstance(value, str):
        raise Refused(f"{node.name}() takes a written text", f'Write {node.name}("2010-01-01")')
    try:
        interval(value)
    except ValueError as fault:
        raise Refused(str(fault), 'Write for instance date("2010-01-01")') from fault


def _division(node: Node) -> None:
    divisor = node.children[1]
    if divisor.shape is not Shape.LITERAL or not divisor.value:
        raise Refused("a division by zero is hidden or infinite", "Write ratio(a, b)")
    if node.name == "_/_" and node.type != "double":
        raise Refused("whole numbers lose their rest: 5 / 2 is 2", "Write ratio(a, b)")
