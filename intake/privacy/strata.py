"""What an analysis may know of centre and calendar: classes, and only while each holds enough.

A centre is told by an id that only the study's key leads to, a day by a class of years. Both are
left out of the whole dataset when one class, or one class of both together, holds few patients.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

CENTRE, PERIOD = "centre_class", "period"
"""The columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strata:
    """The classes that a dataset tells."""

    centre: bool = False
    period_years: int | None = None
    """How many years a class has; None where no period is told."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of these classes."""
        asked = ((CENTRE, self.centre), (PERIOD, self.period_years is not None))
        return tuple(name for name, is_told in asked if is_told)


NONE = Strata()


def told_strata(asked: Strata, patients: Iterable[tuple[str, str]], fewest: int) -> Strata:
    """Return what may be told of what was asked, by the centre and the period of each patient.

    The period is the first to be told: without it the centre may still be, but not both where one
    of them in the other holds fewer than ``fewest``. A patient of no known class counts for none.
    """
    known = Counter(patients)
    periods: Counter[str] = Counter()
    centres: Counter[str] = Counter()
    for (centre, period), count in known.items():
        periods[period] += count
        centres[centre] += count
    both = Counter({place: count for place, count in known.items() if all(place)})
    told = asked
    if told.period_years is not None and _is_small(periods, fewest):
        told = replace(told, period_years=None)
    together = both if told.period_years is not None else Counter[tuple[str, str]]()
    if told.centre and (_is_small(centres, fewest) or _is_small(together, fewest)):
        told = replace(told, centre=False)
    return told


def period_of(first_year: int, last_year: int, years: int) -> str:
    """Return the class of a year that lies between two; empty when they are of two classes."""
    first, last = (year // years * years for year in (first_year, last_year))
    if first != last:
        return ""
    return str(first) if years == 1 else f"{first}-{first + years - 1}"


def _is_small(counts: Counter[str] | Counter[tuple[str, str]], fewest: int) -> bool:
    return any(count < fewest for place, count in counts.items() if place)
