"""Which items are asked and which are needed, as the form's expressions say.

The one place of the checks that knows expressions. An item whose relevance is unknown is
neither not applicable nor required. Conditions see values as parsed, before any is held
back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from intake.checks.assemble import Key
from intake.checks.record import row_of
from intake.expressions.bind import Bindings, bind
from intake.expressions.program import Program, compile_program
from intake.model.definition import FormDefinition, Item

Rows = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Judged:
    """Where a kind of condition is certainly true or false, and where it failed."""

    true: frozenset[Key]
    false: frozenset[Key]
    failed: frozenset[Key] = frozenset()


@dataclass(slots=True)
class _Tally:
    true: set[Key] = field(default_factory=set)
    false: set[Key] = field(default_factory=set)
    failed: set[Key] = field(default_factory=set)

    def judged(self) -> Judged:
        return Judged(frozenset(self.true), frozenset(self.false), frozenset(self.failed))


class Conditions:
    """The compiled conditions of one form. Not picklable; compiled once per process."""

    def __init__(self, definition: FormDefinition) -> None:
        """Compile every condition. Raises ExpressionError."""
        self._definition = definition
        self._relevant = self._programs("relevant")
        self._required = self._programs("required")

    def relevance(self, record: Mapping[str, Any], rows: Rows) -> Judged:
        """Say which items of a record are certainly asked (true) or hidden (false).

        A condition that is unknown only because it depends on hidden, empty items hides
        its own item too.
        """
        tally = _Tally()
        views = _Views(self._definition, record)
        for item, row in self._places(rows):
            self._judge(self._relevant, (item, row), views, tally)
            key = (item.name, row)
            if key not in tally.true | tally.false | tally.failed and self._depends_on_hidden(
                (item, row), record, tally.false
            ):
                tally.false.add(key)
        return tally.judged()

    def required(self, record: Mapping[str, Any], rows: Rows) -> Judged:
        """Say which items of a record are certainly needed."""
        tally = _Tally()
        views = _Views(self._definition, record)
        for place in self._places(rows):
            self._judge(self._required, place, views, tally)
        return tally.judged()

    def _programs(self, kind: str) -> dict[str, Program | None]:
        """Return an item's program; None when the condition is always true."""
        found: dict[str, Program | None] = {}
        for item in self._definition.items.values():
            source = getattr(item, kind)
            if source is None:
                continue
            found[item.name] = None if source == "true" else self._compile(item, source)
        return found

    def _compile(self, item: Item, source: str) -> Program:
        return compile_program(self._definition, source, group=item.group, returns=bool)

    def _places(self, rows: Rows) -> Iterator[tuple[Item, int | None]]:
        """Yield what is asked: single items, and the items of filled rows but printed ones."""
        printed = {group.fixed_item for group in self._definition.groups.values()}
        for item in self._definition.items.values():
            if item.name in printed:
                continue
            if item.group is None:
                yield item, None
            else:
                for row in rows.get(item.group, ()):
                    yield item, row

    def _judge(
        self,
        programs: Mapping[str, Program | None],
        place: tuple[Item, int | None],
        views: _Views,
        tally: _Tally,
    ) -> None:
        item, row = place
        key = (item.name, row)
        if item.name not in programs:
            return
        program = programs[item.name]
        if program is None:
            tally.true.add(key)
            return
        answer = program.evaluate(views.of(item, row))
        if answer.error is not None:
            tally.failed.add(key)
        elif answer.is_true:
            tally.true.add(key)
        elif answer.is_false:
            tally.false.add(key)

    def _depends_on_hidden(
        self, place: tuple[Item, int | None], record: Mapping[str, Any], hidden: Set[Key]
    ) -> bool:
        """Say whether every unset item that the condition reads is hidden."""
        item, row = place
        program = self._relevant.get(item.name)
        if program is None:
            return False
        read = [self._definition.items[name] for name in program.items]
        keys = [(each.name, row if each.group == item.group else None) for each in read]
        unset = {key for key in keys if not _is_set(self._definition, record, key)}
        return bool(unset) and unset <= hidden


class _Views:
    """The bindings of a record and of its rows, each made once."""

    def __init__(self, definition: FormDefinition, record: Mapping[str, Any]) -> None:
        self._definition = definition
        self._record = record
        self._made: dict[tuple[str | None, int | None], Bindings] = {}

    def of(self, item: Item, row: int | None) -> Bindings:
        key = (item.group, row)
        if key not in self._made:
            inside = None
            if item.group is not None and row is not None:
                inside = row_of(self._record, item.group, row)
            self._made[key] = bind(self._definition, self._record, inside)
        return self._made[key]


def _is_set(definition: FormDefinition, record: Mapping[str, Any], key: Key) -> bool:
    """Say whether an expression finds a value there: not a reason, not a bound."""
    name, row = key
    item = definition.items[name]
    if item.group is not None and row is None:
        return True
    holder = record if item.group is None or row is None else row_of(record, item.group, row)
    if name not in holder:
        return False
    value = holder[name]
    codes = value if isinstance(value, list) else [value]
    options = [item.option(code) for code in codes] if item.is_choice else []
    return not (options and all(option and option.reason for option in options))
