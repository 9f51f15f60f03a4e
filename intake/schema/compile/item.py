"""One property of the schema as an item, or as a repeating group of items.

Names, sections and references between items are checked by ``compile``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, assert_never

from intake.model.definition import DataType, FurtherRows, Item, ItemGroup
from intake.schema.compile.constraints import (
    accepted_units,
    data_type,
    hard_dates,
    hard_numbers,
    hard_times,
    range_message,
    soft_dates,
    soft_numbers,
    soft_times,
)
from intake.schema.compile.formerly import formerly
from intake.schema.compile.node import Node
from intake.schema.compile.options import codelist, reasons
from intake.schema.compile.wording import described, same_or_by_language, titled


def is_group(schema: Node) -> bool:
    """Say whether a property is a repeating group: an array of objects."""
    if schema.mapping().get("type") != "array" or not schema.has("items"):
        return False
    return bool(schema.child("items").resolved().mapping().get("type") == "object")


def compile_item(
    name: str, schema: Node, languages: Sequence[str], group: ItemGroup | None = None
) -> Item:
    """Return the item that a resolved property describes. Raises DefinitionError."""
    kind = data_type(schema)
    relevant = _both(group.relevant if group else None, schema.optional_text("x-relevant"))
    return Item(
        name=name,
        code=schema.child("x-code").text(),
        data_type=kind,
        section=schema.child("x-section").text(),
        group=group.name if group else None,
        label=titled(schema, languages),
        hint=described(schema, "description", languages),
        condition=schema.optional_text("x-relevant"),
        relevant=relevant,
        required=_required(schema, relevant),
        missing=reasons(schema, "x-missing"),
        identifying=schema.flag("x-identifying"),
        constant=schema.flag("x-constant"),
        prefill=schema.optional_text("x-prefill"),
        formerly=formerly(schema),
        **_answer(kind, schema, languages),
    )


def compile_group(name: str, schema: Node, languages: Sequence[str]) -> ItemGroup:
    """Return the repeating group that a property describes. Raises DefinitionError."""
    rows, fixed_item, fixed_values = _rows(schema.child("x-rows"))
    shell = ItemGroup(
        name=name,
        section=schema.child("x-section").text(),
        title=titled(schema, languages),
        items=(),
        rows=rows,
        fixed_item=fixed_item,
        fixed_values=fixed_values,
        further=_further(schema.optional("x-more-rows"), rows),
        relevant=schema.optional_text("x-relevant"),
        formerly=formerly(schema),
    )
    properties = schema.child("items").resolved().child("properties")
    items = tuple(
        compile_item(key, member.resolved(), languages, shell)
        for key, member in properties.members()
        if not key.startswith("_")
    )
    if not items:
        raise properties.fault("a group needs at least one item")
    return _with_items(shell, items, schema)


def _with_items(shell: ItemGroup, items: tuple[Item, ...], schema: Node) -> ItemGroup:
    fixed = next((item for item in items if item.name == shell.fixed_item), None)
    if shell.fixed_item is not None:
        where = schema.child("x-rows")
        if fixed is None or not fixed.is_listed:
            raise where.fault(f"{shell.fixed_item!r} is not a single choice of this group")
        for code in shell.fixed_values:
            if fixed.option(code) is None:
                raise where.fault(f"{code!r} is not a code of {fixed.name}")
    return replace(shell, items=items)


def _rows(node: Node) -> tuple[int, str | None, tuple[str, ...]]:
    if isinstance(node.value, int):
        return node.whole(least=1), None, ()
    values = node.texts("values")
    if not values or len(set(values)) != len(values):
        raise node.fault("needs values, each once")
    return len(values), node.child("item").text(), values


def _further(node: Node | None, printed: int) -> FurtherRows | None:
    if node is None:
        return None
    return FurtherRows(
        item=node.child("item").text(),
        code=node.child("code").text(),
        most=node.child("most").whole(least=printed + 1),
    )


def _answer(kind: DataType, schema: Node, languages: Sequence[str]) -> dict[str, Any]:
    """Return the fields of Item that depend on its data type."""
    match kind:
        case DataType.SINGLE_CHOICE:
            return {"options": codelist(schema, languages)}
        case DataType.MULTIPLE_CHOICE:
            return {"options": codelist(schema.child("items").resolved(), languages)}
        case DataType.INTEGER | DataType.DECIMAL:
            return _number(schema, languages)
        case DataType.DATE | DataType.PARTIAL_DATE:
            return _date(schema, languages)
        case DataType.TIME:
            return {
                "times": hard_times(schema),
                "soft_times": soft_times(schema),
                "range_message": range_message(schema, languages),
            }
        case DataType.TEXT:
            return _text(schema)
        case unknown:
            assert_never(unknown)


def _date(schema: Node, languages: Sequence[str]) -> dict[str, Any]:
    return {
        "dates": hard_dates(schema),
        "soft_dates": soft_dates(schema),
        "day_wanted": schema.flag("x-day-wanted"),
        "range_message": range_message(schema, languages),
        **_order(schema),
    }


def _text(schema: Node) -> dict[str, Any]:
    return {
        "min_length": _whole(schema, "minLength"),
        "max_length": _whole(schema, "maxLength"),
        "pattern": schema.optional_text("pattern"),
    }


def _number(schema: Node, languages: Sequence[str]) -> dict[str, Any]:
    return {
        "limits": hard_numbers(schema),
        "soft": soft_numbers(schema),
        "unit": same_or_by_language(schema.optional("x-unit"), languages),
        "unit_item": schema.optional_text("x-unit-item"),
        "accepted_units": accepted_units(schema, languages),
        "range_message": range_message(schema, languages),
    }


def _order(schema: Node) -> dict[str, Any]:
    """Return the dates that bound the day assumed for a partial date."""
    complete = schema.optional("x-complete")
    if complete is None:
        return {}
    return {
        "not_before": complete.texts("not-before"),
        "not_after": complete.texts("not-after"),
    }


def _whole(schema: Node, key: str) -> int | None:
    found = schema.optional(key)
    return None if found is None else found.whole()


def _required(schema: Node, relevant: str | None) -> str | None:
    """Return when an answer is needed; ``true`` in the schema means whenever it is asked."""
    found = schema.optional("x-required")
    if found is None or found.value is False:
        return None
    if found.value is True:
        return relevant or "true"
    return found.text()


def _both(first: str | None, second: str | None) -> str | None:
    if first is None or second is None:
        return first or second
    return f"({first}) && ({second})"
