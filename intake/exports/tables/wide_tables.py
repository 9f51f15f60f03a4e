"""``records.csv`` (one row a patient) and one file per repeating group."""

from __future__ import annotations

from collections.abc import Iterator

from intake.exports.tables.columns import item_cells, item_columns
from intake.exports.tables.computed_columns import computed_cells
from intake.exports.tables.merged_form import MergedForm, MergedGroup
from intake.exports.tables.record_view import RecordView
from intake.exports.tables.strata import Told, class_of
from intake.exports.tables.table import RecordTable, Row
from intake.privacy.profiles import Profile

GROUP_KEYS = ("record_id", "row")


def record_keys(profile: Profile, told: Told) -> tuple[str, ...]:
    """Return the first columns of ``records.csv``; the subject's number tells its centre."""
    who = ("record_id", "subject", "centre") if profile.tells_centre else ("record_id",)
    return (*who, *told.strata.columns, "revision", "form_version")


def record_table(form: MergedForm, profile: Profile, told: Told) -> RecordTable:
    """Return one row a record: its keys, its single items in form order, what is computed."""
    keys = record_keys(profile, told)

    def rows(record: RecordView) -> Iterator[Row]:
        yield tuple(_key(record, key, told) for key in keys) + _cells(form.singles, record, 0)

    return RecordTable(form.singles.file, (*keys, *_names(form.singles)), rows)


def group_table(group: MergedGroup) -> RecordTable:
    """Return one line per answered row of a repeating group."""

    def rows(record: RecordView) -> Iterator[Row]:
        for row in record.rows(str(group.name)):
            yield (record.stored.record_id, str(row), *_cells(group, record, row))

    return RecordTable(group.file, (*GROUP_KEYS, *_names(group)), rows)


def _names(group: MergedGroup) -> tuple[str, ...]:
    answers = (column.name for item in group.disclosed for column in item_columns(item))
    return (*answers, *(column.name for column in group.computed))


def _cells(group: MergedGroup, record: RecordView, row: int) -> tuple[str, ...]:
    answers = (cell for item in group.disclosed for cell in item_cells(item, record, row))
    return (*answers, *computed_cells(group.computed, record.computed(group.name, row)))


def _key(record: RecordView, key: str, told: Told) -> str:
    if key in told.strata.columns:
        return class_of(record, key, told)
    if key == "form_version":
        return record.definition.version
    return str(getattr(record.stored, key))
