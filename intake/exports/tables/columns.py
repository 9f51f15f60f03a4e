"""The columns that one item becomes, and the cells of one row: always side by side.

A multiple choice has its codes and one 0/1 column per option. A date shown as days has
the day when it is known for sure, and the earliest and latest day it can be: nothing is
completed. A number has, beside it, the lowest and the highest value that it can be and the sign
of a bound: one known exactly is its own lowest and highest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from intake.exports.tables.merged_form import MergedItem
from intake.exports.tables.record_view import RecordView, day_offsets
from intake.model.address import SEPARATOR
from intake.model.definition import Option
from intake.model.submission import Value, value_text
from intake.privacy.profiles import Disclosure

EARLIEST, LATEST = "earliest", "latest"
LOW, HIGH, BOUND = "low", "high", "bound"
_BOUND = re.compile(r"([<>]=?)(-?\d+(?:\.\d+)?)")


class ColumnKind(StrEnum):
    """What a column holds of its item."""

    ANSWER = "answer"
    OPTION = "option"
    DAYS = "days"
    EARLIEST = EARLIEST
    LATEST = LATEST
    LOW = LOW
    """The lowest value that a number can be."""
    HIGH = HIGH
    BOUND = BOUND
    """The sign of a bound: ``<``, ``<=``, ``>`` or ``>=``."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column made of one item."""

    name: str
    kind: ColumnKind
    merged: MergedItem
    option: Option | None = None


def item_columns(merged: MergedItem) -> tuple[Column, ...]:
    """Return the columns of one item."""
    name = merged.name
    if merged.shown is Disclosure.DAYS:
        return (
            Column(name, ColumnKind.DAYS, merged),
            Column(f"{name}{SEPARATOR}{EARLIEST}", ColumnKind.EARLIEST, merged),
            Column(f"{name}{SEPARATOR}{LATEST}", ColumnKind.LATEST, merged),
        )
    answer = Column(name, ColumnKind.ANSWER, merged)
    if merged.is_number:
        kinds = (ColumnKind.LOW, ColumnKind.HIGH, ColumnKind.BOUND)
        return (answer, *(Column(f"{name}{SEPARATOR}{kind}", kind, merged) for kind in kinds))
    if not any(item.is_ticked for item in merged.asked_as):
        return (answer,)
    return (
        answer,
        *(
            Column(f"{name}{SEPARATOR}{option.code}", ColumnKind.OPTION, merged, option)
            for option in merged.options
        ),
    )


def item_cells(merged: MergedItem, record: RecordView, row: int) -> tuple[str, ...]:
    """Return the cells of one item, one per column; empty where no value is known."""
    value = record.answers.get((merged.name, row))
    if merged.shown is Disclosure.DAYS:
        return _day_cells(value, record)
    held = value.value if value is not None else None
    answer = "" if held is None else value_text(held)
    if merged.is_number:
        return (answer, *_bound_cells(answer, value.bound if value is not None else None))
    return (answer, *(_option_cell(column, held) for column in item_columns(merged)[1:]))


def _day_cells(value: Value | None, record: RecordView) -> tuple[str, ...]:
    if value is None or record.day_zero is None:
        return ("", "", "")
    days = day_offsets(value.value, record.day_zero)
    if days is None:
        return ("", "", "")
    earliest, latest = days
    return (str(earliest) if earliest == latest else "", str(earliest), str(latest))


def _bound_cells(answer: str, bound: str | None) -> tuple[str, str, str]:
    """Return the lowest and the highest value possible, and the sign of a bound.

    Raises ValueError for a text that is no bound.
    """
    if bound is None:
        return (answer, answer, "")
    match = _BOUND.fullmatch(bound)
    if match is None:
        raise ValueError("a stored bound is no sign and number")
    sign, number = match.groups()
    return ("", number, sign) if sign.startswith("<") else (number, "", sign)


def _option_cell(column: Column, held: object) -> str:
    """Return 1 or 0; empty when unanswered, or when the answer is only a missing reason."""
    if not isinstance(held, tuple) or column.option is None:
        return ""
    if column.option.code in held:
        return "1"
    reasons = {option.code for option in column.merged.options if option.reason is not None}
    return "" if set(held) <= reasons else "0"
