"""The study's questions as a page or a command shows them, with what was typed and its faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from intake.model.local_text import LocalText
from intake.study.answers import Answers
from intake.study.placeholders import is_placeholder
from intake.study.questions import Kind, Question, question_named, questions_of, text_of, value_of
from intake.words.told import told

_NO_FAULTS: Mapping[str, LocalText] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question: what it is for, and its answer as it is typed."""

    key: str
    kind: Kind
    is_needed: bool
    is_first: bool
    """Whether it is asked before anything can begin."""
    label: LocalText
    why: LocalText
    example: LocalText
    value: str
    """What was typed, else what stands there; a placeholder is no answer."""
    written: str
    """What stands there."""
    fault: LocalText | None = None


def questionnaire(
    document: Mapping[str, Any], typed: Answers, faults: Mapping[str, LocalText] = _NO_FAULTS
) -> tuple[Asked, ...]:
    """Return the questions about a study: what was typed stays, a placeholder is no answer."""
    return tuple(
        _asked(document, question, typed, faults) for question in _questions(document, typed)
    )


def named(key: str) -> LocalText:
    """Return what a line of ``study.toml`` is called."""
    question = question_named(key)
    words = question.words if question is not None else key
    label = told(f"settings.question.{words}.label")
    last = key.removeprefix(words).strip(".")
    return {lang: f"{text} ({last})" for lang, text in label.items()} if last else label


def _questions(document: Mapping[str, Any], typed: Answers) -> Iterator[Question]:
    """Yield what is asked; in the languages that were typed, where some were."""
    asked = value_of(Kind.LANGUAGES, typed.get("study.languages", ""))
    if isinstance(asked, tuple):
        document = {**document, "study": {**document.get("study", {}), "languages": asked}}
    known = set()
    for question in questions_of(document):
        known.add(question.key)
        yield question
    for key in typed:
        extra = question_named(key)
        if extra is not None and key not in known:
            yield extra


def _asked(
    document: Mapping[str, Any],
    question: Question,
    typed: Answers,
    faults: Mapping[str, LocalText],
) -> Asked:
    key = question.key
    there = text_of(document, key)
    written = "" if is_placeholder(there) else there
    words = f"settings.question.{question.words}"
    return Asked(
        key=key,
        kind=question.kind,
        is_needed=question.is_needed,
        is_first=question.is_first,
        label=named(key),
        why=told(f"{words}.why"),
        example=told(f"{words}.example"),
        value=typed.get(key, written),
        written=written,
        fault=faults.get(key),
    )
