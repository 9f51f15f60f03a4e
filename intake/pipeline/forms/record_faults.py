"""Why a record cannot be written in a form: unknown names, wrong types, codes, rows.

The schema's standard keywords say most of it; here is what they do not, and the words. An
answer is never quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from intake.model.definition import DataType, FormDefinition, Item, ItemGroup, MissingReason
from intake.pipeline.forms.written import UNWRITTEN
from intake.schema.validate import structure_errors
from intake.words.spelling import entered

_BESIDE = ("_missing", "_bound")
_BOUND = re.compile(r"[<>]=?-?\d+(\.\d+)?", re.ASCII)
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SHOWN_CODES = 12


def record_faults(definition: FormDefinition, record: object) -> tuple[str, ...]:
    """Return a sentence for each reason why a record cannot be written; none when it can."""
    if not isinstance(record, Mapping):
        return ("is not one JSON object holding a record",)
    faults = [*_unknown_names(definition, record), *_wrong_values(definition, record)]
    if not faults:
        for where, group, holder in _holders(definition, record):
            if group is not None:
                faults += _row_faults(group, holder, where)
            faults += _answer_faults(_items(definition, group), holder, where)
        faults += _repeated_rows(definition, record)
    return tuple(faults)


def _holders(
    definition: FormDefinition, record: Mapping[str, Any]
) -> Iterator[tuple[str, ItemGroup | None, Mapping[str, Any]]]:
    """Yield the record, then each row: where it stands, its group, what it holds."""
    yield "", None, record
    for group in definition.groups.values():
        rows = record.get(group.name)
        for number, row in enumerate(rows if isinstance(rows, list) else (), start=1):
            if isinstance(row, Mapping):
                yield f"{group.name}, entry {number}, ", group, row


def _items(definition: FormDefinition, group: ItemGroup | None) -> tuple[Item, ...]:
    return definition.single_items if group is None else group.items


def _unknown_names(definition: FormDefinition, record: Mapping[str, Any]) -> Iterator[str]:
    for where, group, holder in _holders(definition, record):
        items = {item.name for item in _items(definition, group)}
        known = {*items, *_BESIDE, *(definition.groups if group is None else ("_row",))}
        for name in holder:
            if name not in known:
                yield f"{where}{name}: the form asks no such question"
        for keyword in _BESIDE:
            beside = holder.get(keyword)
            for name in beside if isinstance(beside, Mapping) else ():
                if name not in items:
                    yield f"{where}{keyword} {name}: the form asks no such question"


def _wrong_values(definition: FormDefinition, record: Mapping[str, Any]) -> list[str]:
    """Return what the schema's standard keywords refuse, once a place."""
    faults = structure_errors(definition, record)
    paths = dict.fromkeys(path for path, keyword in faults if keyword != "additionalProperties")
    return [f"{_shown(path)}: is not {_expected(definition, path)}" for path in paths]


def _shown(path: str) -> str:
    """Return a path of the library as a person reads it: ``_missing age``, ``rows[0].age``."""
    return re.sub(r"\['(\w+)'\]\.?", r"\1 ", path.removeprefix("$").lstrip(".")).strip()


def _expected(definition: FormDefinition, path: str) -> str:
    names = _NAME.findall(path.replace("_missing", "").replace("_bound", ""))
    item = next((definition.items[name] for name in names if name in definition.items), None)
    if "_missing" in path:
        return f"one of {', '.join(MissingReason)}"
    if "_bound" in path:
        return "a bound such as <30 or >40000"
    if item is None:
        return "in the shape of a record"
    return _value(item)


def _value(item: Item) -> str:  # noqa: PLR0911 - one return a type
    """Return what an item's value is, in words."""
    match item.data_type:
        case DataType.TEXT:
            return "a text of the length and form asked"
        case DataType.INTEGER:
            return "a whole number within its limits"
        case DataType.DECIMAL:
            return "a number within its limits"
        case DataType.DATE:
            return "a day such as 2016-03-14"
        case DataType.PARTIAL_DATE:
            return "a date such as 2016, 2016-03 or 2016-03-14"
        case DataType.TIME:
            return "a time of day such as 08:05"
        case DataType.SINGLE_CHOICE:
            return f"one of its codes: {_codes(item)}"
        case DataType.MULTIPLE_CHOICE:
            return f"a list of different codes among {_codes(item)}"
        case unknown:
            assert_never(unknown)


def _codes(item: Item) -> str:
    codes = [option.code for option in item.options]
    more = ", ..." if len(codes) > _SHOWN_CODES else ""
    return ", ".join(codes[:_SHOWN_CODES]) + more


def _row_faults(group: ItemGroup, row: Mapping[str, Any], where: str) -> Iterator[str]:
    number = row["_row"]
    if number not in group.printed:
        yield f"{where}_row: the form prints rows 1 to {group.rows}"
    elif group.fixed_item is not None:
        printed = group.fixed_values[number - 1]
        if row.get(group.fixed_item, printed) != printed:
            yield f"{where}{group.fixed_item}: row {number} is printed with {printed}"


def _repeated_rows(definition: FormDefinition, record: Mapping[str, Any]) -> Iterator[str]:
    for group in definition.groups.values():
        numbers = [row["_row"] for row in record.get(group.name, ())]
        for number in sorted({n for n in numbers if numbers.count(n) > 1}):
            yield f"{group.name}: row {number} is given {numbers.count(number)} times"


def _answer_faults(items: tuple[Item, ...], holder: Mapping[str, Any], where: str) -> Iterator[str]:
    """Yield answers given twice over, reasons and texts that no place of a form can take."""
    reasons, bounds = (holder.get(keyword, {}) for keyword in _BESIDE)
    for item in items:
        given = [item.name in answers for answers in (holder, reasons, bounds)]
        if sum(given) > 1:
            yield f"{where}{item.name}: has a value, a reason or a bound; only one can stand"
        if item.name in reasons and not _takes(item, MissingReason(reasons[item.name])):
            yield f"{where}{item.name}: the reason {reasons[item.name]} cannot be written there"
        if item.name in bounds and not (item.is_number and _BOUND.fullmatch(bounds[item.name])):
            yield f"{where}{item.name}: takes no bound, or has none such as <30 or >=40000"
        value = holder.get(item.name)
        if item.is_free_text and isinstance(value, str) and "\ufffd" in entered(value):
            yield f"{where}{item.name}: holds a character that no form can carry"


def _takes(item: Item, reason: MissingReason) -> bool:
    """Say whether a reason can be written in an item's place, or needs not be."""
    said = reason in item.missing or (reason is MissingReason.NI and bool(item.missing))
    return reason in UNWRITTEN or said
