"""A record's current answers and some new ones, as one whole form checked anew. Pure.

Whatever brings the new answers (corrections on a form, a query sheet, a person), the others
stay as they were: their values, where they were found, and all that was said of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from intake.checks.checker import Checker
from intake.model.carry import renaming
from intake.model.definition import FormDefinition
from intake.model.errors import DecisionRefused, Refusal
from intake.model.finding import Finding, Severity
from intake.model.record import StoredRecord
from intake.model.submission import ItemKey, RawSubmission, Submission, Value, ValueStatus
from intake.pipeline.records.given import GivenAnswer, with_given
from intake.pipeline.records.kept_answers import kept_answers
from intake.pipeline.records.standing import (
    Findings,
    is_outlived,
    is_replaced,
    standing,
    touches,
)


@dataclass(frozen=True, slots=True)
class Onto:
    """The record that answers are laid over, and what checks its form."""

    definition: FormDefinition
    checker: Checker
    before: StoredRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswers:
    """What comes: answers at the form's own addresses, in a language, on a day."""

    raw: RawSubmission
    places: frozenset[ItemKey]
    """The questions that it answers. One without an answer in ``raw`` is emptied."""
    language: str
    received: dt.date


def overlay(onto: Onto, new: NewAnswers) -> Submission:
    """Return the record's answers with the new ones in their places.

    A value that stays names the file it was read in (``origin``). Raises DecisionRefused
    where one would be read as something else than it is.
    """
    said = tuple(_under_its_names(onto))
    alone = RawSubmission(format=new.raw.format, answers=())
    whole = kept_answers(onto.definition, onto.before, new.language, ())
    base = _checked(onto, new, _laid(onto, alone, whole), said).findings[len(said) :]
    said = tuple(finding for finding in said if not is_outlived(finding, base, new.places))
    kept = kept_answers(onto.definition, onto.before, new.language, new.places)
    raw = _laid(onto, new.raw, kept)
    stays = tuple(finding for finding in said if not is_replaced(finding, new.places))
    made = _checked(onto, new, raw, stays)
    own = made.findings[len(stays) : len(stays) + len(raw.findings)]
    checked = made.findings[len(stays) + len(raw.findings) :]
    found = standing(Findings(said, base, checked), new.places)
    findings = tuple(_once((*own, *found)))
    return replace(made, values=_restored(made, kept, findings), findings=findings)


def _under_its_names(onto: Onto) -> Iterator[Finding]:
    """Yield what is said of the record, under the names of the version that is checked."""
    way = renaming(onto.definition, onto.before.submission.version)
    for finding in onto.before.submission.findings:
        item = None if finding.item is None else way.name(finding.item)
        yield replace(finding, item=item, items=tuple(map(way.name, finding.items)))


def _laid(onto: Onto, raw: RawSubmission, kept: Iterable[GivenAnswer]) -> RawSubmission:
    """Return answers with those of the record in their places."""
    back = frozenset(
        each.carried.key
        for each in kept
        if each.carried and each.carried.status is ValueStatus.HELD_BACK
    )
    return replace(with_given(onto.definition, raw, kept), held_back=back)


def _checked(
    onto: Onto, new: NewAnswers, raw: RawSubmission, said: tuple[Finding, ...]
) -> Submission:
    """Check answers of which something was said already; it comes first in what is said now."""
    latest = max(new.received, onto.before.received.date())
    known = replace(raw, findings=(*said, *raw.findings))
    return onto.checker.check(known, language=new.language, received=latest)


def _restored(
    made: Submission, kept: Iterable[GivenAnswer], findings: Iterable[Finding]
) -> tuple[Value, ...]:
    """Return the values, the record's own as they were. Raises DecisionRefused."""
    own = {(each.item, each.row): each.carried for each in kept}
    asked = [finding for finding in findings if finding.severity is not Severity.NOTE]

    def told(value: Value) -> Value:
        before = own.pop(value.key, None)
        if before is None:
            return value
        if _answer(before) != _answer(value):
            raise DecisionRefused(Refusal.NOT_MERGED, place=str(before.location.code))
        return replace(before, status=_status(before, value, asked))

    values = tuple(told(value) for value in made.values)
    lost = next((value for value in own.values() if value is not None), None)
    if lost is not None:
        raise DecisionRefused(Refusal.NOT_MERGED, place=str(lost.location.code))
    return values


def _status(before: Value, now: Value, asked: Iterable[Finding]) -> ValueStatus:
    """Return a value's status: in question as before while what asked it still stands."""
    if now.status is not ValueStatus.ACCEPTED or before.status is ValueStatus.ACCEPTED:
        return now.status
    is_asked = any(touches(finding, (before.key,)) for finding in asked)
    return before.status if is_asked else now.status


def _answer(value: Value) -> tuple[object, ...]:
    return value.value, value.missing, value.bound


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings without the repeats of one: two files may say the same of themselves."""
    seen: list[Finding] = []
    for finding in findings:
        if finding not in seen:
            seen.append(finding)
            yield finding
