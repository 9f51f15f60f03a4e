"""The answers of a file in review in the order in which a person looks at them.

Shown on the coordinator's page and told by ``review show``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from intake.model.address import Place
from intake.model.definition import FormDefinition
from intake.model.finding import Finding
from intake.model.record import Entry
from intake.model.submission import Value


@dataclass(frozen=True, slots=True)
class HeldValue:
    """One answer that waits, where it belongs, what was noticed about it."""

    value: Value
    place: Place
    findings: tuple[Finding, ...]
    rank: int
    """0: to be decided; 1: otherwise in question; 2: nothing noticed."""


def held_values(
    entry: Entry, definition: FormDefinition | None, deciding: Collection[str]
) -> list[HeldValue]:
    """Return what was written in the file or by a person, what is to be decided first.

    ``deciding`` are the finding codes on which a person must decide.
    """
    if entry.submission is None or definition is None:
        return []
    found = _by_place(entry.receipt.findings)
    written = (value for value in entry.submission.values if value.raw)
    held = (
        _held(value, definition, found.get((value.item, value.row), []), deciding)
        for value in written
    )
    return sorted(held, key=lambda one: one.rank)


def _held(
    value: Value, definition: FormDefinition, findings: list[Finding], deciding: Collection[str]
) -> HeldValue:
    is_decided_on = any(finding.code in deciding for finding in findings)
    rank = 0 if is_decided_on else 1 if findings else 2
    return HeldValue(value, Place(definition.items[value.item], value.row), tuple(findings), rank)


def _by_place(findings: Iterable[Finding]) -> dict[tuple[str, int | None], list[Finding]]:
    found: dict[tuple[str, int | None], list[Finding]] = {}
    for finding in findings:
        for name in dict.fromkeys((finding.item, *finding.items)):
            if name is not None:
                found.setdefault((name, finding.row), []).append(finding)
    return found
