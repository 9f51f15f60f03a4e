"""A value of the schema document together with its JSON pointer.

Typed getters refuse what cannot be compiled and say where it stands. Knows nothing of
forms: only JSON types, pointers and references into ``$defs``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from intake.model.errors import DefinitionError

_DEFS = "#/$defs/"


@dataclass(frozen=True, slots=True)
class Node:
    """One JSON value, where it stands, and the document's shared definitions."""

    value: Any
    pointer: str
    definitions: Mapping[str, Any]

    @classmethod
    def root(cls, document: Mapping[str, Any]) -> Node:
        """Return the whole document as a node. Raises DefinitionError if it is no object."""
        if not isinstance(document, Mapping):
            raise DefinitionError("the schema must be a JSON object")
        definitions = document.get("$defs", {})
        return cls(document, "", definitions if isinstance(definitions, Mapping) else {})

    def fault(self, problem: str) -> DefinitionError:
        """Return the error to raise for this place."""
        return DefinitionError(f"{self.pointer or '/'}: {problem}")

    def has(self, key: str) -> bool:
        """Say whether this object holds the key."""
        return key in self.mapping()

    def mapping(self) -> Mapping[str, Any]:
        """Return the value as an object. Raises DefinitionError."""
        if not isinstance(self.value, Mapping):
            raise self.fault("must be an object")
        return self.value

    def child(self, key: str) -> Node:
        """Return a required member. Raises DefinitionError when it is absent."""
        if not self.has(key):
            raise self.fault(f"lacks {key!r}")
        return self._at(key, self.value[key])

    def members(self) -> Iterator[tuple[str, Node]]:
        """Yield the members of this object in order."""
        for key, value in self.mapping().items():
            yield str(key), self._at(str(key), value)

    def entries(self) -> Iterator[Node]:
        """Yield the entries of this array in order."""
        if not isinstance(self.value, list):
            raise self.fault("must be an array")
        for index, value in enumerate(self.value):
            yield self._at(str(index), value)

    def text(self) -> str:
        """Return the value as text that is not empty. Raises DefinitionError."""
        if not isinstance(self.value, str) or not self.value:
            raise self.fault("must be text that is not empty")
        return self.value

    def whole(self, *, least: int = 0) -> int:
        """Return the value as a whole number. Raises DefinitionError."""
        if isinstance(self.value, bool) or not isinstance(self.value, int) or self.value < least:
            raise self.fault(f"must be a whole number, {least} or more")
        return self.value

    def flag(self, key: str) -> bool:
        """Return an optional true or false member, false when absent."""
        value = self.value.get(key, False)
        if not isinstance(value, bool):
            raise self._at(key, value).fault("must be true or false")
        return value

    def optional(self, key: str) -> Node | None:
        """Return a member, or None when it is absent."""
        return self.child(key) if self.has(key) else None

    def optional_text(self, key: str) -> str | None:
        """Return a text member, or None when it is absent."""
        found = self.optional(key)
        return None if found is None else found.text()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return an optional array of texts, empty when absent."""
        found = self.optional(key)
        return () if found is None else tuple(entry.text() for entry in found.entries())

    def resolved(self) -> Node:
        """Return this schema with its ``$ref`` into ``$defs`` followed; own members win."""
        seen: set[str] = set()
        value = dict(self.mapping())
        while "$ref" in value:
            target = str(value.pop("$ref"))
            name = target.removeprefix(_DEFS)
            if target in seen or not target.startswith(_DEFS) or name not in self.definitions:
                raise self.fault(f"$ref {target!r} does not lead to an entry of $defs")
            seen.add(target)
            value = {**self._at("$ref", self.definitions[name]).mapping(), **value}
        return Node(value, self.pointer, self.definitions)

    def _at(self, key: str, value: object) -> Node:
        step = key.replace("~", "~0").replace("/", "~1")
        return Node(value, f"{self.pointer}/{step}", self.definitions)
