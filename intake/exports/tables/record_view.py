"""One stored record, looked up by item and row, with its day zero.

An older version's answers stand under the names and codes of the newest: they are carried here,
after record and values were compared as they are stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from intake.expressions.days import Interval, interval
from intake.findings.current import current_findings
from intake.model.carry import Renaming, carried, renaming
from intake.model.definition import FormDefinition, MissingReason
from intake.model.errors import DefinitionError
from intake.model.finding import Finding
from intake.model.receipt import Receipt
from intake.model.record import StoredRecord
from intake.model.submission import Value, value_of_json

Answers = Mapping[tuple[str, int], Value]
"""Values by item and printed row; row 0 outside groups."""


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record with the version of the form it answers."""

    stored: StoredRecord
    """Its submission's record and values under the names of the newest version."""
    definition: FormDefinition
    """Of the version that it answers."""
    said_by: FormDefinition
    """The version whose rules spoke last, whose words its findings have."""
    way: Renaming
    """From that version to the newest."""
    answers: Answers
    findings: tuple[Finding, ...]
    """What is said of the current revision."""
    day_zero: Interval | None

    def computed(self, group: str | None, row: int) -> Mapping[str, Any]:
        """Return what was computed of the record, or of one row of it."""
        derived = self.stored.submission.derived
        if group is None:
            return derived
        return next((each for each in derived.get(group, ()) if each["_row"] == row), {})

    def rows(self, group: str) -> tuple[int, ...]:
        """Return the printed rows of a group that hold answers, in order."""
        named = {int(row["_row"]) for row in self.stored.submission.record.get(group, ())}
        fixed = {self.way.name(g.fixed_item or "") for g in self.definition.groups.values()}
        answered = {
            row
            for (item, row), value in self.answers.items()
            if value.group == group and value.missing is not MissingReason.NA and item not in fixed
        }
        return tuple(sorted(named | answered))


def view(
    stored: StoredRecord, receipt: Receipt | None, versions: tuple[FormDefinition, ...]
) -> RecordView:
    """Return the view of a record with its receipt, among the form's versions, newest first.

    Raises DefinitionError when its version is not there.
    """
    submission, newest = stored.submission, versions[0]
    by_version = {definition.version: definition for definition in versions}
    definition = by_version.get(submission.version)
    if definition is None:
        raise DefinitionError(
            f"record {stored.record_id} answers version {submission.version} of"
            f" {submission.form}, which is not in schemas/; put its schema back"
        )
    way = renaming(newest, definition.version)
    found = _answers(stored, definition)
    answers = {(way.name(item), row): way.value(value) for (item, row), value in found.items()}
    now = replace(
        stored,
        submission=carried(submission, newest),
        confirmed=frozenset((way.name(item), row) for item, row in stored.confirmed),
        withdrawn=frozenset((way.name(item), row) for item, row in stored.withdrawn),
    )
    said_by = by_version.get(submission.rechecked or submission.version, newest)
    return RecordView(
        stored=now,
        definition=definition,
        said_by=said_by,
        way=way,
        answers=answers,
        findings=current_findings(stored, receipt),
        day_zero=_day_zero(answers, way.name(definition.day_zero)),
    )


def day_offsets(text: object, day_zero: Interval) -> tuple[int, int] | None:
    """Return the fewest and the most days from day zero to a date; None when it is no date."""
    days = _interval(text)
    return None if days is None else (days[0] - day_zero[1], days[1] - day_zero[0])


def _answers(stored: StoredRecord, definition: FormDefinition) -> Answers:
    """Return the values by place, and what only the record holds (a printed row's value).

    The record and the values are two copies of the same answers. Where they disagree the
    export stops: no one can say which is right.
    """
    found: dict[tuple[str, int], Value] = {}
    for value in stored.submission.values:
        place = (value.item, value.row or 0)
        if place in found:
            raise ValueError(f"record {stored.record_id} holds {value.item} twice in one row")
        found[place] = value
    for held in _in_record(stored.submission.record, definition):
        place = (held.item, held.row or 0)
        if _answer(found.setdefault(place, held)) != _answer(held):
            raise ValueError(f"record {stored.record_id} holds two answers to {held.item}")
    return found


def _answer(value: Value) -> tuple[object, MissingReason | None, str | None]:
    return value.value, value.missing, value.bound


def _in_record(record: Mapping[str, Any], definition: FormDefinition) -> Iterator[Value]:
    """Yield every answer of a record as a value without provenance."""
    yield from _in_holder(record, [item.name for item in definition.single_items])
    for name, group in definition.groups.items():
        for row in record.get(name, ()):
            place = {"group": name, "row": row["_row"]}
            for value in _in_holder(row, [item.name for item in group.items]):
                yield replace(value, **place)


def _in_holder(holder: Mapping[str, Any], items: Iterable[str]) -> Iterator[Value]:
    for item in items:
        if item in holder:
            yield Value(item=item, value=value_of_json(holder[item]))
    for item, reason in holder.get("_missing", {}).items():
        yield Value(item=item, missing=MissingReason(reason))
    for item, bound in holder.get("_bound", {}).items():
        yield Value(item=item, bound=bound)


def _day_zero(answers: Answers, item: str) -> Interval | None:
    value = answers.get((item, 0))
    return _interval(value.value) if value is not None else None


def _interval(text: object) -> Interval | None:
    """Return the days of a stored date; an answer in doubt may still be another text."""
    try:
        return interval(text) if isinstance(text, str) else None
    except ValueError:
        return None
