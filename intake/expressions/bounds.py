"""A reported bound (``<30``) as the values worth trying: its ends and what lies around.

An expression whose answer is the same for all of them does not need the value itself.
Exact for thresholds written as numbers; nothing between two of them can change an answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import Decimal

from intake.model.definition import Item

_BOUND = re.compile(r"(?P<sign><=|>=|<|>)(?P<number>-?\d+(?:\.\d+)?)")
_FAR = 1e9
"""How far an end lies where the form sets no limit."""


def trial_values(item: Item, bound: str, marks: Iterable[float]) -> list[float] | list[int]:
    """Return the values to try for a bounded item. Raises ValueError when it is no bound.

    ``marks`` are the numbers that the expression compares it with.
    """
    match = _BOUND.fullmatch(bound)
    if match is None:
        raise ValueError(f"{item.name} holds no bound")
    low, high, number = _reach(item, float(match["number"]))
    sign, whole = match["sign"], item.is_whole
    step = _whole_beside if whole else _beside
    if sign.startswith("<"):
        high = number if sign == "<=" else step(number)[0]
    else:
        low = number if sign == ">=" else step(number)[-1]
    near = [value for mark in marks for value in step(mark)]
    inside = sorted({low, high, *(value for value in near if low <= value <= high)})
    return [int(value) for value in inside] if whole else inside


def _reach(item: Item, number: float) -> tuple[float, float, float]:
    """Return the hard limits of an item, widened to hold the bound's own number."""
    low = number - _FAR if item.limits.low is None else float(item.limits.low)
    high = number + _FAR if item.limits.high is None else float(item.limits.high)
    return min(low, number), max(high, number), number


def _beside(mark: float) -> list[float]:
    # A decimal step, not the next float: exact decimals (`plus`) must see it too.
    tiny = float(Decimal(10) ** (math.floor(math.log10(abs(mark) or 1)) - 9))
    return [mark - tiny, mark, mark + tiny]


def _whole_beside(mark: float) -> list[float]:
    return [math.ceil(mark) - 1, math.floor(mark), math.ceil(mark), math.floor(mark) + 1]
