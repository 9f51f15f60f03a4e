"""Whether ``x-formerly`` and ``x-retired`` say what the older versions really asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intake.model.carry import former, renaming
from intake.model.definition import FormDefinition, Formerly, Item, ItemGroup, version_order


@dataclass(frozen=True, slots=True)
class Misnamed:
    """Something that is said of an older version and is not so: of which name, what, what to do."""

    name: str
    """Of the question or group, in the newer version; empty for the form itself."""
    problem: str
    advice: str


def misnamed(new: FormDefinition, older: Iterable[FormDefinition]) -> Iterator[Misnamed]:
    """Yield what the newer version says wrongly of itself, and of older versions at hand.

    Of a version that is not at hand nothing can be said.
    """
    known = {form.version: form for form in older}
    places: list[Item | ItemGroup] = [*new.items.values(), *new.groups.values()]
    for place in places:
        for entry in place.formerly:
            yield from _own_faults(new, place, entry)
            if entry.version in known:
                yield from _said_of(known[entry.version], place, entry)
    for form in known.values():
        yield from _twice(new, form)
    if known:
        yield from _retired(new, list(known.values()))


def _own_faults(
    new: FormDefinition, place: Item | ItemGroup, entry: Formerly
) -> Iterator[Misnamed]:
    """Yield what is wrong whatever the older version was."""
    if version_order(entry.version) >= version_order(new.version):
        problem = f"x-formerly speaks of {entry.version}, which is no older version"
        yield Misnamed(place.name, problem, f"Name a version before {new.version}")
    if [each.version for each in place.formerly].count(entry.version) > 1:
        yield Misnamed(place.name, f"x-formerly names {entry.version} twice", "Keep one entry")
    options = place.options if isinstance(place, Item) else ()
    known = {option.code for option in options}
    for code in entry.codes.values():
        if code not in known:
            problem = f"x-formerly leads to the code {code!r}, which this question has not"
            yield Misnamed(place.name, problem, f"Name one of {', '.join(sorted(known)) or '-'}")


def _said_of(old: FormDefinition, place: Item | ItemGroup, entry: Formerly) -> Iterator[Misnamed]:
    """Yield what an entry says of an older version that is not so there."""
    name = entry.name or place.name
    was = old.items.get(name) if isinstance(place, Item) else old.groups.get(name)
    if was is None:
        problem = f"{old.version} had no {name!r}"
        yield Misnamed(place.name, problem, f"Write in x-formerly the name that {old.version} has")
        return
    if not isinstance(was, Item):
        return
    if entry.code is not None and entry.code != was.code:
        problem = f"the visible code of {name!r} was {was.code} in {old.version}, not {entry.code}"
        yield Misnamed(place.name, problem, f"Write {was.code}")
    for code in entry.codes:
        if was.option(code) is None:
            problem = f"{name!r} had no code {code!r} in {old.version}"
            known = ", ".join(option.code for option in was.options)
            yield Misnamed(place.name, problem, f"Its codes were {known or '-'}")


def _twice(new: FormDefinition, old: FormDefinition) -> Iterator[Misnamed]:
    """Yield names of now that two questions of an older version would both take."""
    claimed = dict[str, str]()
    for item in new.items.values():
        entry = former(item, old.version)
        if entry is None:
            continue
        was = entry.name or item.name
        if claimed.setdefault(was, item.name) != item.name:
            problem = f"{was!r} of {old.version} became {claimed[was]!r} already"
            yield Misnamed(item.name, problem, "One question of now for each of then")
    way, seen = renaming(new, old.version), dict[str, str]()
    for name in old.items:
        now = way.name(name)
        other = seen.setdefault(now, name)
        if other != name and now in new.items:
            problem = f"{other!r} and {name!r} of {old.version} would both become {now!r}"
            yield Misnamed(now, problem, "Say with x-formerly what became of each, or retire one")


def _retired(new: FormDefinition, older: list[FormDefinition]) -> Iterator[Misnamed]:
    for each in new.retired:
        name, _, code = each.partition("=")
        then = [form.items[name] for form in older if name in form.items]
        now = new.items.get(name)
        is_known = any(not code or item.option(code) for item in then)
        is_asked = now is not None and (not code or now.option(code) is not None)
        if not is_known or is_asked:
            what = "is still asked" if is_asked else "was asked by no older version"
            yield Misnamed("", f"x-retired: {each!r} {what}", "Take it out of x-retired")
