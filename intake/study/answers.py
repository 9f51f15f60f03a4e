"""Answers to the study's questions: refused whole, each fault beside its question, or written.

Pure: the bytes of ``study.toml`` and typed texts in, bytes or faults out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from intake.model.errors import AnswersRefused
from intake.model.local_text import LocalText
from intake.study.placeholders import is_placeholder
from intake.study.questions import (
    ASKED,
    BY_HAND,
    Kind,
    question_named,
    questions_of,
    text_of,
    value_of,
)
from intake.study.settings import document_of, faults_of, parse_study
from intake.study.toml_edit import Changes, changed_values, edited
from intake.words.told import together, told

_LANGUAGES = "study.languages"
Answers = Mapping[str, str]
"""What was typed, by the key of its question; an empty text takes an optional line away."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One value that is another now, as it is typed."""

    key: str
    before: str
    after: str


def answered(
    content: bytes,
    answers: Answers,
    source: str,
    *,
    spoken: Collection[str] = (),
    whole: bool = False,
) -> tuple[bytes, tuple[Changed, ...]]:
    """Return the file with the answers in it, and what changed; the rest of it stays as it is.

    Args:
        content: of ``study.toml``.
        answers: typed texts by key; what is typed as it stands changes nothing.
        source: how the file is called in what is refused.
        spoken: languages that the form has; none where they are not known.
        whole: whether everything needed must have an answer, so that sending can begin.

    Raises:
        AnswersRefused: with the fault of each key; the file is then not to be changed at all.
        StudyError: the file cannot be read, or is written in a way that cannot be changed.
    """
    document = document_of(content, source)
    before = {key: text_of(document, key) for key in answers}
    changes = _changes(document, answers)
    after = changed_values(document, changes)
    faults = dict(_unasked(answers)) or {
        **faults_of(after),
        **dict(_unfilled(after, changes, whole=whole)),
        **dict(_emptied(after, changes)),
        **dict(_not_spoken(changes, spoken)),
    }
    if faults:
        lines = (told("settings.fault.at", name=key, fault=faults[key]) for key in faults)
        raise AnswersRefused(together(lines), faults)
    written = edited(content, changes, source) if changes else content
    parse_study(written, source)
    return written, tuple(_differences(before, after))


def _differences(before: Answers, after: Mapping[str, Any]) -> Iterator[Changed]:
    for key, text in before.items():
        if text_of(after, key) != text:
            yield Changed(key, text, text_of(after, key))


def _changes(document: Mapping[str, Any], answers: Answers) -> Changes:
    """Return the values that differ from those written."""
    found: dict[str, Any] = {}
    for key, text in answers.items():
        question = question_named(key)
        if question is None:
            continue
        value = value_of(question.kind, text)
        if value is None and question.kind is Kind.LINES and text_of(document, key):
            value = ()
        if value_of(question.kind, text_of(document, key)) != value:
            found[key] = value
    return found


def _unasked(answers: Answers) -> Iterator[tuple[str, LocalText]]:
    """Yield the keys that nobody may change so, and why."""
    for key in answers:
        if question_named(key) is None:
            by_hand = key.startswith(BY_HAND)
            names = ", ".join(ASKED)
            yield key, told(f"settings.fault.{'by_hand' if by_hand else 'unknown'}", names=names)


def _unfilled(
    after: Mapping[str, Any], changes: Changes, *, whole: bool
) -> Iterator[tuple[str, LocalText]]:
    """Yield the keys that hold a placeholder: those changed, or all."""
    for question in questions_of(after):
        key, text = question.key, text_of(after, question.key)
        if is_placeholder(text) and key in changes:
            yield key, told("settings.fault.placeholder", text=text)
        elif is_placeholder(text) and whole:
            yield key, told("settings.fault.empty")


def _emptied(after: Mapping[str, Any], changes: Changes) -> Iterator[tuple[str, LocalText]]:
    """Yield the keys that need an answer and have none."""
    for question in questions_of(after):
        is_empty = question.is_needed and not text_of(after, question.key)
        if is_empty and question.key in changes:
            yield question.key, told("settings.fault.empty")


def _not_spoken(changes: Changes, spoken: Collection[str]) -> Iterator[tuple[str, LocalText]]:
    """Yield the languages asked for that the form has not."""
    asked = changes.get(_LANGUAGES)
    if spoken and isinstance(asked, tuple) and not set(asked) <= set(spoken):
        yield _LANGUAGES, told("settings.fault.language", languages=", ".join(spoken))
