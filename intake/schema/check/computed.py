"""Rules, derived values and scores compiled, ordered, and tried on random records.

A rule must fire on some record and not on all; a value must be computed on some; nothing
may end in an error where no answer is missing. A value of the dataset must not tell a
calendar date or repeat what identifies.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from intake.expressions.bind import Bindings, RecordBindings
from intake.expressions.computed.computing import RETURNS, Computed, Computer
from intake.expressions.errors import ExpressionError
from intake.expressions.program import Program, Returns, compile_program
from intake.expressions.scope import Kind, Role
from intake.expressions.syntax import Shape
from intake.model.computed import DerivedType
from intake.model.definition import FormDefinition
from intake.schema.check.outcomes import codes_faults, outcome_faults, outcomes
from intake.schema.check.places import DocumentPlaces, Fault, array, mapping
from intake.schema.check.written_entries import DERIVED, RULES, SchemaEntry, entries
from intake.schema.sample.near_values import small_record
from intake.schema.sample.record import sample_record

_SEED = 20100101
_ATTEMPTS = 600
_HIDING = "Compute a number of days between two dates, or say internal"


@dataclass
class _Tried:
    """A rule, and what it gave on the records tried so far."""

    entry: SchemaEntry
    program: Program
    fired: bool = False
    rested: bool = False
    error: str | None = None

    @property
    def is_over(self) -> bool:
        """Say whether more records can teach nothing."""
        return self.error is not None or (self.fired and self.rested)

    def run(self, bindings: Bindings) -> None:
        """Evaluate once more."""
        answer = self.program.evaluate(bindings)
        self.error = self.error or answer.error
        self.fired = self.fired or answer.is_true
        self.rested = self.rested or not answer.is_true

    def faults(self) -> Iterator[Fault]:
        """Yield what was learnt."""
        where = self.entry.at("when")
        if self.error is not None:
            advice = "Correct the expression: a missing answer is no error, this is something else"
            yield Fault(where, f"it ends in an error on some records: {self.error}", advice)
        elif not self.fired:
            yield Fault(where, "it can never fire: no record makes it true", "Correct it")
        elif not self.rested:
            yield Fault(where, "it fires on every record", "Correct it: true means a slip")


@dataclass
class _Trials:
    """All that is tried, and the computed values seen."""

    definition: FormDefinition
    computer: Computer
    rules: list[_Tried]
    seen: set[str] = field(default_factory=set)
    failed: dict[str, str] = field(default_factory=dict)

    def run(self, record: Mapping[str, Any]) -> None:
        """Try everything on one record."""
        computed = self.computer.compute(record)
        self._note(computed)
        whole = RecordBindings(self.definition, record, computed.values)
        for tried in self.rules:
            if not tried.is_over:
                for bindings in _places(tried.entry.group, whole):
                    tried.run(bindings)

    def run_small(self, tried: _Tried, rng: random.Random) -> None:
        """Try one rule on records of only what it reads, near the values that it names."""
        programs = _closure(tried.program, self.computer)
        for _ in range(_ATTEMPTS):
            if tried.is_over:
                return
            record = small_record(self.definition, programs, tried.entry.group, rng)
            values = self.computer.compute(record).values
            whole = RecordBindings(self.definition, record, values)
            for bindings in _places(tried.entry.group, whole):
                tried.run(bindings)

    def _note(self, computed: Computed) -> None:
        self.failed |= computed.failed
        for name, value in computed.values.items():
            rows = value if name in self.definition.groups else ()
            self.seen |= {name, *(each for row in rows for each in row)}


def computed_faults(
    definition: FormDefinition, places: DocumentPlaces, records: int, *, tried: bool = True
) -> Iterator[Fault]:
    """Yield the faults of rules, derived values and scores.

    The last are seen on so many random records, left out when ``tried`` is false.
    """
    faults: list[Fault] = []
    rules: list[_Tried] = []
    compiled: list[tuple[str, Program]] = []
    texts: dict[str, frozenset[str]] = {}
    for entry in entries(places):
        for pointer, source, returns in _programs(entry):
            try:
                program = compile_program(definition, source, group=entry.group, returns=returns)
            except ExpressionError as fault:
                faults.append(Fault(pointer, fault.problem, fault.advice))
                continue
            compiled.append((pointer, program))
            if entry.keyword == RULES:
                rules.append(_Tried(entry, program))
            elif pointer.endswith("/expression"):
                faults += _telling_faults(entry, pointer, program)
                found = outcomes(program.compiled.tree)
                texts |= {entry.name: found} if found is not None else {}
                faults += codes_faults(entry, definition, found)
    faults += outcome_faults(compiled, texts)
    yield from faults
    if not faults:
        yield from _ordered_faults(definition, places, rules, records if tried else 0)


def _programs(entry: SchemaEntry) -> Iterator[tuple[str, str, Returns]]:
    """Yield each expression of an entry with its pointer and what it must give."""
    content = entry.content
    if entry.keyword == RULES:
        yield entry.at("when"), str(content.get("when")), bool
    elif entry.keyword == DERIVED:
        kind = content.get("type")
        if kind in set(DerivedType):
            yield entry.at("expression"), str(content.get("expression")), RETURNS[DerivedType(kind)]
        if "relevant" in content:
            yield entry.at("relevant"), str(content["relevant"]), bool
    else:
        for index, part in enumerate(array(content.get("parts"))):
            yield entry.at("parts", index, "points"), str(mapping(part).get("points")), int


def _telling_faults(entry: SchemaEntry, pointer: str, program: Program) -> Iterator[Fault]:
    """Yield a value of the dataset that would tell a date, or repeat a private text."""
    if entry.content.get("internal"):
        return
    tree, kind = program.compiled.tree, entry.content.get("type")
    private = [
        v.name
        for v in program.variables
        if v.role is Role.VALUE and v.item is not None and v.kind is Kind.TEXT and v.codes is None
    ]
    if private and kind in (DerivedType.STRING, DerivedType.STRINGS):
        yield Fault(pointer, f"it may repeat {private[0]}", "Free text stays in its own item")
    if kind in (DerivedType.STRING, DerivedType.STRINGS, DerivedType.BOOLEAN):
        return
    named = tree.shape is Shape.NAME and tree.name.startswith("day_")
    literal = any(node.shape is Shape.CALL and node.name == "date" for node in tree.walk())
    if named or literal:
        yield Fault(pointer, "its value would tell a calendar date", _HIDING)


def _ordered_faults(
    definition: FormDefinition, places: DocumentPlaces, rules: list[_Tried], records: int
) -> Iterator[Fault]:
    made = [entry for entry in entries(places) if entry.keyword != RULES]
    try:
        computer = Computer(definition)
    except ExpressionError as fault:
        where = next((e.pointer for e in made if fault.source in str(e.content.values())), "")
        yield Fault(where, fault.problem, fault.advice)
        return
    if not records or not (rules or made):
        return
    rng = random.Random(_SEED)  # noqa: S311 - the same records at every check, nothing secret
    trials = _Trials(definition, computer, rules)
    for _ in range(records):
        trials.run(sample_record(definition, rng, full=True))
    for rule in rules:
        trials.run_small(rule, rng)
        yield from rule.faults()
    yield from _value_faults(made, trials)


def _value_faults(made: list[SchemaEntry], trials: _Trials) -> Iterator[Fault]:
    for entry in made:
        failed = [n for n in trials.failed if n == entry.name or n.startswith(f"{entry.name}_")]
        for name in failed:
            yield Fault(entry.pointer, f"{name} ends in an error: {trials.failed[name]}", "")
        if entry.keyword == DERIVED and not failed and entry.name not in trials.seen:
            problem = "it can never be computed: it stays unset on every full record"
            yield Fault(entry.at("expression"), problem, "Correct it, or its condition")


def _places(group: str | None, whole: RecordBindings) -> Iterator[Bindings]:
    if group is None:
        yield whole.form()
        return
    for row in whole.rows(group):
        yield whole.row(group, row)


def _closure(program: Program, computer: Computer) -> tuple[Program, ...]:
    """Return a program and all those whose values it reads, directly or not."""
    makers = {name: step for step in computer.steps for name in step.names}
    found, waiting = [program], list(program.computed)
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen and name in makers:
            seen.update(makers[name].names)
            for each in makers[name].programs:
                found.append(each)
                waiting += each.computed
    return tuple(found)
