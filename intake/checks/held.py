"""Answers that are held, as the readings that checking starts from.

Nothing is parsed again. An answer that was held back has no value here: what was said of its
reading stands beside, and no rule of a newer version sees it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from intake.checks.assemble import Assembly, Key, Reading
from intake.checks.limits import check_limits
from intake.checks.parse.parsed import Parsed, unread
from intake.model.definition import FormDefinition, Item, MissingReason
from intake.model.finding_codes import FindingCode
from intake.model.submission import Submission, Value

_UNREAD = unread(FindingCode.TEXT_UNSEEN)
"""Any fault: it holds the answer back, and is said in both of the checks that are compared."""


def held_readings(definition: FormDefinition, held: Submission, received: dt.date) -> Assembly:
    """Return the readings of a submission of this version, and its filled rows."""
    values = {(value.item, value.row): value for value in held.values}
    rows = {
        name: tuple(int(row["_row"]) for row in held.record.get(name, ()))
        for name in definition.groups
    }
    readings: dict[Key, Reading] = {}
    for item, row in _places(definition, rows):
        value = values.get((item.name, row))
        if value is not None and value.missing is not MissingReason.NA:
            readings[item.name, row] = _reading(item, value, received)
    return Assembly(readings=readings, rows=rows)


def _places(
    definition: FormDefinition, rows: dict[str, tuple[int, ...]]
) -> Iterator[tuple[Item, int | None]]:
    printed = {group.fixed_item for group in definition.groups.values()}
    for item in definition.items.values():
        if item.name not in printed:
            for row in (None,) if item.group is None else rows[item.group]:
                yield item, row


def _reading(item: Item, value: Value, received: dt.date) -> Reading:
    if value.missing is MissingReason.ERR:
        parsed = _UNREAD
    else:
        answer = Parsed(value=value.value, missing=value.missing, bound=value.bound)
        parsed = check_limits(item, answer, received)
    return Reading(
        item=item,
        row=value.row,
        parsed=parsed,
        raw=value.raw,
        rung=value.rung,
        location=value.location,
    )
