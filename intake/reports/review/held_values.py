"""The answers of a file in review in the order in which a person looks at them.

Shown on the coordinator's page and told by ``review show``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from intake.model.address import Place
from intake.model.definition import FormDefinition
from intake.model.finding import Finding
from intake.model.finding_codes import Doubt, awaits_decision, doubt_of
from intake.model.record import Entry
from intake.model.submission import Value

_OF_THE_PATIENT = (Doubt.NO_PATIENT, Doubt.WHICH_PATIENT)


@dataclass(frozen=True, slots=True)
class HeldValue:
    """One answer that waits, where it belongs, what was noticed about it."""

    value: Value
    place: Place
    findings: tuple[Finding, ...]
    rank: int
    """0: to be decided; 1: otherwise in question; 2: nothing noticed."""


def held_values(entry: Entry, definition: FormDefinition | None) -> list[HeldValue]:
    """Return what was written in the file or by a person, what is to be decided first."""
    if entry.submission is None or definition is None:
        return []
    found = _by_place(entry.receipt.findings)
    doubted = _doubted_items(entry, definition)
    held = []
    for value in entry.submission.values:
        if value.raw:
            findings = tuple(found.get((value.item, value.row), ()))
            is_first = value.item in doubted or any(awaits_decision(f.code) for f in findings)
            rank = 0 if is_first else 1 if findings else 2
            place = Place(definition.items[value.item], value.row)
            held.append(HeldValue(value, place, findings, rank))
    return sorted(held, key=lambda one: (one.rank, not one.findings))


def _doubted_items(entry: Entry, definition: FormDefinition) -> Collection[str]:
    """Return the items that make the patient when it is the patient that is in doubt."""
    is_doubted = any(doubt_of(f.code) in _OF_THE_PATIENT for f in entry.receipt.findings)
    return definition.identity.items if is_doubted else ()


def _by_place(findings: Iterable[Finding]) -> dict[tuple[str, int | None], list[Finding]]:
    found: dict[tuple[str, int | None], list[Finding]] = {}
    for finding in findings:
        for name in dict.fromkeys((finding.item, *finding.items)):
            if name is not None:
                found.setdefault((name, finding.row), []).append(finding)
    return found
