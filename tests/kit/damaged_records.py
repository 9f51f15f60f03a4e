"""Random records, and the same with one standard keyword broken somewhere."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

from intake.model.definition import DataType, FormDefinition, Item

JsonObject = dict[str, Any]


def places(definition: FormDefinition, record: JsonObject) -> list[tuple[JsonObject, Item]]:
    """Return every answer of a record as (holder, item)."""
    holders = [(record, definition.single_items)]
    for name, group in definition.groups.items():
        holders += [(row, group.items) for row in record.get(name, [])]
    return [(holder, item) for holder, items in holders for item in items if item.name in holder]


def damaged(definition: FormDefinition, record: JsonObject, rng: Random) -> tuple[JsonObject, str]:
    """Return a copy with one thing broken, and what was done."""
    broken = copy.deepcopy(record)
    if rng.random() < 0.3:
        return broken, _break_shape(definition, broken, rng)
    ways: dict[str, list[tuple[JsonObject, str, Any]]] = {}
    for holder, item in places(definition, broken):
        for kind, value in _wrong_values(item, holder[item.name]):
            ways.setdefault(kind, []).append((holder, item.name, value))
    kind = rng.choice(sorted(ways))
    holder, name, value = rng.choice(ways[kind])
    holder[name] = value
    return broken, kind


def _wrong_values(item: Item, value: Any) -> list[tuple[str, Any]]:
    wrong: list[tuple[str, Any]] = [("type", None), ("type", {"a": 1}), ("type", True)]
    if item.is_number:
        return wrong + _wrong_numbers(item, value)
    if item.is_choice:
        return wrong + _wrong_choices(item, value)
    if item.data_type is DataType.DATE:
        wrong += [("format", text) for text in ("2019-02-30", "14/03/2019", "2019-03", "")]
    if item.data_type is DataType.PARTIAL_DATE:
        wrong += [("pattern", text) for text in ("2019-13", "2019-3", "03/2019", "2019-03-32")]
    if item.pattern is not None:
        wrong += [("pattern", value.lower() + "!"), ("newline", f"{value}\n")]
    if item.max_length is not None:
        wrong.append(("maxLength", "x" * (item.max_length + 1)))
        wrong.append(("maxLength", "😀" * (item.max_length + 1)))
    return wrong


def _wrong_numbers(item: Item, value: Any) -> list[tuple[str, Any]]:
    wrong: list[tuple[str, Any]] = [("type", str(value))]
    if item.limits.low is not None:
        wrong.append(("minimum", float(item.limits.low) - 0.5))
    if item.limits.high is not None:
        wrong.append(("maximum", float(item.limits.high) + 1))
    if item.data_type is DataType.INTEGER:
        wrong.append(("type", value + 0.5))
    return wrong


def _wrong_choices(item: Item, value: Any) -> list[tuple[str, Any]]:
    if item.data_type is DataType.SINGLE_CHOICE:
        return [("oneOf", "zz"), ("oneOf", f"{value}X"), ("oneOf", "")]
    return [("items", [*value, "zz"]), ("uniqueItems", value * 2), ("minItems", [])]


def _break_shape(definition: FormDefinition, record: JsonObject, rng: Random) -> str:
    group = rng.choice([name for name in definition.groups if record.get(name)] or [""])
    holder = rng.choice(record[group]) if group and rng.random() < 0.5 else record
    kind = rng.choice(["additionalProperties", "enum", "bound", "array", "required"])
    if kind == "required" and holder is not record:
        del holder["_row"]
    elif kind == "enum":
        holder.setdefault("_missing", {})["anything"] = rng.choice(["ND", "", None, 9])
    elif kind == "bound":
        holder.setdefault("_bound", {})["anything"] = rng.choice(["30", "< 30", "<1,5", 30])
    elif kind == "array" and group:
        record[group] = rng.choice([{}, "rows", [3]])
    else:
        holder["not_asked"] = 1
    return kind
