"""Rules, computed values and scores as a document writes them, ``each`` written out.

Tolerates any damage; every entry keeps the pointer of where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from intake.schema.check.places import DocumentPlaces, array, escape, mapping
from intake.schema.compile.each import expanded

RULES, DERIVED, SCORES = "x-rules", "x-derived", "x-scores"


@dataclass(frozen=True, slots=True)
class SchemaEntry:
    """One entry, its keyword and the group in whose rows it runs."""

    keyword: str
    pointer: str
    content: Mapping[str, Any]
    group: str | None = None

    def at(self, *steps: str | int) -> str:
        """Return the pointer of something inside."""
        return "".join([self.pointer, *(f"/{escape(str(step))}" for step in steps)])

    @property
    def name(self) -> str:
        """Return the id of a rule, the name of a computed value."""
        return str(self.content.get("id" if self.keyword == RULES else "name"))


def entries(places: DocumentPlaces) -> Iterator[SchemaEntry]:
    """Yield every entry of a document, one for each object of its ``each``."""
    for entry in written(places):
        for content in expanded(entry.content):
            yield SchemaEntry(entry.keyword, entry.pointer, content, entry.group)


def written(places: DocumentPlaces) -> Iterator[SchemaEntry]:
    """Yield every entry as it is written."""
    yield from _in_holder(places.document, "", None)
    for group in places.groups:
        row = mapping(group.value.get("items"))
        yield from _in_holder(row, group.at("items"), group.name)


def _in_holder(holder: Mapping[str, Any], pointer: str, group: str | None) -> Iterator[SchemaEntry]:
    for keyword in (RULES, DERIVED, SCORES):
        for index, value in enumerate(array(holder.get(keyword))):
            yield SchemaEntry(keyword, f"{pointer}/{keyword}/{index}", mapping(value), group)
