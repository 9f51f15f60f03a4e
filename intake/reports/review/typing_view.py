"""The questions of a form as fields to type in, each with the answer that it holds now. Pure.

For the coordinator alone: every answer is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intake.model.address import Place, places
from intake.model.definition import FormDefinition, Item, ItemGroup
from intake.model.submission import ItemKey, Value, value_text
from intake.words.catalogue import Words

SEPARATOR = ";"
"""What joins the codes of a multiple choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedField:
    """One question to answer: what kind of field it takes, and what stands in it."""

    address: str
    code: str
    label: str
    hint: str
    unit: str
    kind: str
    """``text``, ``long``, ``one`` (of a list) or ``several``."""
    options: tuple[tuple[str, str], ...]
    """Code and words of each entry of a list."""
    text: str
    """As it would be typed: codes of a list, joined by ``;``; else what was written."""

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the codes that are chosen."""
        return tuple(filter(None, self.text.split(SEPARATOR)))


@dataclass(frozen=True, slots=True)
class TypedSection:
    """A lettered part of the form."""

    letter: str
    title: str
    fields: tuple[TypedField, ...]


def typed_sections(
    definition: FormDefinition, values: Mapping[ItemKey, Value], words: Words
) -> Iterator[TypedSection]:
    """Yield the sections in the order of the form, with all that is asked in them."""
    for section in definition.sections:
        fields = (
            typed_field(place, values.get((place.item.name, place.row)), words)
            for place in questions(definition)
            if place.item.section == section.name
        )
        yield TypedSection(section.letter, words.printed(section.title), tuple(fields))


def typed_field(place: Place, value: Value | None, words: Words) -> TypedField:
    """Return one question as a field."""
    item = place.item
    return TypedField(
        address=place.address,
        code=place.code,
        label=words.printed(item.label),
        hint=words.printed(item.hint) if item.hint else "",
        unit=words.printed(item.unit) if item.unit else "",
        kind=_kind(item),
        options=tuple((option.code, words.printed(option.title)) for option in item.options),
        text=as_typed(item, value),
    )


def as_typed(item: Item, value: Value | None) -> str:
    """Return an answer as a person would type it; empty for none."""
    if value is None:
        return ""
    if item.is_choice and value.value is not None:
        return value_text(value.value)
    return value.raw


def questions(definition: FormDefinition) -> Iterator[Place]:
    """Yield each question once, row by row; not what the form prints itself."""
    seen: set[ItemKey] = set()
    for place in places(definition):
        key = (place.item.name, place.row)
        if key not in seen and not _is_printed(definition.groups, place):
            seen.add(key)
            yield Place(place.item, place.row)


def _is_printed(groups: Mapping[str, ItemGroup], place: Place) -> bool:
    group = groups.get(place.item.group or "")
    return group is not None and group.fixed_item == place.item.name


def _kind(item: Item) -> str:
    if item.is_ticked:
        return "several"
    if item.is_listed:
        return "one"
    return "long" if item.is_free_text and (item.max_length or 0) > _LINE else "text"


_LINE = 120
"""Letters of an answer that takes more than one line."""
