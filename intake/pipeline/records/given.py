"""Answers given by a person, in the place of what a file says. Pure.

They are read like any typed answer; what the file said stays beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from intake.checks.parse.choice import parse_choice
from intake.model.address import Place, held_places, item_places
from intake.model.definition import FormDefinition
from intake.model.errors import DecisionRefused, Refusal
from intake.model.finding import Finding, Location, Severity
from intake.model.finding_codes import FindingCode
from intake.model.submission import RawAnswer, RawSubmission, Rung, Submission, Value
from intake.words.spelling import entered, fold

_TICKED = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """One answer to one question, as a person wrote it; options are joined by ``;``."""

    item: str
    row: int | None
    text: str
    carried: Value | None = None
    """The value of an earlier form that it repeats, where no person gave it."""


def find_place(definition: FormDefinition, name: str) -> Place:
    """Return the question at an address or a visible code. Raises DecisionRefused."""
    wanted = fold(name)
    for place in held_places(definition):
        whole = replace(place, option=None)
        if wanted in (fold(whole.address), fold(whole.code)):
            group = definition.groups.get(place.item.group or "")
            if group is not None and place.item.name == group.fixed_item:
                raise DecisionRefused(Refusal.PRINTED_PLACE, place=whole.code)
            return whole
    raise DecisionRefused(Refusal.UNKNOWN_PLACE, place=name)


def given_at(place: Place, text: str) -> GivenAnswer:
    """Return an answer to the question at a place. Raises DecisionRefused when it says nothing."""
    if not entered(text):
        raise DecisionRefused(Refusal.EMPTY_VALUE, place=place.code)
    if place.item.is_ticked:
        text = ";".join(_codes(place, text))
    return GivenAnswer(item=place.item.name, row=place.row, text=text)


def refuse_two_answers(given: Iterable[tuple[str, str]]) -> None:
    """Stop where two answers to one question differ; each comes with the code of its question."""
    known: dict[str, str] = {}
    for code, text in given:
        if fold(known.setdefault(code, text)) != fold(text):
            raise DecisionRefused(Refusal.TWO_ANSWERS, place=code)


def already_given(submission: Submission) -> tuple[GivenAnswer, ...]:
    """Return the answers that a person has given to a form."""
    return tuple(
        GivenAnswer(item=value.item, row=value.row, text=value.raw)
        for value in submission.values
        if value.rung is Rung.PERSON and value.origin is None
    )


def require_understood(submission: Submission, answer: GivenAnswer, code: str) -> None:
    """Stop when an answer says nothing, would be held back, or needs a correction itself."""
    place = (answer.item, answer.row)
    wrong = [
        f
        for f in submission.findings
        if (f.item, f.row) == place
        and f.severity is Severity.ERROR
        and f.code != FindingCode.REQUIRED
    ]
    if wrong:
        raise DecisionRefused(Refusal.NOT_UNDERSTOOD, finding=wrong[0], place=code)
    if place not in {(given.item, given.row) for given in already_given(submission)}:
        raise DecisionRefused(Refusal.EMPTY_VALUE, place=code)


def with_given(
    definition: FormDefinition, raw: RawSubmission, given: Iterable[GivenAnswer]
) -> RawSubmission:
    """Return the answers with the given ones in place; what was in doubt there no longer is."""
    for answer in given:
        item = definition.items[answer.item]
        here = {place.address: place for place in item_places(item, answer.row)}
        kept = [found for found in raw.answers if found.address not in here]
        doubts = [f for f in raw.findings if not _is_about(f, answer)]
        written = _written(here, answer, raw)
        raw = replace(raw, answers=(*kept, *written), findings=tuple(doubts))
    return raw


def with_what_the_file_says(
    definition: FormDefinition, submission: Submission, as_sent: RawSubmission
) -> Submission:
    """Return the submission, each value a person gave with the text that it replaces."""
    texts: dict[str, str] = {}
    for answer in as_sent.answers:
        texts.setdefault(answer.address, entered(answer.text))

    def told(value: Value) -> Value:
        if value.rung is not Rung.PERSON or value.origin is not None:
            return value
        here = item_places(definition.items[value.item], value.row)
        return replace(value, replaced=_text_of_file(here, texts))

    return replace(submission, values=tuple(told(value) for value in submission.values))


def _text_of_file(here: Iterable[Place], texts: Mapping[str, str]) -> str:
    """Return what the file says in one question; ticked options joined by ``;``."""
    found = [(place, texts[place.address]) for place in here if texts.get(place.address)]
    return ";".join(place.option.code if place.option else text for place, text in found)


def _written(
    here: dict[str, Place], answer: GivenAnswer, raw: RawSubmission
) -> Iterator[RawAnswer]:
    codes = answer.text.split(";")
    rung = answer.carried.rung if answer.carried else Rung.PERSON
    is_code = answer.carried is not None and answer.carried.value is not None
    for address, place in here.items():
        where = raw.places.get(address, Location(code=place.code))
        if place.option is None:
            yield RawAnswer(address, answer.text, rung, where, is_code=is_code)
        elif place.option.code in codes:
            yield RawAnswer(address, _TICKED, rung, where)


def _codes(place: Place, text: str) -> Iterator[str]:
    """Yield the codes of options named by code or label. Raises DecisionRefused."""
    for part in text.split(";"):
        chosen = parse_choice(place.item, entered(part))
        if chosen is None:
            raise DecisionRefused(Refusal.NOT_UNDERSTOOD, place=place.code)
        yield str(chosen.value)


def _is_about(finding: Finding, answer: GivenAnswer) -> bool:
    return finding.item == answer.item and finding.row == answer.row
