"""The functions expressions may call: generic, typed, total.

To add one: write it over plain values and add its ``Function`` to ``FUNCTIONS``. Raise
``NotSettled`` when the operands do not decide. Parameters are never dynamic, and a name
has one signature: the engine accepts others when compiling and fails on every evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from intake.expressions.days import PRECISION_NAMES, interval, whole_years

NOT_SETTLED = "the operands do not settle it"
_DATE = "list(int)"


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

    @property
    def signature(self) -> str:
        """Return e.g. ``before(date, date)``."""
        shown = ", ".join(p.replace(_DATE, "date") for p in self.parameters)
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


def settled(sure: bool, possible: bool) -> bool:  # noqa: FBT001 - called from expressions
    """Return true when sure, false when not even possible, else nothing."""
    if sure:
        return True
    if possible:
        raise NotSettled
    return False


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
)
