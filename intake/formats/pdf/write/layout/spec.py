"""What one field of the form is, before it has a place on a page.

The layout decides (radio or dropdown, one line or several) and the widget writer obeys.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of PDF field that forms use."""

    TEXT = "text"
    DROPDOWN = "dropdown"
    RADIO = "radio"
    TICK = "tick"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field: its name, kind, words and value."""

    name: str
    kind: Kind
    label: str
    """What a screen reader says: code, question, unit, row."""
    options: tuple[tuple[str, str], ...] = ()
    """Code and label of each answer of a radio group or a dropdown."""
    max_length: int | None = None
    multiline: bool = False
    size: float = 9.0
    """Size of the text in points."""
    length: int = 0
    """Characters that a text's box must show, 0 when no length is set."""
    sample: str = ""
    """A long answer of its kind, which the box must show at the field's size."""
    value: str = ""
    """Text, code, or ``1`` for a tick."""
    read_only: bool = False
    centred: bool = False

    @property
    def targets(self) -> tuple[str, ...]:
        """Return the places to draw: one, or one per answer of a radio group."""
        if self.kind is Kind.RADIO:
            return tuple(radio_target(self.name, code) for code, _ in self.options)
        return (self.name,)

    def with_value(self, value: str) -> FieldSpec:
        """Return the same field holding a value."""
        return replace(self, value=value)

    def with_size(self, size: float) -> FieldSpec:
        """Return the same field with text of another size."""
        return replace(self, size=size)


@dataclass(slots=True)
class FieldBook:
    """The fields met while a form is laid out, by name, in reading order."""

    specs: dict[str, FieldSpec] = field(default_factory=dict)

    def add(self, spec: FieldSpec) -> FieldSpec:
        """Keep a field and return it."""
        self.specs[spec.name] = spec
        return spec


def radio_target(name: str, code: str) -> str:
    """Return the name of the place of one answer of a radio group."""
    return f"{name}={code}"
