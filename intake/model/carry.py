"""What an older version's questions have become in a newer one, and answers carried there.

``x-formerly`` of the newer version says it; what it does not say keeps its name and codes.
An answer is renamed, never changed: no unit is converted, nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from intake.model.definition import FormDefinition, Formerly, Item, ItemGroup, version_order
from intake.model.submission import (
    ItemData,
    Submission,
    Value,
    json_of_value,
    value_of_json,
)

_BESIDE = ("_missing", "_bound")


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """The way of names and codes from one version of a form to a newer one."""

    newer: FormDefinition
    names: Mapping[str, str]
    """Question by its older name, where it has another now."""
    groups: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    """By the newer name of a question: each code by its older one, where it has another now."""

    def name(self, older: str) -> str:
        """Return what a question is called now; one that is asked no more keeps its name."""
        return self.names.get(older, older)

    def group(self, older: str) -> str:
        """Return what a group is called now."""
        return self.groups.get(older, older)

    def code(self, name: str, older: str) -> str:
        """Return what a code of a question, named as it is now, has become."""
        return self.codes.get(name, {}).get(older, older)

    def data(self, name: str, held: ItemData) -> ItemData:
        """Return a stored value of a question, named as it is now, with the codes of now."""
        if name not in self.codes:
            return held
        if isinstance(held, tuple):
            return self._in_order(name, (self.code(name, each) for each in held))
        return self.code(name, held) if isinstance(held, str) else held

    def back(self) -> Renaming:
        """Return the way from the names of now to the older ones, for what is said of answers."""
        names = {now: older for older, now in self.names.items()}
        return replace(self, names=names, groups={}, codes={})

    def value(self, value: Value) -> Value:
        """Return one answer in its place of now."""
        name = self.name(value.item)
        group = None if value.group is None else self.group(value.group)
        held = None if value.value is None else self.data(name, value.value)
        if (name, group) == (value.item, value.group) and held is value.value:
            return value
        return replace(value, item=name, group=group, value=held)

    def _in_order(self, name: str, codes: Iterable[str]) -> tuple[str, ...]:
        """Return codes in the codelist's order, those that became one once."""
        found = dict.fromkeys(codes)
        order = [option.code for option in self.newer.items[name].options]
        return tuple(sorted(found, key=lambda c: order.index(c) if c in order else len(order)))


def renaming(newer: FormDefinition, version: str) -> Renaming:
    """Return the way from an older version of a form; from the same version, nothing changes."""
    names, groups, codes = dict[str, str](), dict[str, str](), dict[str, Mapping[str, str]]()
    for item in newer.items.values():
        entry = former(item, version)
        if entry is not None:
            names[entry.name or item.name] = item.name
            codes[item.name] = entry.codes
    for group in newer.groups.values():
        entry = former(group, version)
        if entry is not None and entry.name is not None:
            groups[entry.name] = group.name
    return Renaming(newer=newer, names=names, groups=groups, codes=codes)


def former(place: Item | ItemGroup, version: str) -> Formerly | None:
    """Return what a question or group was in a version; None when it says nothing of it.

    An entry holds for its version and older ones, down to the next entry.
    """
    if not place.formerly:
        return None
    wanted = version_order(version)
    later = [entry for entry in place.formerly if version_order(entry.version) >= wanted]
    return min(later, key=lambda entry: version_order(entry.version), default=None)


def carried(submission: Submission, newer: FormDefinition) -> Submission:
    """Return a submission's answers as those of a newer version, whose rules may then see them.

    The same submission when it is of that version, or of one that is newer still. What was
    computed of it stays as it was computed; findings stay those of its own version.
    """
    own, wanted = version_order(submission.version), version_order(newer.version)
    if submission.form != newer.id or own >= wanted:
        return submission
    way = renaming(newer, submission.version)
    return replace(
        submission,
        version=newer.version,
        values=tuple(way.value(value) for value in submission.values),
        record=_record(way, submission.record),
        derived=_grouped(way, submission.derived, lambda row: row),
    )


def _record(way: Renaming, record: Mapping[str, Any]) -> dict[str, Any]:
    def holder(held: Mapping[str, Any]) -> dict[str, Any]:
        return dict(_member(way, held, key) for key in held)

    return _grouped(way, holder(record), holder)


def _member(way: Renaming, holder: Mapping[str, Any], key: str) -> tuple[str, Any]:
    """Return one member of a record or of a row under its name of now; rows as they are."""
    content = holder[key]
    if key in _BESIDE:
        return key, {way.name(name): held for name, held in content.items()}
    if _is_rows(content):
        return key, content
    name = way.name(key)
    return name, json_of_value(way.data(name, value_of_json(content)))


def _grouped(
    way: Renaming, held: Mapping[str, Any], row: Callable[[Mapping[str, Any]], Any]
) -> dict[str, Any]:
    """Return the same members, rows of groups under the group's name of now."""
    return {
        way.group(key): [row(each) for each in content] if _is_rows(content) else content
        for key, content in held.items()
    }


def _is_rows(content: object) -> bool:
    return isinstance(content, list | tuple) and any(isinstance(each, dict) for each in content)
