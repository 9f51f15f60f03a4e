"""What differs in one question that two versions ask: its answers, its words, when it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intake.model.carry import Renaming
from intake.model.definition import FormDefinition, Item, Option
from intake.model.local_text import LocalText
from intake.schema.versions.change import ChangeKind, VersionChange, plain


def item_changes(old: Item, new: Item, way: Renaming) -> Iterator[VersionChange]:
    """Yield what differs between a question and what it was."""
    for kind, before, after in _pairs(old, new, way):
        if before != after:
            yield _change(kind, new, before, after)
    yield from _option_changes(old, new, way)


def _change(kind: ChangeKind, new: Item, before: LocalText, after: LocalText) -> VersionChange:
    return VersionChange(kind=kind, name=new.name, code=new.code, before=before, after=after)


def _pairs(
    old: Item, new: Item, way: Renaming
) -> Iterator[tuple[ChangeKind, LocalText, LocalText]]:
    group = None if old.group is None else way.group(old.group)
    yield ChangeKind.ITEM_RENAMED, plain(old.name), plain(new.name)
    yield ChangeKind.ITEM_MOVED, plain(group or "-"), plain(new.group or "-")
    yield ChangeKind.VISIBLE_CODE, plain(old.code), plain(new.code)
    yield ChangeKind.SECTION, plain(old.section), plain(new.section)
    if old.family is not new.family:
        yield ChangeKind.TYPE, plain(old.data_type.value), plain(new.data_type.value)
    elif old.data_type is not new.data_type:
        yield ChangeKind.BOUNDS, plain(old.data_type.value), plain(new.data_type.value)
    yield _unit_kind(old, new), _unit(old, way), _unit(new)
    yield ChangeKind.BOUNDS, plain(_bounds(old)), plain(_bounds(new))
    yield ChangeKind.USUAL_BOUNDS, plain(_usual(old)), plain(_usual(new))
    yield ChangeKind.LABEL, old.label, new.label
    yield ChangeKind.HELP, old.hint, new.hint
    yield ChangeKind.REQUIRED, plain(old.required), plain(new.required)
    yield ChangeKind.RELEVANT, plain(old.relevant), plain(new.relevant)
    yield ChangeKind.REASONS, _reasons(old), _reasons(new)
    yield ChangeKind.IDENTIFYING, plain(_yes(old.identifying)), plain(_yes(new.identifying))


def _option_changes(old: Item, new: Item, way: Renaming) -> Iterator[VersionChange]:
    became: dict[str, Option] = {}
    for option in old.options:
        code = way.code(new.name, option.code)
        found = new.option(code)
        if found is None:
            is_retired = f"{new.name}={option.code}" in way.newer.retired
            kind = ChangeKind.CODE_RETIRED if is_retired else ChangeKind.CODE_REMOVED
            yield _of_option(kind, new, option, option.title, {})
            continue
        became[code] = option
        if option.code != code:
            yield _of_option(ChangeKind.CODE_RENAMED, new, found, plain(option.code), plain(code))
        if option.title != found.title:
            yield _of_option(ChangeKind.CODE_LABEL, new, found, option.title, found.title)
        if _role(option) != _role(found):
            before, after = plain(_role(option)), plain(_role(found))
            yield _of_option(ChangeKind.CODE_ROLE, new, found, before, after)
    for option in new.options:
        if option.code not in became:
            yield _of_option(ChangeKind.CODE_ADDED, new, option, {}, option.title)


def _of_option(
    kind: ChangeKind, item: Item, option: Option, before: LocalText, after: LocalText
) -> VersionChange:
    return VersionChange(
        kind=kind,
        name=f"{item.name}={option.code}",
        code=f"{item.code}={option.code}",
        before=before,
        after=after,
    )


def _unit(item: Item, way: Renaming | None = None) -> LocalText:
    """Return the unit, or the question that asks it, under its name of now."""
    if item.unit_item is None:
        return item.unit
    return plain(f"[{way.name(item.unit_item) if way is not None else item.unit_item}]")


def _unit_kind(old: Item, new: Item) -> ChangeKind:
    """Return whether a unit is another one, or only written otherwise in a language."""
    is_same = any(new.unit.get(language) == text for language, text in old.unit.items())
    return ChangeKind.UNIT_WORDS if is_same else ChangeKind.UNIT


def _bounds(item: Item) -> str:
    low, high = item.limits.low, item.limits.high
    days, times = item.dates, item.times
    pairs = [
        (low, high),
        (days.earliest, days.latest),
        (times.earliest, times.latest),
        (item.min_length, item.max_length),
    ]
    # The pattern of a date is the way a date is stored, no limit of this question.
    own = item.pattern if item.is_free_text else None
    return " ".join(filter(None, [*(_range(*pair) for pair in pairs), own]))


def _usual(item: Item) -> str:
    pairs = [
        (item.soft.low, item.soft.high),
        (item.soft_dates.earliest, item.soft_dates.latest),
        (item.soft_times.earliest, item.soft_times.latest),
    ]
    return " ".join(filter(None, (_range(*pair) for pair in pairs)))


def _range(low: object, high: object) -> str:
    if low is None and high is None:
        return ""
    return f"{'' if low is None else low}..{'' if high is None else high}"


def _reasons(item: Item) -> Mapping[str, str]:
    return plain(", ".join(reason.value for reason in item.missing))


def _role(option: Option) -> str:
    reason = option.reason.value if option.reason is not None else ""
    return " ".join(filter(None, [reason, "x-exclusive" if option.exclusive else ""]))


def _yes(flag: bool) -> str:  # noqa: FBT001 - one value turned into its text
    return "x-identifying" if flag else ""


def former_items(old: FormDefinition, way: Renaming) -> Mapping[str, Item]:
    """Return the questions of an older version by the name of now."""
    return {way.name(item.name): item for item in old.items.values()}
