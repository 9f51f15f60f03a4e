"""Limits that contradict each other, patterns that cannot be used, names that lead nowhere."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from intake.schema.check.places import DocumentPlace, DocumentPlaces, Fault, array, mapping
from intake.schema.sample.text import UnsupportedPattern, sample_matching

DATES = ("date", "partial-date")
TIME = "local-time"
_KEY_KINDS = ("text", "date", "integer", "choice")
"""What a patient can be known by: written one way only."""


def limit_faults(places: DocumentPlaces) -> Iterator[Fault]:
    """Yield limits out of order, and soft limits outside the hard ones."""
    for item in places.items:
        schema = places.resolved(item.value)
        soft = mapping(schema.get("x-soft"))
        if schema.get("format") in (*DATES, TIME):
            low, high = schema.get("x-earliest"), schema.get("x-latest")
        else:
            low, high = schema.get("minimum"), schema.get("maximum")
        yield from _ordered(item, [low, soft.get("min"), soft.get("max"), high])
        yield from _ordered(item, [schema.get("minLength"), schema.get("maxLength")])


def pattern_faults(places: DocumentPlaces) -> Iterator[Fault]:
    """Yield patterns that do not compile, match a part only, or cannot be sampled."""
    for item in places.items:
        schema = places.resolved(item.value)
        pattern = schema.get("pattern")
        if isinstance(pattern, str) and "format" not in schema:
            problem, advice = _pattern_problem(pattern)
            if problem:
                yield Fault(item.at("pattern"), problem, advice)


def reference_faults(places: DocumentPlaces) -> Iterator[Fault]:
    """Yield names at the top of the form that lead to no item of the right kind."""
    items = {item.name: places.resolved(item.value) for item in places.items if not item.group}
    form = mapping(places.document.get("x-form"))
    for keyword in ("day_zero", "filling_date"):
        if keyword in form:
            yield from _named(form[keyword], f"/x-form/{keyword}", items, DATES)
    yield from _identity_faults(mapping(places.document.get("x-identity")), items)
    yield from _eligibility_faults(places, items)
    for item in places.items:
        yield from _neighbour_faults(places, item)
        yield from _prefill_faults(places, item)
        yield from _constant_faults(places, item)


def _neighbour_faults(places: DocumentPlaces, item: DocumentPlace) -> Iterator[Fault]:
    """Yield names by which an item leans on others of the form, or of its own group."""
    near = {
        other.name: places.resolved(other.value)
        for other in places.items
        if other.group in (None, item.group)
    }
    for side, names in mapping(item.value.get("x-complete")).items():
        for index, name in enumerate(array(names)):
            yield from _named(name, item.at("x-complete", side, index), near, DATES)
    if "x-unit-item" in item.value:
        yield from _named(item.value["x-unit-item"], item.at("x-unit-item"), near, ("choice",))


def _prefill_faults(places: DocumentPlaces, item: DocumentPlace) -> Iterator[Fault]:
    """Yield an answer that no column of a centre can give."""
    is_one_word = _is_kind(places.resolved(item.value), ("text", "choice"))
    if "x-prefill" in item.value and (item.group or not is_one_word):
        yield Fault(
            item.at("x-prefill"),
            f"{item.name} cannot be filled in from the list of centres",
            "Only a text or a single choice outside groups can",
        )


def _constant_faults(places: DocumentPlaces, item: DocumentPlace) -> Iterator[Fault]:
    """Yield an answer of which nobody can say that it never changes."""
    schema = places.resolved(item.value)
    is_free_text = _is_kind(schema, ("text",)) and "pattern" not in schema
    if "x-constant" in item.value and (item.group or is_free_text):
        yield Fault(
            item.at("x-constant"),
            f"{item.name} cannot be compared between the forms of a patient",
            "Only what is no free text can, outside groups",
        )


def _identity_faults(
    identity: Mapping[str, Any], items: Mapping[str, Mapping[str, Any]]
) -> Iterator[Fault]:
    names = array(identity.get("items"))
    for index, name in enumerate(names):
        yield from _named(name, f"/x-identity/items/{index}", items, _KEY_KINDS)
    if identity.get("centre") not in names:
        yield Fault(
            "/x-identity/centre",
            f"{identity.get('centre')!r} is not one of the items of x-identity",
            "Name the item that says in which centre the patient is",
        )


def _eligibility_faults(
    places: DocumentPlaces, items: Mapping[str, Mapping[str, Any]]
) -> Iterator[Fault]:
    eligibility = mapping(places.document.get("x-eligibility"))
    for index, name in enumerate(array(eligibility.get("items"))):
        yield from _named(name, f"/x-eligibility/items/{index}", items, ())
    objection = mapping(eligibility.get("objection"))
    if not objection:
        return
    where = "/x-eligibility/objection"
    yield from _named(objection.get("item"), f"{where}/item", items, ("choice",))
    item = next((i for i in places.items if i.name == objection.get("item")), None)
    found = places.options(item) if item is not None else None
    if found is not None and objection.get("code") not in [o.name for o in found.options]:
        yield Fault(
            f"{where}/code",
            f"{objection.get('code')!r} is not a code of {objection.get('item')}",
            f"Its codes are {', '.join(option.name for option in found.options)}",
        )


def _named(
    name: object, pointer: str, items: Mapping[str, Mapping[str, Any]], kinds: Sequence[str]
) -> Iterator[Fault]:
    schema = items.get(str(name))
    if schema is None:
        yield Fault(pointer, f"no item that can serve is named {name!r}", "Correct the name")
    elif kinds and not _is_kind(schema, kinds):
        yield Fault(pointer, f"{name} cannot serve here", f"Name an item that is a {kinds[0]}")


def _is_kind(schema: Mapping[str, Any], kinds: Sequence[str]) -> bool:
    if "oneOf" in schema:
        return "choice" in kinds
    shape = schema.get("format") or schema.get("type")
    return ("text" if shape == "string" else shape) in kinds


def _ordered(item: DocumentPlace, limits: Sequence[Any]) -> Iterator[Fault]:
    """Yield a fault when limits that are set do not grow; ``today`` compares with nothing."""
    known = [each for each in limits if each is not None and each != "today"]
    same = {type(each) in (int, float) for each in known}
    if len(same) == 1 and any(a > b for a, b in itertools.pairwise(known)):
        shown = ", ".join(str(each) for each in known)
        yield Fault(
            item.pointer,
            f"the limits are out of order: {shown}",
            "Hard minimum, soft minimum, soft maximum, hard maximum must grow",
        )


def _pattern_problem(pattern: str) -> tuple[str, str]:
    try:
        re.compile(pattern)
        if not pattern.startswith("^") or not pattern.endswith("$"):
            return f"{pattern!r} matches a part of the answer", "Begin it with ^ and end it with $"
        sample_matching(pattern, random.Random(0))  # noqa: S311 - nothing secret
    except re.error as fault:
        return f"{pattern!r} is no regular expression: {fault}", "Correct it"
    except UnsupportedPattern:
        return f"{pattern!r} is too rich to be tried", "Use literals, [classes], groups and counts"
    return "", ""
