"""Names, codes and addresses: legal in every format, and told apart in every format."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.expressions.scope import name_problem
from intake.model.address import MAX_LENGTH, SEPARATOR
from intake.schema.check.places import DocumentPlace, DocumentPlaces, Fault
from intake.words.spelling import look_alike

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", re.ASCII)
_CODE = re.compile(r"[A-Za-z0-9]+(_[A-Za-z0-9]+)*", re.ASCII)
_VISIBLE = re.compile(r"[A-Z][0-9]{2}", re.ASCII)
_CELL = re.compile(r"[a-z]{1,3}[0-9]+|r([0-9]*)(c([0-9]*))?|c[0-9]*", re.ASCII)
_RESERVED_BY_EXCEL = frozenset({"true", "false"})


def name_faults(places: DocumentPlaces) -> Iterator[Fault]:
    """Yield names that a format or the expressions cannot use, and names used twice."""
    seen: dict[str, DocumentPlace] = {}
    for place in [*places.groups, *places.items]:
        problem = _name_problem(place.name)
        if problem:
            yield Fault(place.pointer, problem, "Rename it: small letters, digits, single _")
        earlier = seen.setdefault(look_alike(place.name), place)
        if earlier is not place:
            yield Fault(
                place.pointer,
                f"{place.name!r} is also the name of {earlier.pointer}",
                "Names are unique in the whole form, case and accents aside",
            )


def code_faults(places: DocumentPlaces) -> Iterator[Fault]:
    """Yield option codes that a format cannot hold, and codes used twice."""
    checked = set()
    for item in places.items:
        found = places.options(item)
        for option in found.options if found is not None else ():
            if option.pointer in checked:
                continue
            checked.add(option.pointer)
            if not _CODE.fullmatch(option.name) or option.name.lower() == "off":
                yield Fault(
                    option.at("const"),
                    f"{option.name!r} cannot be a code",
                    "Use ASCII letters, digits and single _, and never Off",
                )
        yield from _twice(found.options if found is not None else ())


def visible_code_faults(places: DocumentPlaces) -> Iterator[Fault]:
    """Yield printed codes that are not letter and two digits of the item's own section."""
    letters = {section.name: str(section.value.get("letter")) for section in places.sections}
    seen: dict[str, DocumentPlace] = {}
    for item in places.items:
        code, section = str(item.value.get("x-code")), item.value.get("x-section")
        if not _VISIBLE.fullmatch(code):
            yield Fault(item.at("x-code"), f"{code!r} is no visible code", "Write it as A01")
        elif code[0] != letters.get(str(section)):
            yield Fault(
                item.at("x-code"),
                f"{code!r} does not begin with the letter of section {section!r}",
                f"It begins with {letters.get(str(section), 'the letter of a section')}",
            )
        earlier = seen.setdefault(code, item)
        if earlier is not item:
            yield Fault(
                item.at("x-code"), f"{code!r} is also the code of {earlier.name}", "Renumber it"
            )


def section_faults(places: DocumentPlaces) -> Iterator[Fault]:
    """Yield sections named or lettered twice, empty ones, and places in one that is not there."""
    for keyword in ("name", "letter"):
        seen = set()
        for section in places.sections:
            value = section.value.get(keyword)
            if value in seen:
                yield Fault(section.at(keyword), f"{value!r} is used twice", "Change one of them")
            seen.add(value)
    names = {section.name for section in places.sections}
    for place in [*places.groups, *places.items]:
        if place.value.get("x-section") not in names:
            yield Fault(
                place.at("x-section"),
                f"there is no section {place.value.get('x-section')!r}",
                "Name a section of x-sections",
            )
    used = {place.value.get("x-section") for place in [*places.groups, *places.items]}
    for section in places.sections:
        if section.name not in used:
            problem = f"the section {section.name!r} asks nothing"
            yield Fault(section.pointer, problem, "Take it out of x-sections")


def address_faults(places: DocumentPlaces) -> Iterator[Fault]:
    """Yield addresses too long, alike in small letters, or taken for a cell by a spreadsheet."""
    seen: dict[str, str] = {}
    for item in places.items:
        for address in _addresses(places, item):
            plain = address.lower()
            if len(address) > MAX_LENGTH:
                yield Fault(
                    item.pointer,
                    f"the address {address!r} has {len(address)} characters, {MAX_LENGTH} at most",
                    "Shorten the name of the group, of the item, or the code",
                )
            if _CELL.fullmatch(plain) or plain in _RESERVED_BY_EXCEL:
                yield Fault(
                    item.pointer, f"{address!r} is a cell for spreadsheets", "Rename the item"
                )
            if seen.setdefault(plain, item.pointer) != item.pointer:
                yield Fault(
                    item.pointer, f"the address {address!r} is used twice", "Rename one of them"
                )


def _addresses(places: DocumentPlaces, item: DocumentPlace) -> Iterator[str]:
    """Yield the longest address of each answer place: the last row stands for all."""
    stem = item.name
    if item.group is not None:
        stem = SEPARATOR.join([item.group, str(item.rows), item.name])
    found = places.options(item)
    if found is None or not found.multiple:
        yield stem
        return
    for option in found.options:
        yield f"{stem}{SEPARATOR}{option.name}"


def _name_problem(name: str) -> str:
    if not _NAME.fullmatch(name):
        return f"{name!r} is not a legal name"
    return name_problem(name)


def _twice(options: tuple[DocumentPlace, ...]) -> Iterator[Fault]:
    seen: dict[str, DocumentPlace] = {}
    for option in options:
        earlier = seen.setdefault(look_alike(option.name), option)
        if earlier is not option:
            yield Fault(
                option.at("const"),
                f"the code {option.name!r} is used twice in this list",
                "Codes differ by more than case",
            )
