"""The check of one submission, from answers as text to a record with its findings.

parse and assemble, then conditions, then holding back and the record, then what is computed
of it, then rules. Conditions and rules see values as parsed; what is computed sees them
after holding back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from intake.checks.assemble import Assembler, Assembly, Key, Reading, addresses_of
from intake.checks.conditions import Conditions
from intake.checks.further import not_answered, unsaid_rows
from intake.checks.held import held_readings
from intake.checks.hiding import not_explained, not_said_better, unhidden
from intake.checks.needed import asked_already, count, located, missing_findings
from intake.checks.parse.parsed import Parsed, remark
from intake.checks.record import build_record
from intake.checks.rules import Rules, computing_failures
from intake.checks.stored import (
    as_parsed,
    as_stored,
    findings_of,
    merged,
    not_applicable,
    value_of,
    when_hidden,
)
from intake.expressions.computed.computing import Computed, Computer, exported
from intake.expressions.once import once_a_form
from intake.model.address import Place
from intake.model.definition import FormDefinition
from intake.model.finding import Finding, Location
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.submission import FileFormat, RawSubmission, Submission, Value
from intake.privacy.guard import holds_identity, is_guarded


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """One submission after its conditions were judged, values as parsed."""

    assembly: Assembly
    hidden: frozenset[Key]
    required: frozenset[Key]
    failed: frozenset[Key]
    record: Mapping[str, Any]
    """Answers as parsed, before any is held back."""


class Checker:
    """Checks submissions of one form. Compiles its expressions once; not picklable."""

    def __init__(self, definition: FormDefinition) -> None:
        """Compile all the expressions of the form. Raises ExpressionError."""
        self._definition = definition
        self._addresses = addresses_of(definition)
        self._conditions = Conditions(definition)
        self._computer = Computer(definition)
        self._rules = Rules(definition)

    def check(self, raw: RawSubmission, *, language: str, received: dt.date) -> Submission:
        """Return the typed answers, their findings and the record. Never raises on data."""
        assembler = Assembler(
            definition=self._definition,
            addresses=self._addresses,
            language=language,
            received=received,
        )
        assembly = assembler.assemble(raw)
        seen = self._judge(self._guarded(assembly))
        return self._submission(raw, seen, language)

    def check_held(
        self, held: Submission, *, received: dt.date, not_asked: Collection[str] = ()
    ) -> tuple[Finding, ...]:
        """Return what this form's rules say of answers as they are held. Never raises on data.

        Args:
            held: answers under the names of this form.
            received: the day on which they came.
            not_asked: questions whose answers nobody expects.
        """
        seen = self._judge(held_readings(self._definition, held, received))
        expected = frozenset(key for key in seen.required if key[0] not in not_asked)
        seen = replace(seen, required=expected)
        stored = {k: as_stored(self._definition, r) for k, r in seen.assembly.readings.items()}
        answers = merged(seen.assembly.readings, stored, seen.hidden)
        record = build_record(self._definition, seen.assembly.rows, answers)
        raw = RawSubmission(format=FileFormat.PDF, answers=())
        return tuple(self._all_findings(raw, seen, self._computer.compute(record)))

    def _guarded(self, assembly: Assembly) -> Assembly:
        """Return the same readings, free text marked where it may identify a person."""
        readings = {key: self._guard(each) for key, each in assembly.readings.items()}
        return replace(assembly, readings=readings)

    def _guard(self, reading: Reading) -> Reading:
        if not is_guarded(reading.item, self._definition):
            return reading
        if not holds_identity(reading.raw, self._definition.languages):
            return reading
        flag = remark(FindingCode.IDENTIFYING_TEXT)
        return replace(reading, parsed=reading.parsed.noting(flag))

    def _judge(self, assembly: Assembly) -> _Seen:
        view = {k: as_parsed(self._definition, r) for k, r in assembly.readings.items()}
        record = build_record(self._definition, assembly.rows, view)
        relevance = self._conditions.relevance(record, assembly.rows)
        readings = {
            key: when_hidden(reading) if key in relevance.false else reading
            for key, reading in assembly.readings.items()
        }
        view = {key: as_parsed(self._definition, r) for key, r in readings.items()}
        answers = merged(readings, view, relevance.false)
        record = build_record(self._definition, assembly.rows, answers)
        required = self._conditions.required(record, assembly.rows)
        return _Seen(
            assembly=replace(assembly, readings=readings),
            hidden=relevance.false,
            required=self._needed(required.true, relevance.true),
            failed=relevance.failed | required.failed,
            record=record,
        )

    def _needed(self, required: frozenset[Key], relevant: frozenset[Key]) -> frozenset[Key]:
        """Leave out what is not certainly asked."""
        items = self._definition.items
        always = {key for key in required if items[key[0]].relevant is None}
        return frozenset(always | (required & relevant))

    def _submission(self, raw: RawSubmission, seen: _Seen, language: str) -> Submission:
        readings = seen.assembly.readings
        stored = {key: as_stored(self._definition, r) for key, r in readings.items()}
        answers = merged(readings, stored, seen.hidden)
        counts = count(answers, seen.required, seen.hidden)
        record = build_record(self._definition, seen.assembly.rows, answers)
        computed = self._computer.compute(record)
        plain = not_explained(self._all_findings(raw, seen, computed), raw.findings)
        found = located(plain, self._definition, raw.places)
        return Submission(
            form=self._definition.id,
            version=self._definition.version,
            language=language,
            values=tuple(self._values(seen, answers)),
            findings=(*raw.findings, *found),
            record=record,
            derived=exported(self._definition, computed.values),
            answered=counts.answered,
            expected=counts.expected,
            expected_answered=counts.expected_answered,
        )

    def _all_findings(
        self, raw: RawSubmission, seen: _Seen, computed: Computed
    ) -> Iterator[Finding]:
        """Yield the findings on single answers, then those of rules, each slip said once."""
        readings = seen.assembly.readings
        faulty = {key for key, reading in readings.items() if reading.parsed.faulty}
        fired, failed = self._rules.run(seen.record, computed.values, faulty)
        kept = unhidden(not_answered(self._definition, seen.record, fired))
        missing = missing_findings(self._definition, self._missing(raw, seen))
        unsaid = unsaid_rows(self._definition, seen.record, seen.hidden)
        yield from not_said_better((*self._findings(seen), *missing, *unsaid), kept)
        yield from (each.finding for each in kept)
        yield from failed
        yield from computing_failures(computed.failed)

    def _values(self, seen: _Seen, answers: dict[Key, Parsed]) -> Iterator[Value]:
        """Yield the values in form order, rows one after the other."""
        for name, item in self._definition.items.items():
            rows = (None,) if item.group is None else seen.assembly.rows[item.group]
            for row in rows:
                key = (name, row)
                reading = seen.assembly.readings.get(key)
                if key not in answers or answers[key].is_empty:
                    continue
                yield value_of(reading, answers[key]) if reading else not_applicable(item, row)

    def _findings(self, seen: _Seen) -> Iterator[Finding]:
        for stray in seen.assembly.strays:
            yield _plain(FindingCode.FIELD_UNKNOWN, location=stray.location)
        for reading in seen.assembly.readings.values():
            yield from findings_of(self._definition, reading)
        for changed in seen.assembly.changed:
            yield _at(FindingCode.FIXED_CHANGED, changed.item.name, changed)
        for name, row in sorted(seen.failed, key=str):
            code = Place(self._definition.items[name], row).code
            yield replace(
                _plain(FindingCode.RULE_ERROR, location=Location(code=code)), item=name, row=row
            )

    def _missing(self, raw: RawSubmission, seen: _Seen) -> list[Key]:
        """Return the required places without answer that no other finding asks for."""
        asked = asked_already(raw.findings)
        given = seen.assembly.readings
        return [key for key in self._in_order(seen) if key not in given and key[0] not in asked]

    def _in_order(self, seen: _Seen) -> list[Key]:
        """Return the required places in form order."""
        order = {name: index for index, name in enumerate(self._definition.items)}
        return sorted(seen.required, key=lambda key: (order[key[0]], key[1] or 0))


checker_for = once_a_form(Checker)
"""The checker of a form version, compiled once a process."""


def _plain(code: FindingCode, *, location: Location) -> Finding:
    return finding_of(code, location=location)


def _at(code: FindingCode, name: str, reading: Reading) -> Finding:
    return replace(_plain(code, location=reading.location), item=name, row=reading.row)
