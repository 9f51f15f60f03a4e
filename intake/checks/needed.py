"""Required answers that are missing, where their places stand, and the count of those given."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from intake.checks.assemble import Key
from intake.checks.parse.parsed import Parsed
from intake.model.address import Place, item_places
from intake.model.definition import FormDefinition, MissingReason
from intake.model.finding import Finding, Location
from intake.model.finding_codes import FindingCode, finding_of

MOST_SINGLE_FINDINGS = 20
"""With more required answers missing, one finding per section says it."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items are answered, needed, and both."""

    answered: int
    expected: int
    expected_answered: int


def count(
    stored: Mapping[Key, Parsed], required: Collection[Key], hidden: Collection[Key]
) -> Counts:
    """Return the counts of one record's answers; held back is not an answer."""
    given = {key for key, parsed in stored.items() if _is_answer(parsed)}
    return Counts(
        answered=len(given - set(hidden)),
        expected=len(required),
        expected_answered=len(given & set(required)),
    )


def missing_findings(definition: FormDefinition, missing: Collection[Key]) -> list[Finding]:
    """Return one finding per missing answer, or per section when they are many."""
    if len(missing) <= MOST_SINGLE_FINDINGS:
        return [_required(definition, key) for key in missing]
    sections: dict[str, list[str]] = {}
    for name, _ in missing:
        sections.setdefault(definition.items[name].section, []).append(name)
    return [_section(section, names) for section, names in sections.items()]


def asked_already(findings: Iterable[Finding]) -> frozenset[str]:
    """Return the items that a file lost with a whole part, which is asked for again."""
    lost = (finding.items for finding in findings if finding.code == FindingCode.PART_LOST)
    return frozenset(name for items in lost for name in items)


def _is_answer(parsed: Parsed) -> bool:
    no_answer = (MissingReason.ERR, MissingReason.NA)
    return not parsed.is_empty and parsed.missing not in no_answer


def _required(definition: FormDefinition, key: Key) -> Finding:
    name, row = key
    place = Place(definition.items[name], row)
    asked = finding_of(FindingCode.REQUIRED, location=Location(code=place.code))
    return replace(asked, item=name, row=row)


def _section(section: str, names: Iterable[str]) -> Finding:
    named = list(names)
    context = {"section": section, "count": str(len(named))}
    items = tuple(dict.fromkeys(named))
    return finding_of(FindingCode.SECTION_INCOMPLETE, context, items=items)


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
