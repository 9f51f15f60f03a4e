"""What rules and computed values name: items, one another, codes, what messages print."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from intake.expressions.lint import nearest
from intake.expressions.scope import name_problem
from intake.model.finding_codes import FindingCode
from intake.privacy.private import may_be_in_message
from intake.schema.check.places import DocumentPlaces, Fault, array, mapping
from intake.schema.check.written_entries import (
    DERIVED,
    RULES,
    SCORES,
    SchemaEntry,
    entries,
    written,
)
from intake.schema.compile.each import holes

_NEVER = "Messages are read by many: identifying answers, free text and dates stay out of them"


def entry_faults(places: DocumentPlaces) -> Iterator[Fault]:
    """Yield wrong names in rules, derived values and scores."""
    found = list(entries(places))
    yield from _each_faults(places)
    yield from _made_faults(places, found)
    known = set(FindingCode) | {entry.name for entry in found if entry.keyword == RULES}
    known |= {str(mapping(i.value.get("x-range-message")).get("id")) for i in places.items}
    asked = {item.name: places.resolved(item.value) for item in places.items}
    computed = {name for entry in found for name in _made(entry)}
    for entry in found:
        if entry.keyword == RULES:
            yield from _item_faults(places, entry)
            yield from _row_faults(places, entry)
            yield from _hides_faults(entry, {str(each) for each in known})
            yield from _message_faults(places, entry, asked, computed)


def _each_faults(places: DocumentPlaces) -> Iterator[Fault]:
    """Yield words of ``each`` that the entry does not use, or that some objects lack."""
    for entry in written(places):
        each = [mapping(words) for words in array(entry.content.get("each"))]
        if not each:
            continue
        body = {key: value for key, value in entry.content.items() if key != "each"}
        used = set(holes(json.dumps(body, ensure_ascii=False)))
        for index, words in enumerate(each):
            for name in sorted(set(words) - used):
                yield Fault(entry.at("each", index, name), f"{{{name}}} is not used", "Remove it")
            for name in sorted(used & set().union(*each) - set(words)):
                yield Fault(entry.at("each", index), f"{name!r} is missing here", "Add it")


def _made(entry: SchemaEntry) -> tuple[str, ...]:
    """Return the names that an entry gives to values."""
    name = str(entry.content.get("name"))
    if entry.keyword == DERIVED:
        return (name,)
    if entry.keyword != SCORES:
        return ()
    parts = [mapping(part).get("id") for part in array(entry.content.get("parts"))]
    return tuple(f"{name}_{end}" for end in ("min", "max", "known", *parts))


def _made_faults(places: DocumentPlaces, found: list[SchemaEntry]) -> Iterator[Fault]:
    taken = {place.name: place.pointer for place in [*places.items, *places.groups]}
    taken |= {name: f"/x-tables/{name}" for name in mapping(places.document.get("x-tables"))}
    for entry in found:
        for name in _made(entry):
            problem = name_problem(name)
            if problem:
                yield Fault(entry.at("name"), problem, "Rename it")
            if name in taken:
                yield Fault(entry.at("name"), f"{name!r} is also {taken[name]}", "Rename one")
            taken.setdefault(name, entry.pointer)


def _item_faults(places: DocumentPlaces, entry: SchemaEntry) -> Iterator[Fault]:
    near = {i.name: i for i in places.items if i.group in (None, entry.group)}
    for index, name in enumerate(array(entry.content.get("items"))):
        if name not in near:
            yield Fault(
                entry.at("items", index),
                f"no item that this rule can show is named {name!r}",
                nearest(str(name), near) or "Name items of the form, or of the rule's own group",
            )


def _row_faults(places: DocumentPlaces, entry: SchemaEntry) -> Iterator[Fault]:
    """Yield a rule of a group that begins with a question of the form: which row is lost."""
    named = array(entry.content.get("items"))
    own = {item.name for item in places.items if item.group == entry.group}
    if entry.group is not None and named and named[0] not in own:
        problem = f"the first question of a rule of {entry.group} must be one of its rows"
        yield Fault(entry.at("items", 0), problem, "Else nobody is told which row it is about")


def _hides_faults(entry: SchemaEntry, known: set[str]) -> Iterator[Fault]:
    for index, name in enumerate(array(entry.content.get("hides"))):
        if name not in known:
            advice = nearest(str(name), dict.fromkeys(known))
            yield Fault(entry.at("hides", index), f"nothing has the code {name!r}", advice)


def _message_faults(
    places: DocumentPlaces,
    entry: SchemaEntry,
    asked: Mapping[str, Mapping[str, Any]],
    computed: set[str],
) -> Iterator[Fault]:
    identity = array(mapping(places.document.get("x-identity")).get("items"))
    for language, text in mapping(entry.content.get("message")).items():
        where = entry.at("message", language)
        if text.count("{") != len(holes(text)) or text.count("}") != len(holes(text)):
            yield Fault(where, "a brace is not part of a {name}", "Write {name}, or no brace")
        for name in holes(text):
            if name not in asked and name not in computed:
                known = {**asked, **dict.fromkeys(computed)}
                yield Fault(where, f"nothing is named {name!r}", nearest(name, known))
            elif name in asked and not may_be_in_message(asked[name], is_identity=name in identity):
                yield Fault(where, f"the message would print {name!r}", _NEVER)
