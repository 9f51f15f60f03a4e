"""Where an unanswered question stands in the file, so that a person finds it at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from intake.model.address import item_places
from intake.model.definition import FormDefinition
from intake.model.finding import Finding, Location


def located(
    findings: Iterable[Finding], definition: FormDefinition, places: Mapping[str, Location]
) -> tuple[Finding, ...]:
    """Return the findings, those about a place without an answer now with its page or cell."""
    return tuple(_located(finding, definition, places) for finding in findings)


def _located(
    finding: Finding, definition: FormDefinition, places: Mapping[str, Location]
) -> Finding:
    location = finding.location
    if finding.item is None or location is None or location.page or location.cell:
        return finding
    first = next(item_places(definition.items[finding.item], finding.row))
    known = places.get(first.address, location)
    return replace(finding, location=replace(known, code=location.code))
