"""``values.csv``: one line per answer or missing reason, with its provenance.

The ``value`` column loses nothing that its profile may show: a reported bound stands there
as ``>40000``, an uncertain day count as ``12..42``. Neither reads as a number by mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from intake.exports.tables.merged_form import MergedForm, MergedItem
from intake.exports.tables.record_view import RecordView, day_offsets
from intake.exports.tables.table import RecordTable, Row
from intake.model.definition import MissingReason
from intake.model.finding import Location
from intake.model.record import StoredRecord
from intake.model.submission import Value, ValueStatus, value_text
from intake.privacy.profiles import Disclosure, Profile, told_location, told_raw

COLUMNS = (
    "record_id",
    "group",
    "row",
    "item",
    "value",
    "missing",
    "status",
    "raw",
    "reading",
    "location",
    "file_sha256",
    "form_version",
    "revision",
)
NO_DAY_ZERO = "NODAYZERO"
"""``missing`` of a date that cannot be shown as days, because day zero is not known."""
NOT_ASKED = "NOTASKED"
"""``missing`` of a question that the version of the returned form did not ask."""

CONFIRMED = "confirmed"
"""``status`` of an answer that was in question: the centre says that it is right as it is."""
STATUSES = (*(status.value for status in ValueStatus), CONFIRMED)


def value_table(form: MergedForm, profile: Profile) -> RecordTable:
    """Return the long table of a record, in form order, then by row."""
    return RecordTable("values.csv", COLUMNS, lambda record: _lines(form, record, profile))


def _lines(form: MergedForm, record: RecordView, profile: Profile) -> Iterator[Row]:
    for group in form.all_groups:
        rows = (0,) if group.name is None else _answered_rows(group.disclosed, record)
        for row in rows:
            for merged in group.disclosed:
                value = record.answers.get((merged.name, row))
                if value is not None and _says_something(value):
                    yield _line(merged, value, record, profile)
                elif record.definition.version not in merged.versions:
                    place = Value(item=merged.name, group=group.name, row=row or None)
                    yield _line(merged, place, record, profile)


def _answered_rows(items: Iterable[MergedItem], record: RecordView) -> tuple[int, ...]:
    names = {merged.name for merged in items}
    return tuple(sorted({row for item, row in record.answers if item in names}))


def _says_something(value: Value) -> bool:
    held = (value.value, value.missing, value.bound)
    return any(part is not None for part in held)


def _line(merged: MergedItem, value: Value, record: RecordView, profile: Profile) -> Row:
    text, missing = _shown(merged, value, record)
    stored = record.stored
    return (
        stored.record_id,
        value.group or "",
        str(value.row or 0),
        merged.name,
        text,
        missing,
        _status(value, stored),
        told_raw(value, merged.item, merged.shown, profile),
        value.rung.value,
        place_text(told_location(value.location, profile)),
        (value.origin or stored.file_sha256) if profile.tells_paperwork else "",
        value.version or record.definition.version,
        str(stored.revision),
    )


def _status(value: Value, stored: StoredRecord) -> str:
    """Return the cell ``status``: what the checks say, and what the centre said since."""
    place = (value.item, value.row)
    match value.status:
        case ValueStatus.HELD_BACK:
            return value.status.value
        case ValueStatus.ACCEPTED | ValueStatus.QUERIED if place in stored.confirmed:
            return CONFIRMED
        case ValueStatus.QUERIED if place in stored.withdrawn:
            return ValueStatus.ACCEPTED.value
        case ValueStatus.ACCEPTED | ValueStatus.QUERIED:
            return value.status.value
        case unknown:
            assert_never(unknown)


def _shown(merged: MergedItem, value: Value, record: RecordView) -> tuple[str, str]:
    """Return the cells ``value`` and ``missing``."""
    if value.missing is not None:
        return "", value.missing.value
    if not _says_something(value):
        return "", NOT_ASKED
    if merged.shown is Disclosure.DAYS:
        return _as_days(value, record)
    if value.value is None:
        return value.bound or "", ""
    return value_text(value.value), ""


def _as_days(value: Value, record: RecordView) -> tuple[str, str]:
    if record.day_zero is None:
        return "", NO_DAY_ZERO
    days = day_offsets(value.value, record.day_zero)
    if days is None:
        return "", MissingReason.ERR.value
    earliest, latest = days
    return (str(earliest) if earliest == latest else f"{earliest}..{latest}"), ""


def place_text(location: Location | None) -> str:
    """Return where a value stands: ``p. 3, A01`` or ``Sheet!B4, A01``."""
    if location is None:
        return ""
    page = f"p. {location.page}" if location.page is not None else ""
    cell = "!".join(part for part in (location.sheet, location.cell) if part)
    return ", ".join(part for part in (page, cell, location.code) if part)


MISSING_CODES = (*(reason.value for reason in MissingReason), NOT_ASKED, NO_DAY_ZERO)
