"""Match the fields found in a returned file with the places of a known form. Pure.

What a text means is decided in ``intake.checks``; here only: which place, answered or not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from intake.model.address import STAMP_ADDRESS, UNANSWERED, Place, places_by_address
from intake.model.definition import FormDefinition
from intake.model.finding import Finding, Location
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.submission import FieldKind, FoundField, Inspection, RawAnswer, RawSubmission

_RENAMED = (re.compile(r"(?P<name>.+)\+\d+"), re.compile(r"\d+\.(?P<name>.+)"))
"""How qpdf (``name+1``) and pdftk (``1.name``) rename the fields of a second form."""
_MAX_LISTED = 20
_ABOUT = ("address", "place", "kind", "codes", "page", "added")
"""What a finding is about, in its context, when it is about no question."""
_Part = tuple[str, str | None]
"""A section, and a group in it or None for all of the section."""


def match_fields(inspection: Inspection, definition: FormDefinition) -> RawSubmission:
    """Return the answers by address. The inspection's findings are placed and included."""
    places = places_by_address(definition)
    found: dict[str, FoundField] = {}
    for field in inspection.fields:
        found.setdefault(field.address, field)
    where = {address: _location(place, found.get(address)) for address, place in places.items()}
    others = [name for name in found if name not in places and name != STAMP_ADDRESS]
    findings = [
        *(_placed(finding, places, found) for finding in inspection.findings),
        *_missing(places, _lost(places, found, inspection), inspection),
        *_strangers(others, places),
        *_wrong_kind(places, found),
    ]
    return RawSubmission(
        format=inspection.format,
        answers=tuple(_answers(places, found, where)),
        findings=_without_repeats(findings),
        places=where,
    )


def _answers(
    places: Mapping[str, Place], found: Mapping[str, FoundField], where: Mapping[str, Location]
) -> Iterator[RawAnswer]:
    """Yield the answered places in form order."""
    for address, place in places.items():
        field = found.get(address)
        if field is not None and _fits(place, field) and _is_answer(field):
            yield RawAnswer(address, field.text, field.rung, where[address])


def _is_answer(field: FoundField) -> bool:
    if field.kind is FieldKind.CHOICE and field.text == UNANSWERED:
        return False
    return bool(field.text.strip())


def _fits(place: Place, field: FoundField) -> bool:
    """Say whether a place of this kind can hold what the field holds: tick or text."""
    return (place.option is not None) == (field.kind is FieldKind.TICK)


def _wrong_kind(places: Mapping[str, Place], found: Mapping[str, FoundField]) -> Iterator[Finding]:
    """Yield a finding for each place whose field is not of its kind; its value is not read."""
    for address, place in places.items():
        field = found.get(address)
        if field is not None and not _fits(place, field):
            plain = finding_of(FindingCode.READINGS_DISAGREE, {"address": address})
            yield _placed(plain, places, found)


def _placed(
    finding: Finding, places: Mapping[str, Place], found: Mapping[str, FoundField]
) -> Finding:
    """Return a finding about a field as a finding about its item, where it is known."""
    place = places.get(finding.context.get("address", ""))
    if place is None:
        return finding
    where = _location(place, found.get(place.address))
    return replace(finding, item=place.item.name, row=place.row, location=where)


def _location(place: Place, field: FoundField | None) -> Location:
    return replace(field.location if field else Location(), code=place.code)


def _lost(
    places: Mapping[str, Place], found: Mapping[str, FoundField], inspection: Inspection
) -> list[Place]:
    """Return the places that have no field, or a field shown on no page."""
    has_pages = inspection.pages > 0
    return [
        place
        for address, place in places.items()
        if address not in found or (has_pages and found[address].location.page is None)
    ]


def _missing(
    places: Mapping[str, Place], lost: Sequence[Place], inspection: Inspection
) -> list[Finding]:
    """Return one finding for the lost places; of a converted file, one more for each part."""
    parts: list[Finding] = []
    if any(finding.code == FindingCode.FILE_CONVERTED for finding in inspection.findings):
        parts, lost = lost_parts(places.values(), lost)
    if not lost:
        return parts
    items = tuple(dict.fromkeys(place.item.name for place in lost))
    codes = ", ".join(place.code for place in lost[:_MAX_LISTED])
    context = {"count": str(len(lost)), "codes": codes}
    return [*parts, finding_of(FindingCode.FIELD_MISSING, context, items=items)]


def _strangers(names: Sequence[str], places: Mapping[str, Place]) -> list[Finding]:
    """Return what unknown fields mean: copies of known ones, or something foreign."""
    copies = [n for n in names if (base := _copied(n)) in places or base == STAMP_ADDRESS]
    foreign = len(names) - len(copies)
    findings = []
    if copies:
        findings.append(finding_of(FindingCode.SEVERAL_FORMS, {"count": str(len(copies))}))
    if foreign:
        findings.append(finding_of(FindingCode.FIELD_UNKNOWN, {"count": str(foreign)}))
    return findings


def _copied(name: str) -> str:
    """Return the name a merging program started from, or an empty text."""
    matches = (pattern.fullmatch(name) for pattern in _RENAMED)
    return next((match["name"] for match in matches if match), "")


def _without_repeats(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Keep the first of findings with the same code about the same place or file."""
    kept: dict[tuple[str, str | None, int | None, str | None], Finding] = {}
    for finding in findings:
        names = _ABOUT if finding.item is None else _ABOUT[:1]
        about = next((t for n in names if (t := finding.context.get(n))), None)
        kept.setdefault((finding.code, finding.item, finding.row, about), finding)
    return tuple(kept.values())


def lost_parts(places: Iterable[Place], lost: Sequence[Place]) -> tuple[list[Finding], list[Place]]:
    """Return one finding for each section, else group, lost whole, and the other lost places."""
    gone = {place.address for place in lost}
    kept: set[_Part] = set()
    for place in places:
        if place.address not in gone:
            kept |= {(place.item.section, None), (place.item.section, place.item.group)}
    parts: dict[_Part, list[Place]] = {}
    for place in lost:
        parts.setdefault(_part(place, kept), []).append(place)
    whole = {part: found for part, found in parts.items() if part not in kept}
    others = [place for part, found in parts.items() if part not in whole for place in found]
    return [_asked_again(section, found) for (section, _), found in whole.items()], others


def _part(place: Place, kept: Collection[_Part]) -> _Part:
    """Return the largest part that holds a lost place and may be gone with it."""
    section = place.item.section
    return (section, None) if (section, None) not in kept else (section, place.item.group)


def _asked_again(section: str, places: Sequence[Place]) -> Finding:
    """Return what asks for a part again, by the codes of its first and last question."""
    items = {place.item.name: place.item.code for place in places}
    ends = dict.fromkeys((next(iter(items.values())), list(items.values())[-1]))
    context = {"section": section, "codes": " – ".join(ends)}
    return finding_of(FindingCode.PART_LOST, context, items=tuple(items))
