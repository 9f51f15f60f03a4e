"""The answers that a centre's form brings, out of the list of centres and of a record.

Which question takes which column is the schema's (``x-prefill`` and ``x-identity``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, assert_never

from intake.checks.parse.choice import parse_choice
from intake.checks.parse.pattern import fits_pattern
from intake.model.definition import Family, FormDefinition, Item
from intake.model.errors import RecordRefused
from intake.pipeline.forms.record_faults import record_faults
from intake.study.centres import Centre
from intake.words.spelling import fold


@dataclass(frozen=True, slots=True)
class Unmatched:
    """What the list of centres says and no answer of the question can say."""

    item: Item
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class CentreAnswers:
    """Answers in record shape, and what had to be left blank."""

    record: dict[str, str] = field(default_factory=dict)
    unmatched: tuple[Unmatched, ...] = ()


def centre_answers(definition: FormDefinition, centre: Centre) -> CentreAnswers:
    """Return what a form holds before it is sent to a centre; an empty cell says nothing."""
    columns = {"letters": centre.letters, "name": centre.name, "specialty": centre.specialty}
    record: dict[str, str] = {}
    unmatched = []
    for name, column in definition.prefilled.items():
        item, text = definition.items[name], columns[column]
        answer = _answer(item, text)
        if answer is not None:
            record[name] = answer
        elif text:
            unmatched.append(Unmatched(item, column, text))
    return CentreAnswers(record, tuple(unmatched))


def with_record(
    definition: FormDefinition, known: CentreAnswers, record: object
) -> Mapping[str, Any]:
    """Return a centre's answers with those of a record over them. Raises RecordRefused."""
    if record is None:
        return known.record
    faults = record_faults(definition, record)
    if faults or not isinstance(record, Mapping):
        raise RecordRefused("the record cannot be written in the form:\n  " + "\n  ".join(faults))
    item = definition.identity.centre
    letters = known.record.get(item)
    if letters is not None and record.get(item, letters) != letters:
        raise RecordRefused(f"{item}: the record is of another centre than the form")
    beside = record.get("_missing", {})
    own = {name: answer for name, answer in known.record.items() if name not in beside}
    return {**own, **record}


def _answer(item: Item, text: str) -> str | None:
    """Return the code or text that says a cell's words, or None when none surely does."""
    match item.family:
        case Family.LISTED:
            chosen = parse_choice(item, text) or parse_choice(item, fold(text))
            return None if chosen is None else str(chosen.value)
        case Family.WORDS:
            return _words(item, text)
        case Family.NUMBER | Family.DAY | Family.TIME | Family.TICKED:
            return None
        case unknown:
            assert_never(unknown)


def _words(item: Item, text: str) -> str | None:
    longest = len(text) if item.max_length is None else item.max_length
    fits = (item.min_length or 1) <= len(text) <= longest
    return text if fits and fits_pattern(item, text) else None
