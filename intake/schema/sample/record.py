"""Random valid records of a form, in record shape: for checking a schema and for tests.

Valid means: what the schema's standard keywords allow. Rules over several items are not
respected, and hostile text is not made here.
"""

from __future__ import annotations

import graphlib
import random
from collections.abc import Iterable, Mapping
from typing import Any

from intake.expressions.bind import bind
from intake.expressions.program import Program, compile_program
from intake.model.definition import FormDefinition, Item, ItemGroup, MissingReason
from intake.schema.sample.value import sample_value


def sample_record(definition: FormDefinition, rng: random.Random, *, full: bool) -> dict[str, Any]:
    """Return one random record.

    With ``full`` every item of every row holds an answer, relevance ignored. Without, it
    is filled as people do: blanks, missing reasons, bounds, rows left out; what is not
    relevant is marked NA, and so is what depends on hidden questions alone.
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
    elif way < 0.45 and item.is_number and not item.is_whole and rng.random() < 0.4:
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
    for number in group.printed:
        if not full and rng.random() < 0.6:
            continue
        answers = _full(group.items, rng) if full else _plausible(group.items, rng)
        if group.fixed_item is not None:
            _forget(answers, group.fixed_item)
            answers[group.fixed_item] = group.fixed_values[number - 1]
        rows.append({"_row": number, **answers})
    return rows


def _hide_irrelevant(definition: FormDefinition, record: dict[str, Any]) -> None:
    """Mark hidden items NA, each after all those that decide whether it is asked."""
    waiting = {name: len(group.items) for name, group in definition.groups.items()}
    for name in _deciding_first(definition):
        item = definition.items[name]
        _hide(definition, record, item)
        if item.group is not None:
            waiting[item.group] -= 1
            if not waiting[item.group]:
                _drop_hidden_rows(definition.groups[item.group], record)


def _deciding_first(definition: FormDefinition) -> list[str]:
    """Return the names of all items, those that a condition reads before its item."""
    needs = {
        item.name: sorted(_condition(definition, item).items) if item.relevant else []
        for item in definition.items.values()
    }
    try:
        return list(graphlib.TopologicalSorter(needs).static_order())
    except graphlib.CycleError:  # a fault of the schema, which the check names
        return list(definition.items)


def _condition(definition: FormDefinition, item: Item) -> Program:
    return compile_program(definition, str(item.relevant), group=item.group, returns=bool)


def _hide(definition: FormDefinition, record: dict[str, Any], item: Item) -> None:
    if item.relevant is None:
        return
    program = _condition(definition, item)
    for holder in [record] if item.group is None else record.get(item.group, []):
        row = None if item.group is None else holder
        answer = program.evaluate(bind(definition, record, row))
        read = [definition.items[name] for name in program.items]
        undecided = not answer.known and _reads_only_hidden(read, record, row)
        if answer.is_false or undecided:
            _forget(holder, item.name)
            _beside(holder, "_missing", item.name, MissingReason.NA.value)


def _reads_only_hidden(
    read: Iterable[Item], record: Mapping[str, Any], row: Mapping[str, Any] | None
) -> bool:
    """Say whether every unset item that a condition reads is itself hidden."""
    inside = [(item, record if item.group is None else row or {}) for item in read]
    unset = [(item, holder) for item, holder in inside if not _is_set(item, holder)]
    reasons = [holder.get("_missing", {}).get(item.name) for item, holder in unset]
    return bool(reasons) and all(reason == MissingReason.NA for reason in reasons)


def _is_set(item: Item, holder: Mapping[str, Any]) -> bool:
    if item.name not in holder:
        return False
    value = holder[item.name]
    codes = value if isinstance(value, list) else [value]
    options = [item.option(code) for code in codes] if item.is_choice else []
    return not any(option and option.reason for option in options)


def _drop_hidden_rows(group: ItemGroup, record: dict[str, Any]) -> None:
    rows = record.pop(group.name, [])
    kept = [row for row in rows if not _is_hidden(group, row)]
    if kept:
        record[group.name] = kept


def _is_hidden(group: ItemGroup, row: Mapping[str, Any]) -> bool:
    reasons = row.get("_missing", {})
    return all(reasons.get(item.name) == MissingReason.NA for item in group.items)


def _beside(holder: dict[str, Any], keyword: str, name: str, text: str) -> None:
    holder.setdefault(keyword, {})[name] = text


def _forget(holder: dict[str, Any], name: str) -> None:
    holder.pop(name, None)
    for keyword in ("_missing", "_bound"):
        holder.get(keyword, {}).pop(name, None)
        if not holder.get(keyword, True):
            del holder[keyword]
