"""From readings to what is stored: holding back, not applicable, status, findings.

Two views of the same answers: ``as_parsed``, which conditions and rules see, and
``as_stored``, which is kept. Identifying and eligibility items are never held back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from intake.checks.assemble import Key, Reading
from intake.checks.parse.parsed import Parsed, remark
from intake.model.definition import FormDefinition, Item, MissingReason
from intake.model.finding import Finding, Severity
from intake.model.finding_codes import FindingCode
from intake.model.submission import Value, ValueStatus
from intake.privacy.quoting import told_context

_LONGEST_QUOTE = 80
HELD_BACK = Parsed(missing=MissingReason.ERR)
NOT_APPLICABLE = Parsed(missing=MissingReason.NA)


def as_parsed(definition: FormDefinition, reading: Reading) -> Parsed:
    """Return an answer as rules see it: its value even when it is going to be held back."""
    parsed = reading.parsed
    if parsed.value is not None or parsed.bound is not None or not parsed.faulty:
        return parsed
    return as_stored(definition, reading)


def as_stored(definition: FormDefinition, reading: Reading) -> Parsed:
    """Return an answer as stored, with its remarks."""
    parsed = reading.parsed
    if not parsed.faulty:
        return parsed
    if reading.item.name in definition.never_held_back:
        return replace(parsed, missing=None)
    return replace(HELD_BACK, remarks=parsed.remarks)


def when_hidden(reading: Reading) -> Reading:
    """Return the reading of an item that its condition hides.

    A value stays and is queried; a reason that the item does not accept is no fault here:
    the question does not apply.
    """
    parsed = reading.parsed
    if parsed.missing is not None and parsed.faulty:
        return replace(reading, parsed=NOT_APPLICABLE)
    holds_value = parsed.value is not None or parsed.bound is not None
    if holds_value and not parsed.faulty:
        note = remark(FindingCode.HIDDEN_ANSWER)
        return replace(reading, parsed=parsed.noting(note))
    return reading


def value_of(reading: Reading, stored: Parsed) -> Value:
    """Return the value to store for one reading."""
    return Value(
        item=reading.item.name,
        group=reading.item.group,
        row=reading.row,
        value=stored.value,
        missing=stored.missing,
        bound=stored.bound,
        raw=reading.raw,
        rung=reading.rung,
        location=reading.location,
        status=_status(stored),
    )


def not_applicable(item: Item, row: int | None) -> Value:
    """Return the value of an item that its condition hides and nobody answered."""
    missing = MissingReason.NA
    return Value(item=item.name, group=item.group, row=row, missing=missing)


def findings_of(definition: FormDefinition, reading: Reading) -> list[Finding]:
    """Return the findings of one reading, with its place and the answer as entered."""
    return [_placed(definition, reading, each.finding) for each in reading.parsed.remarks]


def _placed(definition: FormDefinition, reading: Reading, made: Finding) -> Finding:
    context = {"entered": _quote(reading.raw), **made.context}
    return replace(
        made,
        item=reading.item.name,
        row=reading.row,
        location=reading.location,
        context=told_context(context, reading.item, definition),
    )


def _quote(raw: str) -> str:
    return raw if len(raw) <= _LONGEST_QUOTE else f"{raw[:_LONGEST_QUOTE]}…"


def _status(stored: Parsed) -> ValueStatus:
    if stored.missing is MissingReason.ERR:
        return ValueStatus.HELD_BACK
    if any(each.finding.severity is not Severity.NOTE for each in stored.remarks):
        return ValueStatus.QUERIED
    return ValueStatus.ACCEPTED


def merged(
    readings: Mapping[Key, Reading], stored: Mapping[Key, Parsed], hidden: Collection[Key]
) -> dict[Key, Parsed]:
    """Return the answers of a record: what was read, and not applicable where hidden."""
    return {key: NOT_APPLICABLE for key in hidden if key not in readings} | dict(stored)
