"""Several versions of one form as one list of items, so that they share one dataset.

The newest version gives order and words, and says which older item each of its own was; items
that only older versions ask come after.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from intake.exports.tables.computed_columns import ComputedColumn, computed_columns
from intake.model.carry import Renaming, renaming
from intake.model.definition import DataType, FormDefinition, Item, Option, version_order
from intake.privacy.profiles import Disclosure, Profile, disclosure, least_open

_RESERVED_FILES = {"records", "values", "findings", "codebook", "datapackage"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedItem:
    """One item over all the versions that ask it."""

    item: Item
    """As the newest version asks it."""
    options: tuple[Option, ...]
    shown: Disclosure
    data_type: DataType | None
    """None when versions disagree: then only text is sure."""
    versions: tuple[str, ...]
    asked_as: tuple[Item, ...]
    """The item in each version, newest first, under the names and codes of the newest."""
    held_to_limits: bool
    """False for items whose faults are queried but never held back."""

    @property
    def name(self) -> str:
        """Return the item's name."""
        return self.item.name

    @property
    def is_number(self) -> bool:
        """Say whether every version asks for a number."""
        return all(item.is_number for item in self.asked_as)


@dataclass(frozen=True, slots=True)
class MergedGroup:
    """A repeating group over all versions; ``name`` None holds the single items."""

    name: str | None
    items: tuple[MergedItem, ...]
    computed: tuple[ComputedColumn, ...] = ()

    @property
    def file(self) -> str:
        """Return the file of this group's rows."""
        if self.name is None:
            return "records.csv"
        return f"group_{self.name}.csv" if self.name in _RESERVED_FILES else f"{self.name}.csv"

    @property
    def disclosed(self) -> tuple[MergedItem, ...]:
        """Return the items that have columns."""
        return tuple(item for item in self.items if item.shown is not Disclosure.WITHHELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedForm:
    """All versions of one form, the newest first."""

    versions: tuple[FormDefinition, ...]
    singles: MergedGroup
    groups: tuple[MergedGroup, ...]

    @property
    def newest(self) -> FormDefinition:
        """Return the newest version."""
        return self.versions[0]

    @property
    def languages(self) -> tuple[str, ...]:
        """Return every language of every version, the default first."""
        return tuple(dict.fromkeys(lang for form in self.versions for lang in form.languages))

    @property
    def all_groups(self) -> tuple[MergedGroup, ...]:
        """Return the single items, then each repeating group."""
        return (self.singles, *self.groups)


def merge(definitions: Iterable[FormDefinition], profile: Profile) -> MergedForm:
    """Return the versions of one form as one. Raises ValueError for none, or two forms."""
    versions = tuple(sorted(definitions, key=lambda d: version_order(d.version), reverse=True))
    if len({form.id for form in versions}) != 1:
        raise ValueError("a dataset is made of the versions of exactly one form")
    ways = [(form, renaming(versions[0], form.version)) for form in versions]
    names = dict.fromkeys(way.group(name) for form, way in ways for name in form.groups)
    return MergedForm(
        versions=versions,
        singles=_group(None, ways, profile),
        groups=tuple(_group(name, ways, profile) for name in names),
    )


def _group(
    name: str | None, ways: Sequence[tuple[FormDefinition, Renaming]], profile: Profile
) -> MergedGroup:
    asked: dict[str, list[_Use]] = {}
    own = [(form, way, _own_name(form, way, name)) for form, way in ways]
    for form, way, group in own:
        for item in _items(form, group):
            asked.setdefault(way.name(item.name), []).append(_Use(form, item, _renamed(item, way)))
    items = tuple(_merged(uses, profile) for uses in asked.values())
    computed = computed_columns([(form, group) for form, _, group in own], profile)
    return MergedGroup(name, items, computed)


@dataclass(frozen=True, slots=True)
class _Use:
    """One version that asks an item: the item as it is there, and under its names of now."""

    form: FormDefinition
    own: Item
    item: Item


def _own_name(form: FormDefinition, way: Renaming, group: str | None) -> str | None:
    """Return what a version calls a group; its name of now where it has no such group."""
    return next((name for name in form.groups if way.group(name) == group), group)


def _renamed(item: Item, way: Renaming) -> Item:
    """Return an item of an older version with the name and the codes that they have now."""
    name = way.name(item.name)
    options = (replace(o, code=way.code(name, o.code)) for o in item.options)
    return replace(item, name=name, options=tuple(options))


def _items(form: FormDefinition, group: str | None) -> tuple[Item, ...]:
    if group is None:
        return form.single_items
    found = form.groups.get(group)
    return found.items if found else ()


def _merged(uses: Sequence[_Use], profile: Profile) -> MergedItem:
    options = {option.code: option for use in reversed(uses) for option in use.item.options}
    newest = uses[0].item
    order = dict.fromkeys(option.code for use in uses for option in use.item.options)
    return MergedItem(
        item=newest,
        options=tuple(options[code] for code in order),
        shown=least_open(disclosure(use.form, use.own, profile) for use in uses),
        data_type=_data_type({use.item.data_type for use in uses}),
        versions=tuple(use.form.version for use in uses),
        asked_as=tuple(use.item for use in uses),
        held_to_limits=all(use.own.name not in use.form.never_held_back for use in uses),
    )


def _data_type(types: set[DataType]) -> DataType | None:
    """Return the one type, or the one that holds all of them, or None when there is none."""
    wide = types if len(types) == 1 else {_widest(data_type) for data_type in types}
    return next(iter(wide)) if len(wide) == 1 else None


def _widest(data_type: DataType) -> DataType:
    """Return the type of which every value of a type is one too."""
    match data_type:
        case DataType.INTEGER | DataType.DECIMAL:
            return DataType.DECIMAL
        case DataType.DATE | DataType.PARTIAL_DATE:
            return DataType.PARTIAL_DATE
        case DataType.TEXT | DataType.TIME | DataType.SINGLE_CHOICE | DataType.MULTIPLE_CHOICE:
            return data_type
        case unknown:
            assert_never(unknown)
