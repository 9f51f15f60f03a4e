"""Tell the sections and groups of a form that are gone as a whole from single lost places. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from intake.model.address import Place
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, severity_of

_Part = tuple[str, str | None]
"""A section, and a group in it or None for all of the section."""


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
    return Finding(
        code=FindingCode.PART_LOST,
        severity=severity_of(FindingCode.PART_LOST),
        items=tuple(items),
        context={"section": section, "codes": " – ".join(ends)},
    )
