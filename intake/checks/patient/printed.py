"""What of a record's answers its form prints: the part that two forms can be compared by. Pure."""

from __future__ import annotations

from dataclasses import replace

from intake.model.definition import FormDefinition
from intake.model.submission import Submission, Value


def is_beyond(definition: FormDefinition, value: Value) -> bool:
    """Say whether an answer stands in a row that a form does not print."""
    group = definition.groups.get(value.group or "")
    return group is not None and value.row is not None and value.row not in group.printed


def as_printed(definition: FormDefinition, submission: Submission) -> Submission:
    """Return answers without those in rows that a form does not print: no form of it has them."""
    values = tuple(value for value in submission.values if not is_beyond(definition, value))
    return replace(submission, values=values)
