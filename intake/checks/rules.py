"""The rules of a form over one record: which fire, which could not be run.

A rule has four ends: it fires, it does not, an answer is missing, or it failed, which is
our fault and always said. Rules see answers as parsed, and values computed after holding
back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from intake.checks.assemble import Key
from intake.checks.messages import Holders, Messages
from intake.expressions.bind import Bindings, RecordBindings
from intake.expressions.program import compile_program
from intake.model.address import Place
from intake.model.computed import Rule
from intake.model.definition import FormDefinition
from intake.model.finding import Finding, Location
from intake.model.finding_codes import FindingCode, finding_of


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired, with its finding and the answers that it speaks of."""

    rule: Rule
    finding: Finding
    answers: frozenset[Key]


class Rules:
    """The compiled rules of one form. Not picklable; compiled once per process."""

    def __init__(self, definition: FormDefinition) -> None:
        """Compile every rule. Raises ExpressionError."""
        self._definition = definition
        self._messages = Messages(definition)
        self._rules = [
            (rule, compile_program(definition, rule.when, group=rule.group, returns=bool))
            for rule in definition.rules
        ]

    def run(
        self, record: Mapping[str, Any], computed: Mapping[str, Any], faulty: Collection[Key]
    ) -> tuple[list[Fired], list[Finding]]:
        """Return the rules that fire on a record, and one finding for each that failed.

        A rule over one answer alone is left out where that answer already has a fault of
        its own: one slip gives one finding.
        """
        whole = RecordBindings(self._definition, record, computed)
        fired: list[Fired] = []
        failed: dict[str, Finding] = {}
        for rule, program in self._rules:
            for bindings, row, holders in _places(rule, whole):
                answer = program.evaluate(bindings)
                if answer.error is not None:
                    failed.setdefault(rule.id, self._failure(rule, row))
                elif answer.is_true and not (self._alone(rule, row) <= set(faulty)):
                    fired.append(self._fired(rule, row, holders))
        return fired, list(failed.values())

    def _alone(self, rule: Rule, row: int | None) -> frozenset[Key]:
        """Return the answer of a rule over one answer; a key that exists nowhere otherwise."""
        alone = len(rule.items) == 1
        return frozenset({self._key(rule.items[0], row)}) if alone else _NOWHERE

    def _fired(self, rule: Rule, row: int | None, holders: Holders) -> Fired:
        finding = Finding(
            code=rule.id,
            severity=rule.severity,
            item=rule.items[0],
            row=self._key(rule.items[0], row)[1],
            location=self._location(rule, row),
            items=rule.items if len(rule.items) > 1 else (),
            context=self._messages.answers(rule.items, holders),
            message=self._messages.filled(rule.message, holders),
        )
        return Fired(rule, finding, frozenset(self._key(name, row) for name in rule.items))

    def _failure(self, rule: Rule, row: int | None) -> Finding:
        name, at = self._key(rule.items[0], row)
        failed = _failed(rule.id)
        return replace(failed, item=name, row=at, location=self._location(rule, row))

    def _key(self, name: str, row: int | None) -> Key:
        return (name, row if self._definition.items[name].group is not None else None)

    def _location(self, rule: Rule, row: int | None) -> Location:
        name, place_row = self._key(rule.items[0], row)
        return Location(code=Place(self._definition.items[name], place_row).code)


_NOWHERE: frozenset[Key] = frozenset({("", None)})


def computing_failures(failed: Collection[str]) -> Iterator[Finding]:
    """Yield one finding for each computed value that failed: ours to mend, never silent."""
    for name in failed:
        yield _failed(name)


def _failed(name: str) -> Finding:
    return finding_of(FindingCode.RULE_ERROR, {"rule": name})


def _places(rule: Rule, whole: RecordBindings) -> Iterator[tuple[Bindings, int | None, Holders]]:
    """Yield where a rule runs: once, or in each filled row of its group."""
    if rule.group is None:
        yield whole.form(), None, (whole.record, whole.computed)
        return
    for row in whole.rows(rule.group):
        computed = whole.computed_row(rule.group, row["_row"])
        holders = (row, computed, whole.record, whole.computed)
        yield whole.row(rule.group, row), row["_row"], holders
