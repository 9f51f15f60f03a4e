"""A schema document as it is written, with a JSON pointer to everything worth checking.

Tolerates any damage: what has not the expected shape is skipped here and named by the
metaschema. Shared definitions are followed, and pointed at where they really stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_DEFS = "#/$defs/"
_WORDS = ("title", "description")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a schema: a JSON pointer, what is wrong, what to do."""

    pointer: str
    problem: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class DocumentPlace:
    """One object of the document: an item, a group, an option, a section."""

    name: str
    pointer: str
    value: Mapping[str, Any]
    group: str | None = None
    rows: int = 0
    """Rows of the item's group that a record may hold."""

    def at(self, *steps: str | int) -> str:
        """Return the pointer of something inside."""
        return "".join([self.pointer, *(f"/{escape(str(step))}" for step in steps)])


@dataclass(frozen=True, slots=True)
class Options:
    """The codelist of one item."""

    item: DocumentPlace
    multiple: bool
    options: tuple[DocumentPlace, ...]


class DocumentPlaces:
    """Everything that a document asks, in form order."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        """Walk the document once."""
        self.document = document
        form = mapping(document.get("x-form"))
        self.languages = tuple(each for each in array(form.get("languages")) if _is_text(each))
        self.sections = tuple(
            DocumentPlace(str(value.get("name")), f"/x-sections/{index}", value)
            for index, value in _objects(document.get("x-sections"))
        )
        self.groups: list[DocumentPlace] = []
        self.items: list[DocumentPlace] = []
        for name, value in mapping(document.get("properties")).items():
            if not name.startswith("_"):
                self._add(DocumentPlace(name, f"/properties/{escape(name)}", mapping(value)))

    def _add(self, place: DocumentPlace) -> None:
        inner = mapping(self.resolved(place.value.get("items")))
        if inner.get("type") != "object":
            self.items.append(place)
            return
        self.groups.append(place)
        where = place.at("items", "properties")
        for name, value in mapping(inner.get("properties")).items():
            if not name.startswith("_"):
                pointer = f"{where}/{escape(name)}"
                rows = row_count(place.value.get("x-rows"))
                rows = max(rows, row_count(mapping(place.value.get("x-more-rows")).get("most")))
                self.items.append(DocumentPlace(name, pointer, mapping(value), place.name, rows))

    def resolved(self, value: object) -> Mapping[str, Any]:
        """Return a schema with its reference into the shared definitions followed."""
        own = mapping(value)
        target = self._target(own)
        return {**target, **own} if target else own

    def options(self, item: DocumentPlace) -> Options | None:
        """Return the codelist of an item, or None when it has none."""
        found = self._list(item.value, item.pointer)
        multiple = found is None
        if found is None:
            found = self._list(mapping(item.value.get("items")), item.at("items"))
        if found is None:
            return None
        entries, pointer = found
        options = tuple(
            DocumentPlace(str(value.get("const")), f"{pointer}/{index}", value)
            for index, value in _objects(entries)
        )
        return Options(item, multiple, options)

    def worded(self) -> Iterator[DocumentPlace]:
        """Yield everything that carries words: the form, sections, groups, items, options."""
        yield DocumentPlace("", "", self.document)
        yield from self.sections
        yield from self.groups
        seen = set()
        for item in self.items:
            yield item
            found = self.options(item)
            for option in found.options if found is not None else ():
                if option.pointer not in seen:
                    seen.add(option.pointer)
                    yield option
        yield from self._computed(self.document, "")
        for group in self.groups:
            yield from self._computed(mapping(group.value.get("items")), group.at("items"))

    def _computed(self, holder: Mapping[str, Any], pointer: str) -> Iterator[DocumentPlace]:
        """Yield what is computed and has a title: derived values, scores and their parts."""
        for keyword in ("x-derived", "x-scores"):
            for index, value in _objects(holder.get(keyword)):
                made = DocumentPlace(str(value.get("name")), f"{pointer}/{keyword}/{index}", value)
                yield made
                for part, content in _objects(value.get("parts")):
                    yield DocumentPlace(str(content.get("id")), made.at("parts", part), content)

    def _list(self, schema: Mapping[str, Any], pointer: str) -> tuple[object, str] | None:
        if "oneOf" in schema:
            return schema["oneOf"], f"{pointer}/oneOf"
        target = self._target(schema)
        if "oneOf" not in target:
            return None
        name = str(schema["$ref"]).removeprefix(_DEFS)
        return target["oneOf"], f"/$defs/{escape(name)}/oneOf"

    def _target(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        name = str(schema.get("$ref", "")).removeprefix(_DEFS)
        return mapping(mapping(self.document.get("$defs")).get(name))


def texts_of(place: DocumentPlace) -> Iterator[tuple[str, str, str]]:
    """Yield (language or nothing for the default, keyword, text) of a place.

    A unit written once is the same in every language.
    """
    for keyword in (*_WORDS, "x-unit"):
        if _is_text(place.value.get(keyword)):
            yield "", keyword, place.value[keyword]
    for language, words in mapping(place.value.get("x-i18n")).items():
        for keyword in _WORDS:
            if _is_text(mapping(words).get(keyword)):
                yield language, keyword, words[keyword]


def escape(step: str) -> str:
    """Return one step of a JSON pointer."""
    return step.replace("~", "~0").replace("/", "~1")


def mapping(value: object) -> Mapping[str, Any]:
    """Return an object, or an empty one in place of anything else."""
    return value if isinstance(value, Mapping) else {}


def array(value: object) -> Sequence[Any]:
    """Return an array, or an empty one in place of anything else."""
    return value if isinstance(value, list) else []


def _objects(value: object) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for index, entry in enumerate(array(value)):
        if isinstance(entry, Mapping):
            yield index, entry


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def row_count(value: object) -> int:
    """Return how many rows a keyword names, by their number or their values."""
    if isinstance(value, int):
        return value
    return len(array(mapping(value).get("values")))
