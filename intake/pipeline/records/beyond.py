"""The rows of a record that a form has no place for: a form that comes leaves them there. Pure."""

from __future__ import annotations

from dataclasses import replace

from intake.model.address import Place, places
from intake.model.carry import Renaming, renaming
from intake.model.definition import FormDefinition
from intake.model.finding import Finding
from intake.model.record import StoredRecord
from intake.model.submission import ItemKey, Submission
from intake.pipeline.records.kept_answers import written_places


def rows_beyond(definition: FormDefinition, submission: Submission) -> dict[str, tuple[int, ...]]:
    """Return the rows of answers that a form does not print, by the group's own name there."""
    way = renaming(definition, submission.version)
    held = {group: _beyond(way, group, submission) for group in submission.record}
    return {group: rows for group, rows in held.items() if rows}


def rows_lost(
    own: FormDefinition, other: FormDefinition, submission: Submission
) -> tuple[str, ...]:
    """Return the codes of the rows that no form of a record's version prints, nor another keeps."""
    kept = rows_beyond(other, submission)
    return tuple(
        Place(own.groups[group].items[0], row).code
        for group, rows in rows_beyond(own, submission).items()
        for row in rows
        if row not in kept.get(group, ())
    )


def only_beyond(definition: FormDefinition, before: StoredRecord) -> StoredRecord:
    """Return a record with nothing but the rows that a form does not print, and their findings."""
    answers = before.submission
    way, kept = renaming(definition, answers.version), rows_beyond(definition, answers)
    submission = replace(
        answers,
        values=tuple(v for v in answers.values if v.row in kept.get(v.group or "", ())),
        findings=tuple(f for f in answers.findings if _is_of(way, f)),
        record={
            group: [row for row in answers.record[group] if row["_row"] in rows]
            for group, rows in kept.items()
        },
    )
    return replace(before, submission=submission)


def answered_by(definition: FormDefinition, submission: Submission) -> frozenset[ItemKey]:
    """Return the questions that a form answers, be it by nothing: all that it prints."""
    printed = frozenset((place.item.name, place.row) for place in places(definition))
    return printed | written_places(submission)


def _beyond(way: Renaming, group: str, submission: Submission) -> tuple[int, ...]:
    found = way.newer.groups.get(way.group(group))
    if found is None:
        return ()
    rows = (int(row["_row"]) for row in submission.record[group])
    return tuple(row for row in rows if row not in found.printed)


def _is_of(way: Renaming, finding: Finding) -> bool:
    item = way.newer.items.get(way.name(finding.item or ""))
    group = way.newer.groups.get(item.group or "") if item else None
    return group is not None and finding.row is not None and finding.row not in group.printed
