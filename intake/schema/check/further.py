"""Rows beyond the printed ones: whether an answer asks for them, and whether there are any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from intake.schema.check.places import DocumentPlace, DocumentPlaces, Fault, mapping, row_count


def further_faults(places: DocumentPlaces) -> Iterator[Fault]:
    """Yield further rows that nobody could ask for, or that a form prints already."""
    for group in places.groups:
        wanted = mapping(group.value.get("x-more-rows"))
        if wanted:
            yield from _row_faults(group, wanted)
            yield from _asking_faults(places, group, wanted)


def _row_faults(group: DocumentPlace, wanted: Mapping[str, Any]) -> Iterator[Fault]:
    rows, most = group.value.get("x-rows"), wanted.get("most")
    if mapping(rows):
        yield Fault(
            group.at("x-more-rows"),
            f"the rows of {group.name!r} are those whose values are printed",
            "Take x-more-rows away, or print another value",
        )
    elif isinstance(most, int) and most <= row_count(rows):
        yield Fault(
            group.at("x-more-rows", "most"),
            f"{most} rows in all are not more than the {row_count(rows)} that are printed",
            "Count the printed rows too",
        )


def _asking_faults(
    places: DocumentPlaces, group: DocumentPlace, wanted: Mapping[str, Any]
) -> Iterator[Fault]:
    name, code = wanted.get("item"), wanted.get("code")
    item = next((i for i in places.items if i.name == name and not i.group), None)
    found = places.options(item) if item is not None else None
    if found is None:
        yield Fault(
            group.at("x-more-rows", "item"),
            f"no choice outside groups is named {name!r}",
            "Name the question that says that there are more rows than printed",
        )
    elif code not in [option.name for option in found.options]:
        yield Fault(
            group.at("x-more-rows", "code"),
            f"{code!r} is not a code of {name}",
            f"Its codes are {', '.join(option.name for option in found.options)}",
        )
