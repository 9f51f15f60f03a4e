"""The answers of a record or a file in the words of its form, as a person reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from intake.model.address import Place, held_places
from intake.model.definition import FormDefinition
from intake.words.catalogue import Words


def answers_in_words(
    documents: Iterable[Mapping[str, Any]], definition: FormDefinition | None, words: Words
) -> list[dict[str, Any]]:
    """Return values with the question and the answer in words; what is hidden stays hidden."""
    known = _places(definition)
    return [{**one, **_worded(one, known.get(one["code"]), words)} for one in documents]


def labels(definition: FormDefinition | None, words: Words) -> Mapping[str, str]:
    """Return the question of each visible code."""
    return {code: words.printed(one.item.label) for code, one in _places(definition).items()}


def changes_in_words(
    documents: Iterable[Mapping[str, Any]], definition: FormDefinition | None, words: Words
) -> list[dict[str, Any]]:
    """Return what changed: old and new in words, and whether an answer was lost by it."""
    known = _places(definition)
    return [{**one, **_changed(one, known.get(one["code"]), words)} for one in documents]


def _places(definition: FormDefinition | None) -> dict[str, Place]:
    if definition is None:
        return {}
    whole = (Place(one.item, one.row) for one in held_places(definition))
    return {one.code: one for one in whole}


def _worded(one: Mapping[str, Any], place: Place | None, words: Words) -> dict[str, Any]:
    label = words.printed(place.item.label) if place else ""
    return {"label": label, "said": _said(one["value"] or one["missing"], place, words)}


def _changed(one: Mapping[str, Any], place: Place | None, words: Words) -> dict[str, Any]:
    before, after = one["before"], one["after"]
    return {
        "label": words.printed(place.item.label) if place else "",
        "before": _said(before, place, words),
        "after": _said(after, place, words),
        "kind": _kind(before, after),
    }


def _kind(before: str, after: str) -> str:
    """Return ``hidden`` where neither is told: the answer identifies or was typed freely."""
    if before and after:
        return "changed"
    if before:
        return "lost"
    return "given" if after else "hidden"


def _said(text: str | None, place: Place | None, words: Words) -> str:
    if not text:
        return ""
    return words.value(place.item, text) if place else text
