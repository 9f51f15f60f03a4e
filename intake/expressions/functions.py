"""The functions expressions may call: generic, typed, total.

To add one: write it over plain values and add its ``Function`` to ``FUNCTIONS``. Raise
``NotSettled`` when the operands do not decide. Parameters are never dynamic, and a name
has one signature: the engine accepts others when compiling and fails on every evaluation.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from intake.expressions.days import PRECISION_NAMES, interval, whole_years

NOT_SETTLED = "the operands do not settle it"
_DATE = "list(int)"
_ROWS = "list(map(string, dyn))"


_SHOWN = {_DATE: "date", _ROWS: "GROUP"}


class NotSettled(Exception):
    """The operands allow more than one answer: unknown, not wrong."""

    def __init__(self) -> None:
        """Carry the text by which the engine's error is recognised."""
        super().__init__(NOT_SETTLED)


@dataclass(frozen=True, slots=True)
class Function:
    """A function's name, types and code."""

    name: str
    parameters: tuple[str, ...]
    returns: str
    call: Callable[..., Any]
    literal: bool = False
    """The argument must be written in the expression, not computed."""
    column: bool = False
    """It reads one field, written out, of a group's rows."""

    @property
    def signature(self) -> str:
        """Return e.g. ``before(date, date)``."""
        shown = ", ".join(_SHOWN.get(p, p) for p in self.parameters)
        return f"{self.name}({shown})"


def before(a: Sequence[int], b: Sequence[int]) -> bool:
    """Say whether a is certainly before b; not settled when the intervals overlap."""
    if a[1] < b[0]:
        return True
    if a[0] >= b[1]:
        return False
    raise NotSettled


def differ(a: Sequence[int], b: Sequence[int]) -> bool:
    """Say whether two dates are certainly different days."""
    if a[1] < b[0] or b[1] < a[0]:
        return True
    if a[0] == a[1] == b[0] == b[1]:
        return False
    raise NotSettled


def days_min(a: Sequence[int], b: Sequence[int]) -> int:
    """Return the least number of days from a to b; negative when b may come first."""
    return b[0] - a[1]


def days_max(a: Sequence[int], b: Sequence[int]) -> int:
    """Return the largest number of days from a to b."""
    return b[1] - a[0]


def literal_date(text: str) -> list[int]:
    """Return the interval of an ISO date written in the expression."""
    return list(interval(text))


def precision(dates: Sequence[Sequence[int]]) -> str:
    """Return the coarsest precision of some dates: day, month or year."""
    if not dates:
        raise NotSettled
    return PRECISION_NAMES[max(date[2] for date in dates)]


def count(flags: Sequence[bool]) -> int:
    """Return how many are true."""
    return sum(1 for flag in flags if flag)


def smallest(numbers: Sequence[int]) -> int:
    """Return the smallest number; not settled when there is none."""
    if not numbers:
        raise NotSettled
    return min(numbers)


def ratio(a: float, b: float) -> float:
    """Return a divided by b; not settled when b is zero."""
    if b == 0:
        raise NotSettled
    return a / b


def exceeds(a: float, b: float, tolerance: float) -> bool:
    """Say whether a is above b by more than a tolerance, exactly as written in decimals."""
    return _exact(a) > _exact(b) + _exact(tolerance)


def plus(a: float, b: float) -> float:
    """Return the exact decimal sum."""
    return float(_exact(a) + _exact(b))


def times(a: float, b: float) -> float:
    """Return the exact decimal product."""
    return float(_exact(a) * _exact(b))


def interpolate(x: float, xs: Sequence[float], ys: Sequence[float]) -> float:
    """Return the value at x on the line through points; not settled outside of them."""
    for (x0, y0), (x1, y1) in zip(
        zip(xs, ys, strict=False), zip(xs[1:], ys[1:], strict=False), strict=False
    ):
        if x0 <= x <= x1:
            share = (_exact(x) - _exact(x0)) / (_exact(x1) - _exact(x0))
            return float(_exact(y0) + share * (_exact(y1) - _exact(y0)))
    raise NotSettled


def logistic(x: float) -> float:
    """Return 1 / (1 + exp(-x)), whatever the size of x."""
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))


def column(rows: Sequence[Mapping[str, Any]], field: str) -> list[Any]:
    """Return the values of one field in the rows that hold it."""
    return [row[field] for row in rows if field in row]


def only(numbers: Sequence[float]) -> float:
    """Return the one number of a list; not settled when there is none, or several."""
    if len(numbers) != 1:
        raise NotSettled
    return numbers[0]


def group_within(days: Sequence[int], most: int, day: int) -> int:
    """Return the number, from 1, of the group of days in which a day falls.

    A group begins at its first day and holds those at most so many days later.
    """
    number, start = 0, None
    for each in sorted({*days, day}):
        if start is None or each - start > most:
            number, start = number + 1, each
        if each == day:
            return number
    raise NotSettled


def settled(sure: bool, possible: bool) -> bool:  # noqa: FBT001 - called from expressions
    """Return true when sure, false when not even possible, else nothing."""
    if sure:
        return True
    if possible:
        raise NotSettled
    return False


def _exact(number: float) -> Decimal:
    """Return a number as it was written: the shortest decimal of its float."""
    return Decimal(repr(number))


FUNCTIONS: tuple[Function, ...] = (
    Function("before", (_DATE, _DATE), "bool", before),
    Function("differ", (_DATE, _DATE), "bool", differ),
    Function("days_min", (_DATE, _DATE), "int", days_min),
    Function("days_max", (_DATE, _DATE), "int", days_max),
    Function("date", ("string",), _DATE, literal_date, literal=True),
    Function("age", ("int", "int"), "int", whole_years),
    Function("precision", ("list(list(int))",), "string", precision),
    Function("count", ("list(bool)",), "int", count),
    Function("total", ("list(int)",), "int", sum),
    Function("smallest", ("list(int)",), "int", smallest),
    Function("ratio", ("double", "double"), "double", ratio),
    Function("settled", ("bool", "bool"), "bool", settled),
    Function("exceeds", ("double", "double", "double"), "bool", exceeds),
    Function("plus", ("double", "double"), "double", plus),
    Function("times", ("double", "double"), "double", times),
    Function("interpolate", ("double", "list(double)", "list(double)"), "double", interpolate),
    Function("logistic", ("double",), "double", logistic),
    Function("column", (_ROWS, "string"), "list(int)", column, column=True),
    Function("numbers", (_ROWS, "string"), "list(double)", column, column=True),
    Function("only", ("list(double)",), "double", only),
    Function("group_within", ("list(int)", "int", "int"), "int", group_within),
)
