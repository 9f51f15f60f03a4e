"""What a person is asked about the study: one question a line of ``study.toml``.

Pure. Which questions there are, what kind of answer each takes, how it is typed and how the
line says it now. What an answer may be is the business of ``model``; what is done, of ``answers``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, assert_never

from intake.study.toml_edit import Value

_SEVERAL = re.compile(r"[;\n]")
_LANGUAGES = re.compile(r"[\s,;]+")


class Kind(StrEnum):
    """How an answer is typed (a closed list)."""

    LINE = "line"
    LINES = "lines"
    """Several, one a line."""
    NUMBER = "number"
    DAY = "day"
    EMAIL = "email"
    LANGUAGES = "languages"


@dataclass(frozen=True, slots=True)
class Question:
    """One line of ``study.toml`` that a person may answer."""

    key: str
    """Its section and its name, as in ``contact.email``."""
    kind: Kind
    is_needed: bool = False
    is_first: bool = True
    """Whether it is asked before anything can begin."""

    @property
    def words(self) -> str:
        """Return the key of its words: the same for each language, and for each centre."""
        several = (name for name in (_TITLE, _CENTRES) if self.key.startswith(f"{name}."))
        return next(several, self.key)


_TITLE = "study.title"
_CENTRES = "expected.centres"
_BEFORE = (
    Question("study.sponsor", Kind.LINE, is_needed=True),
    Question("contact.service", Kind.LINE, is_needed=True),
    Question("contact.email", Kind.EMAIL, is_needed=True),
    Question("contact.phones", Kind.LINES),
    Question("calendar.opens", Kind.DAY, is_needed=True),
    Question("calendar.closes", Kind.DAY, is_needed=True),
    Question("calendar.reminder", Kind.DAY),
    Question("study.languages", Kind.LANGUAGES, is_needed=True),
    Question("study.minutes", Kind.NUMBER),
    Question("expected.patients", Kind.NUMBER),
)
_LATER = tuple(
    Question(key, kind, is_first=False)
    for key, kind in (
        ("limits.file_megabytes", Kind.NUMBER),
        ("limits.seconds", Kind.NUMBER),
        ("limits.container_seconds", Kind.NUMBER),
        ("limits.memory_megabytes", Kind.NUMBER),
        ("mail.smtp", Kind.LINE),
        ("mail.imap", Kind.LINE),
        ("mail.user", Kind.LINE),
        ("mail.address", Kind.EMAIL),
        ("mail.folder", Kind.LINE),
        ("mail.done", Kind.LINE),
        ("mail.per_minute", Kind.NUMBER),
    )
)
_BY_KEY = {question.key: question for question in (*_BEFORE, *_LATER)}
ASKED = (f"{_TITLE}.fr", *_BY_KEY)
"""Names of what may be asked, for whoever looks for one."""
BY_HAND = ("study.form", "privacy.", "store.", "folders.", "execution.", "mail.token_command")
"""Where the study and its data stand: whoever moves them also edits the file."""


def questions_of(document: Mapping[str, Any]) -> Iterator[Question]:
    """Yield the questions about a study, in the order in which they are asked."""
    study = document.get("study", {})
    needed = study.get("languages", ["fr"])
    titles = study.get("title", {})
    for language in dict.fromkeys((*needed, *titles)):
        yield Question(f"{_TITLE}.{language}", Kind.LINE, is_needed=language in needed)
    yield from (*_BEFORE, *_LATER)


def question_named(key: str) -> Question | None:
    """Return the question of a key; None where nothing of that name is asked."""
    if re.fullmatch(rf"{_TITLE}\.[a-z]{{2}}", key):
        return Question(key, Kind.LINE)
    if re.fullmatch(rf"{_CENTRES}\.[A-Za-z0-9-]+", key):
        return Question(key, Kind.NUMBER, is_first=False)
    return _BY_KEY.get(key)


def value_of(kind: Kind, text: str) -> Value | None:
    """Return what a typed text stands for; None for none.

    A text that is no number or day stays a text, for the checks of the study to refuse.
    """
    typed = text.strip()
    match kind:
        case Kind.LINE | Kind.EMAIL:
            return typed or None
        case Kind.NUMBER:
            return (int(typed) if re.fullmatch("[0-9]{1,9}", typed) else typed) or None
        case Kind.DAY:
            return _day(typed) or None
        case Kind.LINES:
            return _filled(_SEVERAL.split(typed)) if typed else None
        case Kind.LANGUAGES:
            return _filled(_LANGUAGES.split(typed)) if typed else None
        case unknown:
            assert_never(unknown)


def text_of(document: Mapping[str, Any], key: str) -> str:
    """Return how the present value of a key is typed; empty where it has none."""
    value: Any = document
    for step in key.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    if isinstance(value, list | tuple):
        separator = ", " if key == "study.languages" else "\n"
        return separator.join(map(str, value))
    return "" if value is None else str(value)


def _day(typed: str) -> Value:
    try:
        return dt.date.fromisoformat(typed) if re.fullmatch(r"[0-9-]{10}", typed) else typed
    except ValueError:
        return typed


def _filled(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(part.strip() for part in parts if part.strip())
