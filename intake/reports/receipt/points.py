"""Make a receipt short: what is asked by what is to be done, equal remarks said once.

Pure. Nothing is left out: a remark on eight answers becomes one point that names the eight, and
what is missing becomes one list. The document ``receipt.json`` keeps each finding apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from intake.findings.wording import FindingWords, finding_words
from intake.model.finding import Finding, Severity
from intake.model.finding_codes import FindingCode, engine_code
from intake.reports.receipt.remarks import Question, Remarks
from intake.reports.receipt.worded_finding import WordedFinding
from intake.words.catalogue import Words
from intake.words.typography import typeset

FEWEST = 3
"""Fewer notes of a kind are each said in full."""


@dataclass(frozen=True, slots=True)
class Point:
    """One or several questions about which the same is said."""

    questions: tuple[Question, ...]
    remarks: tuple[WordedFinding, ...]
    answer: str
    """The answer that all of several questions have; empty when they differ."""

    @property
    def is_one(self) -> bool:
        """Say whether the point is about a single question, shown with its own label."""
        return len(self.questions) == 1


@dataclass(frozen=True, slots=True)
class MissingAnswer:
    """A question without the answer that it needs, and what the form says of it."""

    code: str
    label: str
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Points:
    """What a receipt says of answers, in the order of the form within each part."""

    corrections: tuple[Point, ...]
    confirmations: tuple[Point, ...]
    missing: tuple[MissingAnswer, ...]
    notes: tuple[Point, ...]

    def count(self, severity: Severity) -> int:
        """Return how many questions are to be corrected, or to be confirmed."""
        points = self.corrections if severity is Severity.ERROR else self.confirmations
        return sum(len(point.questions) for point in points)


def points_of(remarks: Remarks, words: Words) -> Points:
    """Return what is said of answers, by what is to be done about it."""
    missing = [question for question in remarks.asked if question.is_missing]
    other = [question for question in remarks.asked if not question.is_missing]
    wrong = [question for question in other if question.first.severity is Severity.ERROR]
    doubtful = [question for question in other if question.first.severity is not Severity.ERROR]
    return Points(
        corrections=_together(wrong),
        confirmations=_together(doubtful),
        missing=tuple(_missing(question, words) for question in missing),
        notes=_together(_in_brief(remarks.notes, words)),
    )


def _together(questions: Iterable[Question]) -> tuple[Point, ...]:
    """Gather the questions of which the same is said, each at the place of the first."""
    found: dict[object, list[Question]] = {}
    for question in questions:
        alone = len(question.names) > 1  # several answers compared: no other question is like it
        found.setdefault(question if alone else question.remarks, []).append(question)
    return tuple(_point(same) for same in found.values())


def _point(same: Sequence[Question]) -> Point:
    answers = {question.answer for question in same}
    shared = answers.pop() if len(answers) == 1 else ""
    if len(same) > 1 and shared:
        same = [replace(question, answer="") for question in same]
    return Point(tuple(same), same[0].remarks, shared)


def _missing(question: Question, words: Words) -> MissingAnswer:
    usual = _plain(FindingCode.REQUIRED, words)
    (code, label), said = question.names[0], question.first.words
    return MissingAnswer(code, label, question.place, "" if said == usual else said.sentence)


def _in_brief(notes: Sequence[Question], words: Words) -> list[Question]:
    """Return notes of which there are many of a kind without their detail in each sentence.

    What was entered, and what was read, then stand beside the question.
    """
    kinds = Counter(code for note in notes if (code := _only_code(note)))
    return [
        _brief(note, code, words) if (code := _only_code(note)) and kinds[code] >= FEWEST else note
        for note in notes
    ]


def _only_code(note: Question) -> FindingCode | None:
    """Return the program's own code of a note that says one thing."""
    if len(note.remarks) > 1 or len(note.names) > 1:
        return None
    return engine_code(note.first.code)


def _brief(note: Question, code: FindingCode, words: Words) -> Question:
    first = replace(note.first, words=_plain(code, words))
    answer = note.entered
    if note.understood:
        key = "receipt.read_as" if answer else "receipt.read_only"
        answer = words.text(key, entered=answer, value=note.understood)
    return replace(note, remarks=(first,), answer=answer)


def _plain(code: FindingCode, words: Words) -> FindingWords:
    """Return what is said of every finding of a code, whatever it is about."""
    said = finding_words(words, Finding(code=code, severity=Severity.NOTE), None)
    return replace(said, sentence=typeset(said.sentence, words.language))
