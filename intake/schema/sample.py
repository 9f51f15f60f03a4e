"""Random valid records of a form, in record shape: for checking a schema and for tests.

Valid means: what the schema's standard keywords allow. Rules over several items are not
respected, and hostile text is not made here.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from typing import Any

from intake.expressions.bind import bind
from intake.expressions.program import compile_program
from intake.model.definition import DataType, FormDefinition, Item, ItemGroup, MissingReason
from intake.schema.sample_value import sample_value

_ROUNDS = 20
"""Chains of relevance longer than this do not exist in a form people fill."""


def sample_record(definition: FormDefinition, rng: random.Random, *, full: bool) -> dict[str, Any]:
    """Return one random record.

    With ``full`` every item of every row holds an answer, relevance ignored. Without, it
    is filled as people do: blanks, missing reasons, bounds, rows left out; what is not
    relevant is marked NA.
    """
    fill = _full if full else _plausible
    record = fill(definition.single_items, rng)
    for group in definition.groups.values():
        rows = _rows(group, rng, full=full)
        if rows:
            record[group.name] = rows
    if not full:
        _hide_irrelevant(definition, record)
    return record


def sample_item(item: Item, rng: random.Random, holder: dict[str, Any]) -> None:
    """Put one plausible answer of an item in a record or row: value, reason, bound or none."""
    way = rng.random()
    needed = item.required is not None
    if way < (0.08 if needed else 0.3):
        return
    if way < 0.4 and item.missing and rng.random() < 0.5:
        _beside(holder, "_missing", item.name, rng.choice(item.missing).value)
    elif way < 0.45 and item.data_type is DataType.DECIMAL and rng.random() < 0.4:
        _beside(holder, "_bound", item.name, f"{rng.choice('<>')}{sample_value(item, rng)}")
    else:
        holder[item.name] = sample_value(item, rng, reasons=True)


def _full(items: Iterable[Item], rng: random.Random) -> dict[str, Any]:
    return {item.name: sample_value(item, rng) for item in items}


def _plausible(items: Iterable[Item], rng: random.Random) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for item in items:
        sample_item(item, rng, record)
    return record


def _rows(group: ItemGroup, rng: random.Random, *, full: bool) -> list[dict[str, Any]]:
    rows = []
    for number in range(1, group.rows + 1):
        if not full and rng.random() < 0.6:
            continue
        answers = _full(group.items, rng) if full else _plausible(group.items, rng)
        if group.fixed_item is not None:
            _forget(answers, group.fixed_item)
            answers[group.fixed_item] = group.fixed_values[number - 1]
        rows.append({"_row": number, **answers})
    return rows


def _hide_irrelevant(definition: FormDefinition, record: dict[str, Any]) -> None:
    """Mark hidden items NA until nothing changes: hiding one may hide the next."""
    for _ in range(_ROUNDS):
        hidden = [_hide(definition, record, item) for item in definition.items.values()]
        if not any(hidden):
            break
    for name in definition.groups:
        kept = [row for row in record.get(name, []) if not _is_hidden(definition, row, name)]
        record.pop(name, None)
        if kept:
            record[name] = kept


def _hide(definition: FormDefinition, record: dict[str, Any], item: Item) -> bool:
    if item.relevant is None:
        return False
    program = compile_program(definition, item.relevant, group=item.group, returns=bool)
    holders = [record] if item.group is None else record.get(item.group, [])
    changed = False
    for holder in holders:
        row = None if item.group is None else holder
        if _reason(holder, item.name) == MissingReason.NA:
            continue
        if program.evaluate(bind(definition, record, row)).is_false:
            _forget(holder, item.name)
            _beside(holder, "_missing", item.name, MissingReason.NA.value)
            changed = True
    return changed


def _is_hidden(definition: FormDefinition, row: Mapping[str, Any], group: str) -> bool:
    items = definition.groups[group].items
    return all(_reason(row, item.name) == MissingReason.NA for item in items)


def _reason(holder: Mapping[str, Any], name: str) -> object:
    return holder.get("_missing", {}).get(name)


def _beside(holder: dict[str, Any], keyword: str, name: str, text: str) -> None:
    holder.setdefault(keyword, {})[name] = text


def _forget(holder: dict[str, Any], name: str) -> None:
    holder.pop(name, None)
    for keyword in ("_missing", "_bound"):
        holder.get(keyword, {}).pop(name, None)
        if not holder.get(keyword, True):
            del holder[keyword]
