"""All that differs between two versions of one form, in the order of the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from intake.model.carry import Renaming, renaming
from intake.model.computed import Rule
from intake.model.definition import FormDefinition
from intake.schema.versions.change import ChangeKind, VersionChange, plain
from intake.schema.versions.items import former_items, item_changes


def compare(old: FormDefinition, new: FormDefinition) -> tuple[VersionChange, ...]:
    """Return what differs between an older version and a newer one of a form."""
    way = renaming(new, old.version)
    return (
        *_form_changes(old, new, way),
        *_question_changes(old, new, way),
        *_group_changes(old, new, way),
        *_rule_changes(old, new),
        *_computed_changes(old, new),
    )


def _form_changes(
    old: FormDefinition, new: FormDefinition, way: Renaming
) -> Iterator[VersionChange]:
    known_by = [way.name(name) for name in old.identity.items]
    pairs = [
        (ChangeKind.TITLE, old.title, new.title),
        (ChangeKind.LANGUAGES, plain(", ".join(old.languages)), plain(", ".join(new.languages))),
        (ChangeKind.IDENTITY, plain(", ".join(known_by)), plain(", ".join(new.identity.items))),
        (ChangeKind.DAY_ZERO, plain(way.name(old.day_zero)), plain(new.day_zero)),
    ]
    for kind, before, after in pairs:
        if before != after:
            yield VersionChange(kind=kind, name=new.id, before=before, after=after)


def _question_changes(
    old: FormDefinition, new: FormDefinition, way: Renaming
) -> Iterator[VersionChange]:
    was = former_items(old, way)
    for name, item in new.items.items():
        if name in was:
            yield from item_changes(was[name], item, way)
        else:
            added = ChangeKind.ITEM_ADDED
            yield VersionChange(kind=added, name=name, code=item.code, after=item.label)
    for name, item in was.items():
        if name not in new.items:
            is_retired = item.name in new.retired
            kind = ChangeKind.ITEM_RETIRED if is_retired else ChangeKind.ITEM_REMOVED
            yield VersionChange(kind=kind, name=item.name, code=item.code, before=item.label)


def _group_changes(
    old: FormDefinition, new: FormDefinition, way: Renaming
) -> Iterator[VersionChange]:
    was = {way.group(name): group for name, group in old.groups.items()}
    for name, group in new.groups.items():
        before = was.get(name)
        if before is None:
            continue
        if before.rows != group.rows:
            rows = plain(before.rows), plain(group.rows)
            yield VersionChange(kind=ChangeKind.ROWS, name=name, before=rows[0], after=rows[1])
        if before.further != group.further and before.held != group.held:
            is_less = len(before.held) > len(group.held)
            kind = ChangeKind.FEWER_ROWS if is_less else ChangeKind.MORE_ROWS
            rows = plain(len(before.held)), plain(len(group.held))
            yield VersionChange(kind=kind, name=name, before=rows[0], after=rows[1])
        fixed = [way.code(group.fixed_item or "", code) for code in before.fixed_values]
        kept = list(group.fixed_values[: len(fixed)])
        # A row is known by its number: a value that stands in another row is another answer.
        if fixed and fixed != kept:
            texts = plain(", ".join(fixed)), plain(", ".join(group.fixed_values))
            kind = ChangeKind.FIXED_ROWS
            yield VersionChange(kind=kind, name=name, before=texts[0], after=texts[1])


def _rule_changes(old: FormDefinition, new: FormDefinition) -> Iterator[VersionChange]:
    before, after = _by_id(old), _by_id(new)
    for rule, told in after.items():
        if rule not in before:
            yield VersionChange(kind=ChangeKind.RULE_ADDED, name=rule, after=told[0].message)
            continue
        yield from _one_rule(rule, before[rule], told)
    for rule, told in before.items():
        if rule not in after:
            removed = told[0].message
            yield VersionChange(kind=ChangeKind.RULE_REMOVED, name=rule, before=removed)


def _one_rule(name: str, old: list[Rule], new: list[Rule]) -> Iterator[VersionChange]:
    """Yield what differs in a rule; written for many questions it is compared whole."""
    if {r.severity for r in old} != {r.severity for r in new}:
        texts = plain(old[0].severity.value), plain(new[0].severity.value)
        kind = ChangeKind.RULE_SEVERITY
        yield VersionChange(kind=kind, name=name, before=texts[0], after=texts[1])
    words = {str(r.message) for r in old} != {str(r.message) for r in new}
    if words:
        kind, texts = ChangeKind.RULE_WORDS, (old[0].message, new[0].message)
        yield VersionChange(kind=kind, name=name, before=texts[0], after=texts[1])
    if [(r.when, r.items, r.hides) for r in old] != [(r.when, r.items, r.hides) for r in new]:
        texts = plain(_conditions(old)), plain(_conditions(new))
        kind = ChangeKind.RULE_CONDITION
        yield VersionChange(kind=kind, name=name, before=texts[0], after=texts[1])


def _conditions(rules: list[Rule]) -> str:
    return " | ".join(dict.fromkeys(rule.when for rule in rules))


def _by_id(form: FormDefinition) -> Mapping[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in form.rules:
        found.setdefault(rule.id, []).append(rule)
    return found


def _computed_changes(old: FormDefinition, new: FormDefinition) -> Iterator[VersionChange]:
    before, after = _computed(old), _computed(new)
    for name, (made, title) in after.items():
        if name not in before:
            yield VersionChange(kind=ChangeKind.COMPUTED_ADDED, name=name, after=title)
        elif before[name][0] != made:
            yield VersionChange(kind=ChangeKind.COMPUTED_CHANGED, name=name, after=title)
    for name, (_, title) in before.items():
        if name not in after:
            yield VersionChange(kind=ChangeKind.COMPUTED_REMOVED, name=name, before=title)


def _computed(form: FormDefinition) -> Mapping[str, tuple[Any, Mapping[str, str]]]:
    """Return what a form computes or looks up, by name, with its title."""
    return {
        **{each.name: (each, each.title) for each in form.derived},
        **{each.name: (each, each.title) for each in form.scores},
        **{each.name: (each, {}) for each in form.tables},
    }
