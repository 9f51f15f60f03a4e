"""One part of a score: its points, or the lowest and highest that are still possible.

Every unset yes or no and every value that a bound allows are tried. When all trials give
points these are the interval; when one does not, something else is missing and the
declared range is.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.expressions.bind import Bindings
from intake.expressions.program import Program
from intake.model.computed import ScorePart


@dataclass(frozen=True, slots=True)
class Points:
    """The points of one part: settled when both ends are the same."""

    least: int
    most: int
    settled: bool
    error: str | None = None


def part_points(part: ScorePart, program: Program, bindings: Bindings) -> Points:
    """Return the points that one part of a score can have."""
    answer = program.evaluate(bindings)
    if answer.error is not None:
        return Points(part.least, part.most, settled=False, error=answer.error)
    if answer.known:
        return _within(part, [answer.value])
    answers = program.outcomes(bindings)
    error = next((each.error for each in answers if each.error is not None), None)
    if error is not None or not all(each.known for each in answers):
        return Points(part.least, part.most, settled=False, error=error)
    return _within(part, [each.value for each in answers])


def _within(part: ScorePart, points: list[int]) -> Points:
    least, most = min(points), max(points)
    if least < part.least or most > part.most:
        problem = f"{part.id} gives {least} to {most} points, outside its range"
        return Points(part.least, part.most, settled=False, error=problem)
    return Points(least, most, settled=least == most)
