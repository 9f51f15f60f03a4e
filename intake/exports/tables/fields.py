"""What each column of each file is: type, words, constraints.

The codebook and the data package are two renderings of these fields.
Types are those of the Table Schema specification. A constraint is given only when every
value of the dataset keeps it: limits of items that are queried but never held back are
left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, assert_never

from intake.exports.tables.columns import Column, ColumnKind, item_columns
from intake.exports.tables.computed_columns import ComputedColumn
from intake.exports.tables.merged_form import MergedGroup, MergedItem
from intake.model.definition import DataType, Item, LocalText
from intake.words.catalogue import in_every_language, with_part

_FORMATS = {"time": "%H:%M"}
"""What else a type needs said: by itself a time of the specification has seconds."""
_PART_CONSTRAINTS: Mapping[ColumnKind, Mapping[str, Any]] = {
    ColumnKind.OPTION: {"minimum": 0, "maximum": 1},
    ColumnKind.BOUND: {"enum": ["<", "<=", ">", ">="]},
}
PARTIAL_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of one file."""

    name: str
    type: str
    label: LocalText
    constraints: Mapping[str, Any] = field(default_factory=dict)
    format: str = ""
    """How its texts are written, where the type alone does not say it."""
    column: Column | None = None
    """The item it is made of; None for keys, provenance and what is computed."""
    computed: ComputedColumn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFields:
    """One file: its fields and its keys."""

    file: str
    title: LocalText
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] = ()
    refers_to_records: bool = True


def group_fields(group: MergedGroup) -> tuple[Field, ...]:
    """Return the fields of the items of one file, then of what is computed."""
    columns = (column for merged in group.disclosed for column in item_columns(merged))
    computed = (
        Field(name=each.name, type=each.type, label=each.label, computed=each)
        for each in group.computed
    )
    return (*(_item_field(column) for column in columns), *computed)


def _item_field(column: Column) -> Field:
    kind = column.kind
    if kind is ColumnKind.ANSWER:
        return Field(
            name=column.name,
            type=_type(column.merged),
            label=column.merged.item.label,
            constraints=_constraints(column.merged),
            format=_FORMATS.get(_type(column.merged), ""),
            column=column,
        )
    return Field(
        name=column.name,
        type=_part_type(column),
        label=_part_label(column),
        constraints=_PART_CONSTRAINTS.get(kind, {}),
        column=column,
    )


def _part_type(column: Column) -> str:
    match column.kind:
        case ColumnKind.OPTION | ColumnKind.DAYS | ColumnKind.EARLIEST | ColumnKind.LATEST:
            return "integer"
        case ColumnKind.ANSWER:
            return _type(column.merged)
        case ColumnKind.LOW | ColumnKind.HIGH:
            return "number"  # a whole number may be reported as below a broken one
        case ColumnKind.BOUND:
            return "string"
        case unknown:
            assert_never(unknown)


def _part_label(column: Column) -> LocalText:
    if column.option is not None:
        part = column.option.title
    elif column.merged.is_number:
        part = in_every_language(f"dataset.bound.{column.kind}")
    else:
        part = in_every_language(f"dataset.days.{column.kind}")
    return with_part(column.merged.item.label, part)


def _type(merged: MergedItem) -> str:
    match merged.data_type:
        case DataType.INTEGER:
            return "integer"
        case DataType.DECIMAL:
            return "number"
        case DataType.DATE:
            return "date"
        case DataType.TIME:
            return "time"
        case DataType.TEXT | DataType.PARTIAL_DATE:
            return "string"
        case DataType.SINGLE_CHOICE | DataType.MULTIPLE_CHOICE | None:
            return "string"
        case unknown:
            assert_never(unknown)


def _constraints(merged: MergedItem) -> Mapping[str, Any]:
    match merged.data_type:
        case DataType.PARTIAL_DATE:
            return {"pattern": PARTIAL_DATE}
        case DataType.SINGLE_CHOICE if merged.held_to_limits:
            return {"enum": [option.code for option in merged.options]}
        case DataType.INTEGER | DataType.DECIMAL if merged.held_to_limits:
            return _number_limits(merged)
        case DataType.INTEGER | DataType.DECIMAL | DataType.SINGLE_CHOICE:
            return {}
        case DataType.TEXT | DataType.DATE | DataType.TIME | DataType.MULTIPLE_CHOICE | None:
            return {}
        case unknown:
            assert_never(unknown)


def _number_limits(merged: MergedItem) -> Mapping[str, Any]:
    lowest, highest = loosest_limits(merged.asked_as)
    limits = {"minimum": lowest, "maximum": highest}
    return {name: _number(limit) for name, limit in limits.items() if limit is not None}


def loosest_limits(asked_as: tuple[Item, ...]) -> tuple[Decimal | None, Decimal | None]:
    """Return the limits that every version's answers keep."""
    lows = [item.limits.low for item in asked_as]
    highs = [item.limits.high for item in asked_as]
    low = None if None in lows else min(low for low in lows if low is not None)
    high = None if None in highs else max(high for high in highs if high is not None)
    return low, high


def _number(limit: Decimal) -> int | float:
    return int(limit) if limit == limit.to_integral_value() else float(limit)
