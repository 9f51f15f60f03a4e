"""The class of a patient's centre and of its day zero, where a dataset tells them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from intake.exports.tables.record_view import RecordView
from intake.privacy.strata import CENTRE, NONE, Strata, period_of


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of centre and period, and what makes an id of a centre."""

    strata: Strata = NONE
    id_of: Callable[[str], str] = str
    """Asked only where the centre is told; keyed, so that no list of centres leads to ids."""


NOTHING = Told()


def class_of(record: RecordView, column: str, told: Told) -> str:
    """Return the class of a record in a column; empty where it is not known."""
    if column == CENTRE:
        return told.id_of(record.stored.centre)
    years = told.strata.period_years
    if record.day_zero is None or years is None:
        return ""
    first, last = (dt.date.fromordinal(day).year for day in record.day_zero[:2])
    return period_of(first, last, years)
