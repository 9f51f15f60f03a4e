"""What changed between two submissions of one patient, answer by answer."""

from __future__ import annotations

from collections.abc import Iterator

from intake.checks.assemble import Key
from intake.model.address import Place
from intake.model.definition import FormDefinition, MissingReason
from intake.model.receipt import Change
from intake.model.submission import Submission, Value, value_text
from intake.privacy.private import is_private


def changes(
    definition: FormDefinition, before: Submission, after: Submission
) -> tuple[Change, ...]:
    """Return the answers that differ, in form order; hidden and unanswered are the same.

    Identifying and free-text answers are said to differ, without their content.
    """
    return tuple(_changes(definition, before, after))


def differing(
    definition: FormDefinition, before: Submission, after: Submission
) -> Iterator[tuple[Key, Value | None, Value | None]]:
    """Yield the questions that two submissions answer otherwise, in form order."""
    old, new = _answers(before), _answers(after)
    differ = {key for key in old.keys() | new.keys() if _differ(old.get(key), new.get(key))}
    order = {name: index for index, name in enumerate(definition.items)}
    known = [key for key in differ if key[0] in order]
    for key in sorted(known, key=lambda key: (order[key[0]], key[1] or 0)):
        yield key, old.get(key), new.get(key)


def _changes(definition: FormDefinition, before: Submission, after: Submission) -> Iterator[Change]:
    for (name, row), old, new in differing(definition, before, after):
        item = definition.items[name]
        private = is_private(item, definition)
        yield Change(
            item=name,
            row=row,
            code=Place(item, row).code,
            before="" if private else _text(old),
            after="" if private else _text(new),
        )


def _answers(submission: Submission) -> dict[Key, Value]:
    given = (v for v in submission.values if v.missing is not MissingReason.NA)
    return {(value.item, value.row): value for value in given}


def _differ(before: Value | None, after: Value | None) -> bool:
    return answer_state(before) != answer_state(after)


def answer_state(value: Value | None) -> tuple[str, str]:
    """Return what counts as the same answer; what is held back counts as written."""
    held = value is not None and value.missing is MissingReason.ERR
    return (_text(value), value.raw if held and value is not None else "")


def _text(value: Value | None) -> str:
    if value is None:
        return ""
    if value.value is not None:
        return value_text(value.value)
    return value.bound or (value.missing.value if value.missing else "")
