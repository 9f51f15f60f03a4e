"""The expressions of a form: compiled, typed, free of cycles, and tried on random records.

A program must never end in an error on a full record, where nothing is unset to hide
behind; and a condition must be seen both true and false on some record.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intake.expressions.bind import Bindings, bind
from intake.expressions.engine import Answer
from intake.expressions.errors import ExpressionError
from intake.expressions.program import Program, compile_program
from intake.model.definition import FormDefinition, Item
from intake.schema.check.computed import computed_faults
from intake.schema.check.places import DocumentPlace, DocumentPlaces, Fault
from intake.schema.sample.near_values import small_record
from intake.schema.sample.record import sample_record

FULL_RECORDS = 200
_ATTEMPTS = 600
"""Small records tried to see a condition both ways, when full ones did not show it."""
_SEED = 20100101
_KEYWORDS = ("x-relevant", "x-required")


@dataclass(frozen=True)
class Condition:
    """One condition of the form and every place where it is written."""

    program: Program
    places: tuple[tuple[str, str], ...]
    """(pointer, keyword) of each place."""


def program_faults(
    definition: FormDefinition, places: DocumentPlaces, *, tried: bool = True
) -> Iterator[Fault]:
    """Yield expressions that do not compile, cycles, errors, conditions that never change.

    The last two are seen on random records, left out when ``tried`` is false.
    """
    compiled: dict[tuple[str, str | None], Condition] = {}
    for place, keyword, source, group in _sources(places):
        pointer = place.at(keyword)
        try:
            program = compile_program(definition, source, group=group, returns=bool)
        except ExpressionError as fault:
            yield Fault(pointer, fault.problem, fault.advice)
            continue
        if program.computed:
            named = ", ".join(sorted(program.computed))
            yield Fault(
                pointer, f"it reads {named}, which is computed later", "Name questions only"
            )
        known = compiled.get((source, group))
        before = known.places if known is not None else ()
        compiled[source, group] = Condition(program, (*before, (pointer, keyword)))
    yield from _cycle_faults(definition, places)
    if tried:
        yield from _run_faults(definition, list(compiled.values()))
    yield from computed_faults(definition, places, FULL_RECORDS, tried=tried)


def _sources(places: DocumentPlaces) -> Iterator[tuple[DocumentPlace, str, str, str | None]]:
    for place in [*places.groups, *places.items]:
        for keyword in _KEYWORDS:
            source = place.value.get(keyword)
            if isinstance(source, str):
                yield place, keyword, source, place.group


def _cycle_faults(definition: FormDefinition, places: DocumentPlaces) -> Iterator[Fault]:
    """Yield each item whose relevance depends on itself, through others or not."""
    needs = {item.name: _needs(definition, item) for item in definition.items.values()}
    pointers = {place.name: place.at("x-relevant") for place in places.items}
    reported: set[str] = set()
    for name in needs:
        cycle = _path_back(name, needs)
        if cycle and not reported & set(cycle):
            reported |= set(cycle)
            yield Fault(
                pointers[name],
                f"whether it is asked depends on itself: {' -> '.join([*cycle, name])}",
                "Break the circle: one of these must not depend on the next",
            )


def _needs(definition: FormDefinition, item: Item) -> frozenset[str]:
    if item.relevant is None:
        return frozenset()
    try:
        return compile_program(definition, item.relevant, group=item.group, returns=bool).items
    except ExpressionError:
        return frozenset()


def _path_back(start: str, needs: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the shortest chain of needs from an item back to itself, or nothing."""
    paths = [[start]]
    seen: set[str] = set()
    while paths:
        path = paths.pop(0)
        for name in sorted(needs.get(path[-1], ())):
            if name == start:
                return path
            if name not in seen:
                seen.add(name)
                paths.append([*path, name])
    return []


def _run_faults(definition: FormDefinition, conditions: Sequence[Condition]) -> Iterator[Fault]:
    rng = random.Random(_SEED)  # noqa: S311 - the same records at every check, nothing secret
    trials = {id(each): Trial(definition, each.program) for each in conditions}
    for _ in range(FULL_RECORDS if conditions else 0):
        record = sample_record(definition, rng, full=True)
        for trial in trials.values():
            trial.run(record)
    for condition in conditions:
        trial = trials[id(condition)]
        for _ in range(_ATTEMPTS):
            if trial.is_over:
                break
            trial.run(small_record(definition, (condition.program,), condition.program.group, rng))
        for pointer, keyword in condition.places:
            yield from trial.faults(pointer, keyword)


class Trial:
    """What one condition gave on the records tried so far."""

    def __init__(self, definition: FormDefinition, program: Program) -> None:
        """Start with nothing seen."""
        self._definition = definition
        self._program = program
        self._seen: set[bool] = set()
        self._unknown = False
        self._error: str | None = None

    @property
    def is_over(self) -> bool:
        """Say whether more records can teach nothing."""
        constant = not self._program.items
        return self._error is not None or len(self._seen) == 2 or constant

    def run(self, record: Mapping[str, Any]) -> None:
        """Evaluate on one record, or on each row of its group."""
        for bindings in self._bindings(record):
            answer: Answer = self._program.evaluate(bindings)
            if answer.error is not None:
                self._error = answer.error
            elif answer.known:
                self._seen.add(answer.value)
            else:
                self._unknown = True

    def faults(self, pointer: str, keyword: str) -> Iterator[Fault]:
        """Yield what was learnt, for one place where the condition is written."""
        if self._error is not None:
            yield Fault(
                pointer,
                f"it ends in an error on some records: {self._error}",
                "Correct the expression: a missing answer is no error, this is something else",
            )
        elif True not in self._seen:
            yield Fault(pointer, "it can never fire: no record makes it true", _advice(keyword))
        elif False not in self._seen and self._program.source != "true":
            yield self._never_false(pointer, keyword)

    def _never_false(self, pointer: str, keyword: str) -> Fault:
        if not self._unknown:
            return Fault(pointer, "it is true on every record", _advice(keyword))
        return Fault(
            pointer,
            "it is never false: true, or unknown when an answer is missing",
            "Codes that give a reason are unset: write has_X, or name the reason with why_X",
        )

    def _bindings(self, record: Mapping[str, Any]) -> Iterator[Bindings]:
        if self._program.group is None:
            yield bind(self._definition, record)
            return
        for row in record.get(self._program.group, []):
            yield bind(self._definition, record, row)


def _advice(keyword: str) -> str:
    if keyword == "x-required":
        return "Write true when the answer is always needed, or remove the keyword"
    return "Remove the keyword when the question is always asked, or correct the condition"
