"""The messages of rules, their ``{names}`` filled in each language of the form.

Values are written as people of that language write them, with their unit. Identifying and
free-text answers, and numbers long enough to be a telephone, are never put in: they read as
an ellipsis.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from string import Formatter
from typing import Any

from intake.checks.settle import is_private
from intake.model.computed import Derived
from intake.model.definition import FormDefinition, LocalText
from intake.model.submission import ItemData
from intake.words.catalogue import Words
from intake.words.quoting import quotable

_NOTHING = "…"


class Messages:
    """Fills the messages of one form's rules."""

    def __init__(self, definition: FormDefinition) -> None:
        """Look up what the form computes, once."""
        self._definition = definition
        self._derived = {each.name: each for each in definition.derived}

    def filled(self, message: LocalText, holders: tuple[Mapping[str, Any], ...]) -> LocalText:
        """Return a message with its values; the first holder that has a name gives it."""
        return {
            language: self._filled(text, _words(language), holders)
            for language, text in message.items()
        }

    def _filled(self, text: str, words: Words, holders: tuple[Mapping[str, Any], ...]) -> str:
        parts = []
        for literal, name, _, _ in Formatter().parse(text):
            parts.append(literal)
            if name is not None:
                parts.append(self._said(name, words, holders))
        return "".join(parts)

    def _said(self, name: str, words: Words, holders: tuple[Mapping[str, Any], ...]) -> str:
        value = next((value for each in holders if (value := _held(each, name)) is not None), None)
        if value is None:
            return _NOTHING
        item = self._definition.items.get(name)
        if item is None:
            return _computed(value, self._derived.get(name), words)
        stored: ItemData = tuple(value) if isinstance(value, list) else value
        if is_private(self._definition, item) or not quotable(_plain(stored), item):
            return _NOTHING
        return words.value(item, stored)


def _held(holder: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - any value of a record
    return holder.get(name, holder.get("_bound", {}).get(name))


def _plain(value: ItemData | float) -> str:
    """Return a value as a person could have typed it, to judge whether it may be repeated."""
    if isinstance(value, tuple):
        return ";".join(value)
    return value if isinstance(value, str) else f"{Decimal(repr(value)):f}"


def _computed(value: object, derived: Derived | None, words: Words) -> str:
    if isinstance(value, bool | str) or not isinstance(value, int | float):
        return str(value)
    number = words.number(Decimal(repr(value)))
    unit = words.local(derived.unit) if derived is not None else ""
    return f"{number}\N{NO-BREAK SPACE}{unit}" if unit else number


@cache
def _words(language: str) -> Words:
    return Words(language)
