"""The messages of rules, their ``{names}`` filled in each language of the form.

Values are written as people of that language write them, with their unit. Identifying and
free-text answers, and numbers long enough to be a telephone, are never put in: they read as
an ellipsis.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from string import Formatter
from typing import Any

from intake.model.computed import Derived
from intake.model.definition import FormDefinition, LocalText
from intake.model.finding import ANSWER
from intake.model.submission import ItemData, value_of_json, value_text
from intake.privacy.quoting import may_repeat
from intake.words.catalogue import Words, words_of

Holders = tuple[Mapping[str, Any], ...]
"""Where a name is looked up, the nearest first: a row, the record, what was computed."""
_NOTHING = "…"


class Messages:
    """Fills the messages of one form's rules."""

    def __init__(self, definition: FormDefinition) -> None:
        """Look up what the form computes, once."""
        self._definition = definition
        self._derived = {each.name: each for each in definition.derived}

    def filled(self, message: LocalText, holders: Holders) -> LocalText:
        """Return a message with its values; the first holder that has a name gives it."""
        return {
            language: self._filled(text, words_of(language), holders)
            for language, text in message.items()
        }

    def answers(self, names: Iterable[str], holders: Holders) -> dict[str, str]:
        """Return the answers compared, as the context of a finding, where they may be shown."""
        held = ((name, _first(holders, name)) for name in names)
        given = ((name, value_of_json(value)) for name, value in held if value is not None)
        return {
            f"{ANSWER}{name}": value_text(value)
            for name, value in given
            if self._may_be_said(name, value)
        }

    def _may_be_said(self, name: str, value: ItemData) -> bool:
        return may_repeat(value_text(value), self._definition.items[name], self._definition)

    def _filled(self, text: str, words: Words, holders: Holders) -> str:
        names = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        return words.filled(text, {name: self._said(name, words, holders) for name in names})

    def _said(self, name: str, words: Words, holders: Holders) -> str:
        value = _first(holders, name)
        if value is None:
            return _NOTHING
        item = self._definition.items.get(name)
        if item is None:
            return _computed(value, self._derived.get(name), words)
        answer = value_of_json(value)
        return words.value(item, answer) if self._may_be_said(name, answer) else _NOTHING


def _first(holders: Holders, name: str) -> Any:  # noqa: ANN401 - any value of a record
    return next((value for each in holders if (value := _held(each, name)) is not None), None)


def _held(holder: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - any value of a record
    return holder.get(name, holder.get("_bound", {}).get(name))


def _computed(value: object, derived: Derived | None, words: Words) -> str:
    if isinstance(value, bool | str) or not isinstance(value, int | float):
        return str(value)
    number = words.number(Decimal(repr(value)))
    unit = words.local(derived.unit) if derived is not None else ""
    return f"{number}\N{NO-BREAK SPACE}{unit}" if unit else number
