"""One address per answer place, the same in the three formats.

``item``, ``item__code`` (an option), ``group__row__item``, ``group__row__item__code``.
The address is the PDF field's name, the Word tag and bookmark, the Excel defined name.
Visible codes are printed beside the answer: ``A01``, ``A01.2`` (row 2), ``A01=hta`` (option).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intake.model.definition import FormDefinition, Item, ItemGroup, Option

SEPARATOR = "__"
MAX_LENGTH = 40
STAMP_ADDRESS = "_stamp"
UNANSWERED = "_"
"""Value of a list without answer; never a code."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a form where an answer is written or ticked."""

    item: Item
    row: int | None = None
    option: Option | None = None

    @property
    def address(self) -> str:
        """Return the address of this place."""
        parts = [] if self.row is None else [str(self.item.group), str(self.row)]
        parts.append(self.item.name)
        if self.option is not None:
            parts.append(self.option.code)
        return SEPARATOR.join(parts)

    @property
    def code(self) -> str:
        """Return the visible code of this place."""
        text = self.item.code if self.row is None else f"{self.item.code}.{self.row}"
        return text if self.option is None else f"{text}={self.option.code}"


def places(definition: FormDefinition) -> Iterator[Place]:
    """Yield every answer place in form order; printed rows one after the other."""
    return (place for place in held_places(definition) if is_printed(definition, place))


def held_places(definition: FormDefinition) -> Iterator[Place]:
    """Yield every place that a record may hold an answer to, rows that no form prints included."""
    for element in definition.elements:
        if isinstance(element, ItemGroup):
            for row in element.held:
                for item in element.items:
                    yield from item_places(item, row)
        else:
            yield from item_places(element)


def is_printed(definition: FormDefinition, place: Place) -> bool:
    """Say whether a form prints the row of a place."""
    group = definition.groups.get(place.item.group or "")
    return group is None or place.row is None or place.row in group.printed


def places_by_address(definition: FormDefinition) -> dict[str, Place]:
    """Return every answer place of a form by address, in form order; not the stamp."""
    return {place.address: place for place in places(definition)}


def item_places(item: Item, row: int | None = None) -> Iterator[Place]:
    """Yield the places of one item: one, or one per option of a multiple choice."""
    if item.is_ticked:
        for option in item.options:
            yield Place(item, row, option)
    else:
        yield Place(item, row)
