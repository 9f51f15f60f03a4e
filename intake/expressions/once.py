"""What is compiled of a form version is made once a process: the one place that keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from intake.model.definition import FormDefinition

T = TypeVar("T")

_MOST_FORMS = 64
"""A service that opens one workspace after the other keeps the newest."""


def once_a_form(make: Callable[[FormDefinition], T]) -> Callable[[FormDefinition], T]:
    """Return what makes something of a form version the first time, and keeps it.

    Two forms share it only when they ask the same in every word: the fingerprint that both
    print is not believed alone.
    """
    kept: dict[str, tuple[FormDefinition, T]] = {}

    def of(definition: FormDefinition) -> T:
        known = kept.get(definition.fingerprint)
        if known is not None and known[0] is definition:
            return known[1]
        is_same = known is not None and known[0] == definition
        made = known[1] if known is not None and is_same else make(definition)
        kept[definition.fingerprint] = (definition, made)
        if len(kept) > _MOST_FORMS:
            del kept[next(iter(kept))]
        return made

    return of
