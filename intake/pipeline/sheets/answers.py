"""What a returned sheet says of each of its questions: confirmed, answered otherwise, in words.

Only what a centre did to its sheet counts: an answer that is the one known says nothing, and
neither does one that was known when the sheet was made. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from intake.model.address import Place
from intake.model.query import Query, QueryAction, QueryEnd
from intake.model.submission import ItemKey, Submission, Value, ValueStatus
from intake.pipeline.queries.question import is_same_answer
from intake.pipeline.sheets.question import Question
from intake.pipeline.sheets.sheet import CONFIRMED, Sheet
from intake.words.spelling import entered, fold


class Said(StrEnum):
    """What a sheet says of one question (a closed list)."""

    NOTHING = "nothing"
    KNOWN = "known"
    """What it says was said before: the sheet came twice."""
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    WORDS = "words"
    """Words only: a person reads them."""
    UNCLEAR = "unclear"
    """A mark and another answer, or an answer that was taken away."""
    LATE = "late"
    """A newer return changed the answers that it speaks of."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One question and what the sheet says of it."""

    question: Question
    said: Said
    changed: tuple[Place, ...] = ()
    """The places that are answered otherwise than before."""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A sheet as it came back, beside the record as it was and as it is."""

    sheet: Sheet
    number: int
    """Of the sheet."""
    answers: Submission
    """Of the sheet's own form."""
    before: Submission
    """The record's answers when the sheet was made."""
    current: Submission
    is_typed: bool = False
    """Only what a person typed of it is known: a place that is empty may be filled on paper."""


def answers_of(returned: Returned) -> tuple[Answered, ...]:
    """Return what a sheet says of each of its questions, in its own order."""
    reading = _Reading(returned)
    each = tuple(reading.of(question) for question in returned.sheet.questions)
    return tuple(_beside(each, answered) for answered in each)


def applied(answered: Iterable[Answered]) -> frozenset[ItemKey]:
    """Return the questions of the form that are answered anew: those in no doubt."""
    new = (place for each in answered if each.said is Said.CHANGED for place in each.changed)
    return frozenset((place.item.name, place.row) for place in new)


def is_blank(answered: Iterable[Answered]) -> bool:
    """Say whether nothing was done to a sheet since it was made."""
    return all(each.said is Said.NOTHING for each in answered)


def _beside(every: Iterable[Answered], answered: Answered) -> Answered:
    """Return what is said of a question; an answer is in doubt for all that name it."""
    if answered.said is not Said.CHANGED:
        return answered
    for doubt in (Said.UNCLEAR, Said.LATE):
        left = {p.address for each in every if each.said is doubt for p in each.changed}
        if any(place.address in left for place in answered.changed):
            return replace(answered, said=doubt)
    return answered


class _Reading:
    """Compares the answers of one sheet with what was shown and what is known."""

    def __init__(self, returned: Returned) -> None:
        self._returned = returned
        self._new = {value.address: value for value in returned.answers.values}
        self._before = {value.key: value for value in returned.before.values}
        self._current = {value.key: value for value in returned.current.values}
        shown = returned.sheet.prefill
        self._shown = {name.rpartition("__")[0] for name in shown} | set(shown)

    def of(self, question: Question) -> Answered:
        changed = tuple(self._changed(question))
        words, said = self._words(question), self._said(question, changed)
        if said in (Said.NOTHING, Said.KNOWN) and words:
            said = Said.KNOWN if self._was_said(question.query, words) else Said.WORDS
        return Answered(question, said, changed, words)

    def _said(self, question: Question, changed: tuple[Place, ...]) -> Said:
        is_marked = self._is_marked(question)
        if changed and (is_marked or any(self._is_erased(place) for place in changed)):
            return Said.UNCLEAR
        if self._is_held_back(question.mark):
            return Said.UNCLEAR
        if changed:
            return self._of_changes(changed)
        if is_marked and not self._is_as_asked(question):
            return Said.LATE
        if is_marked:
            return Said.KNOWN if _was_confirmed(question.query) else Said.CONFIRMED
        return Said.NOTHING

    def _of_changes(self, changed: tuple[Place, ...]) -> Said:
        fresh = [place for place in changed if not self._is_known(place)]
        if not fresh:
            return Said.KNOWN
        return Said.LATE if any(self._is_newer(place) for place in fresh) else Said.CHANGED

    def _changed(self, question: Question) -> Iterator[Place]:
        """Yield the places of a question that say something else than when it was asked."""
        for place in question.places:
            new, old = self._new.get(place.address), self._before.get((place.item.name, place.row))
            is_unseen = self._returned.is_typed or place.address not in self._shown
            if new is None and is_unseen:
                continue
            if not _same(new, old):
                yield place

    def _is_erased(self, place: Place) -> bool:
        return place.address not in self._new

    def _is_as_asked(self, question: Question) -> bool:
        """Say whether all that a question is about is what it was, what no sheet shows included."""
        returned = self._returned
        return is_same_answer(question.query.finding, returned.before, returned.current)

    def _is_newer(self, place: Place) -> bool:
        """Say whether the record says something else there since the sheet was made."""
        key = (place.item.name, place.row)
        return not _same(self._current.get(key), self._before.get(key))

    def _is_known(self, place: Place) -> bool:
        """Say whether the record says already what the sheet says."""
        return _same(self._new.get(place.address), self._current.get((place.item.name, place.row)))

    def _is_marked(self, question: Question) -> bool:
        value = self._new.get(question.mark)
        return value is not None and isinstance(value.value, tuple) and CONFIRMED in value.value

    def _is_held_back(self, mark: str) -> bool:
        """Say whether something stands in a box to tick that is neither a mark nor nothing."""
        value = self._new.get(mark)
        return value is not None and value.status is ValueStatus.HELD_BACK

    def _words(self, question: Question) -> str:
        value = self._new.get(question.reason)
        return "" if value is None else entered(value.raw)

    def _was_said(self, query: Query, words: str) -> bool:
        """Say whether these words were said before, and not taken back.

        On another sheet they are said anew, but for a question that is closed.
        """
        for step in reversed(query.steps):
            if step.action is QueryAction.REOPENED:
                return False
            is_its = query.is_closed or step.sheet == self._returned.number
            is_its &= step.reason == words
            if is_its or step.action is QueryAction.ANSWERED:
                return is_its
        return False


def _was_confirmed(query: Query) -> bool:
    return query.how is QueryEnd.CONFIRMED


def _same(one: Value | None, other: Value | None) -> bool:
    """Say whether two answers to a question say the same; of one held back, its text counts."""
    return _content(one) == _content(other)


def _content(value: Value | None) -> tuple[object, ...]:
    if value is None:
        return (None, None, None)
    if value.status is ValueStatus.HELD_BACK:
        return ("held back", fold(value.raw), None)
    return (value.value, value.missing, value.bound)
