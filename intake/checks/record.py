"""The record: one form's answers in the shape of its JSON schema.

Items flat; groups as arrays of filled rows with ``_row``; ``_missing`` and ``_bound`` beside
the values. Numbers are int or float; what a float cannot carry was refused before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from intake.checks.assemble import Key
from intake.checks.parse.parsed import Parsed
from intake.model.definition import FormDefinition, Item, ItemGroup
from intake.model.submission import json_of_value


def build_record(
    definition: FormDefinition,
    rows: Mapping[str, tuple[int, ...]],
    answers: Mapping[Key, Parsed],
) -> dict[str, Any]:
    """Return the record that these answers make; what is unanswered is absent."""
    record: dict[str, Any] = {}
    for element in definition.elements:
        if isinstance(element, Item):
            _put(record, element.name, answers.get((element.name, None)))
        elif rows.get(element.name):
            record[element.name] = [_row(element, row, answers) for row in rows[element.name]]
    return _with_beside_last(record)


def row_of(record: Mapping[str, Any], group: str, row: int) -> Mapping[str, Any]:
    """Return one filled row of a record. Raises StopIteration when it is blank."""
    found: Iterable[Mapping[str, Any]] = record[group]
    return next(each for each in found if each["_row"] == row)


def _row(group: ItemGroup, row: int, answers: Mapping[Key, Parsed]) -> dict[str, Any]:
    content: dict[str, Any] = {"_row": row}
    for item in group.items:
        if item.name == group.fixed_item:
            content[item.name] = group.fixed_values[row - 1]
        else:
            _put(content, item.name, answers.get((item.name, row)))
    return _with_beside_last(content)


def _put(holder: dict[str, Any], name: str, parsed: Parsed | None) -> None:
    if parsed is None:
        return
    if parsed.value is not None:
        holder[name] = json_of_value(parsed.value)
    elif parsed.missing is not None:
        holder.setdefault("_missing", {})[name] = parsed.missing.value
    elif parsed.bound is not None:
        holder.setdefault("_bound", {})[name] = parsed.bound


def _with_beside_last(holder: dict[str, Any]) -> dict[str, Any]:
    """Return the same content with ``_missing`` and ``_bound`` after the values."""
    beside = {key: holder.pop(key) for key in ("_missing", "_bound") if key in holder}
    return holder | beside
