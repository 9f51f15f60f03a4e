"""The smallest schemas that compile, for tests that change one thing in them."""

from __future__ import annotations

import json
from typing import Any

from tests.kit.places import HIVE

_QUESTIONS = (
    "region", "apiary_number", "hive_number", "survey_date", "consent", "breed", "wintering_date",
    "_missing", "_bound",
)  # fmt: skip


def an_item(code: str, section: str = "one", **keywords: Any) -> dict[str, Any]:
    """Return an item with a title in both languages."""
    return {
        "title": f"{code} fr",
        "x-i18n": {"en": {"title": f"{code} en"}},
        "x-section": section,
        "x-code": code,
        **keywords,
    }


def a_group(**items: dict[str, Any]) -> dict[str, Any]:
    """Return a repeating group of three printed rows."""
    return {
        "type": "array",
        "title": "Lignes",
        "x-i18n": {"en": {"title": "Rows"}},
        "x-section": "one",
        "x-rows": 3,
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": ["_row"],
            "properties": {
                "_row": {"type": "integer", "minimum": 1},
                **items,
                "_missing": {"type": "object"},
                "_bound": {"type": "object"},
            },
        },
    }


def small_document(**members: Any) -> dict[str, Any]:
    """Return a form of two items, in French and English."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Petite fiche",
        "x-i18n": {"en": {"title": "Small form"}},
        "x-form": {
            "id": "small",
            "version": "1.0.0",
            "languages": ["fr", "en"],
            "day_zero": "visit",
        },
        "x-sections": [
            {"letter": "A", "name": "one", "title": "Un", "x-i18n": {"en": {"title": "One"}}},
            {"letter": "B", "name": "two", "title": "Deux", "x-i18n": {"en": {"title": "Two"}}},
        ],
        "x-identity": {"items": ["region"], "centre": "region"},
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "region": an_item("A01", type="string", maxLength=3),
            "visit": an_item("A02", type="string", format="date", pattern="^.{10}$"),
            "_missing": {"type": "object"},
            "_bound": {"type": "object"},
        },
        **members,
    }


def small_hive() -> dict[str, Any]:
    """Return the second study's form with a few questions, in three languages and computing none.

    Checked and written ten times as fast as the whole.
    """
    document: dict[str, Any] = json.loads(HIVE.read_text(encoding="utf-8"))
    document["properties"] = {name: document["properties"][name] for name in _QUESTIONS}
    document["x-sections"] = document["x-sections"][:2]
    for keyword in ("x-tables", "x-scores", "x-derived", "x-rules"):
        del document[keyword]
    return document
