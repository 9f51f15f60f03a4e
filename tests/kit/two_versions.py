"""Two versions of a small form, for tests of what becomes of answers when a form changes."""

from __future__ import annotations

from typing import Any

from intake.model.definition import FormDefinition
from intake.schema.compile.definition import compile_definition
from tests.kit.small_document import a_group, an_item, small_document


def codelist(*codes: str) -> list[dict[str, Any]]:
    """Return options whose words are their codes."""
    return [{"const": c, "title": c, "x-i18n": {"en": {"title": f"{c} en"}}} for c in codes]


def ticks(code: str, *codes: str, **keywords: Any) -> dict[str, Any]:
    """Return a multiple choice."""
    options = {"type": "string", "oneOf": codelist(*codes)}
    return an_item(code, type="array", items=options, uniqueItems=True, minItems=1, **keywords)


def old_document(**items: dict[str, Any]) -> dict[str, Any]:
    """Return version 1.0.0: a height, a choice, ticks, and a group of one question."""
    document = small_document()
    beside = {key: document["properties"].pop(key) for key in ("_missing", "_bound")}
    document["properties"] |= {
        "height_cm": an_item("A03", type="number", minimum=30, maximum=250, **{"x-unit": "cm"}),
        "colour": an_item("A04", type="string", oneOf=codelist("red", "blue")),
        "signs": ticks("A05", "rash", "pain"),
        "stay": a_group(stay_days=an_item("A06", type="integer", minimum=0, maximum=99)),
        **items,
        **beside,
    }
    return document


def new_document(**changes: dict[str, Any]) -> dict[str, Any]:
    """Return version 1.1.0: renamed height, codes and group, one question more."""
    document = old_document()
    document["x-form"]["version"] = "1.1.0"
    was = document["properties"]
    said = {"version": "1.0.0"}
    group = was["stay"]
    group["x-formerly"] = [{**said, "name": "stay"}]
    group["items"]["properties"]["stay_days"]["x-code"] = "A07"
    group["items"]["properties"]["stay_days"]["x-formerly"] = [{**said, "code": "A06"}]
    renamed = {
        "region": was["region"],
        "visit": was["visit"],
        "height": {**was["height_cm"], "x-formerly": [{**said, "name": "height_cm"}]},
        "colour": an_item(
            "A04",
            type="string",
            oneOf=codelist("crimson", "blue", "green"),
            **{"x-formerly": [{**said, "codes": {"red": "crimson"}}]},
        ),
        "signs": ticks(
            "A05", "pain", "skin", **{"x-formerly": [{**said, "codes": {"rash": "skin"}}]}
        ),
        "weight": an_item("A06", type="number", minimum=1, maximum=300, **{"x-unit": "kg"}),
        "stays": group,
        "_missing": was["_missing"],
        "_bound": was["_bound"],
    }
    document["properties"] = {**renamed, **changes}
    return document


def old_form() -> FormDefinition:
    """Return version 1.0.0, compiled."""
    return compile_definition(old_document())


def new_form(**changes: dict[str, Any]) -> FormDefinition:
    """Return version 1.1.0, compiled."""
    return compile_definition(new_document(**changes))
