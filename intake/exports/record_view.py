"""One stored record, looked up by item and row, with its day zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from intake.expressions.days import Interval, interval
from intake.model.definition import FormDefinition, MissingReason
from intake.model.errors import DefinitionError
from intake.model.record import StoredRecord
from intake.model.submission import ItemData, Value

Answers = Mapping[tuple[str, int], Value]
"""Values by item and printed row; row 0 outside groups."""


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record with the version of the form it answers."""

    stored: StoredRecord
    definition: FormDefinition
    answers: Answers
    day_zero: Interval | None

    def rows(self, group: str) -> tuple[int, ...]:
        """Return the printed rows of a group that hold answers, in order."""
        named = {int(row["_row"]) for row in self.stored.submission.record.get(group, ())}
        fixed = {g.fixed_item for g in self.definition.groups.values()}
        answered = {
            row
            for (item, row), value in self.answers.items()
            if value.group == group and value.missing is not MissingReason.NA and item not in fixed
        }
        return tuple(sorted(named | answered))


def view(stored: StoredRecord, versions: Mapping[str, FormDefinition]) -> RecordView:
    """Return the view of a record. Raises DefinitionError when its version is not there."""
    submission = stored.submission
    definition = versions.get(submission.version)
    if definition is None:
        raise DefinitionError(
            f"record {stored.record_id} answers version {submission.version} of"
            f" {submission.form}, which is not in schemas/; put its schema back"
        )
    answers = _answers(stored, definition)
    return RecordView(stored, definition, answers, _day_zero(answers, definition.day_zero))


def day_offsets(text: object, day_zero: Interval) -> tuple[int, int] | None:
    """Return the fewest and the most days from day zero to a date; None when it is no date."""
    days = _interval(text)
    return None if days is None else (days[0] - day_zero[1], days[1] - day_zero[0])


def plain_text(value: ItemData) -> str:
    """Return a value as the dataset writes it: decimal point, codes joined by ``;``."""
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def _answers(stored: StoredRecord, definition: FormDefinition) -> Answers:
    found: dict[tuple[str, int], Value] = {}
    for value in stored.submission.values:
        place = (value.item, value.row or 0)
        if place in found:
            raise ValueError(f"record {stored.record_id} holds {value.item} twice in one row")
        found[place] = value
    for reason in _missing_in_record(stored, definition):
        found.setdefault((reason.item, reason.row or 0), reason)
    return found


def _missing_in_record(stored: StoredRecord, definition: FormDefinition) -> list[Value]:
    record = stored.submission.record
    missing = [
        Value(item=item, missing=MissingReason(reason))
        for item, reason in record.get("_missing", {}).items()
    ]
    for group in definition.groups:
        for row in record.get(group, ()):
            missing += [
                Value(item=item, group=group, row=row["_row"], missing=MissingReason(reason))
                for item, reason in row.get("_missing", {}).items()
            ]
    return missing


def _day_zero(answers: Answers, item: str) -> Interval | None:
    value = answers.get((item, 0))
    return _interval(value.value) if value is not None else None


def _interval(text: object) -> Interval | None:
    """Return the days of a stored date; an answer in doubt may still be another text."""
    try:
        return interval(text) if isinstance(text, str) else None
    except ValueError:
        return None
