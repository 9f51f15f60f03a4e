"""Faults of schemas and forms in another language than the English they are found in.

These sentences are made deep in the program, out of parts, for people who write schemas. Each
is known by its pattern in ``faults.en.toml``; the same key in another language says it there.
A sentence without a pattern stays English; a test holds that none is without.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from intake.words.catalogue import LANGUAGES, words_of
from intake.words.messages import FALLBACK, messages

_PREFIX = "fault."
_HOLE = re.compile(r"\{(\w)\}")
_PARTS = re.compile(r"(\{\{|\}\}|\{\w\})")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence: its key, its English as a pattern, how much of that is fixed."""

    key: str
    pattern: re.Pattern[str]
    fixed: int


def fault_in(text: str, language: str) -> str:
    """Return an English fault in a language; what is no known sentence stays as it is."""
    if language == FALLBACK or language not in LANGUAGES or not text:
        return text
    if "\n" in text:
        return "\n".join(_line_in(line, language) for line in text.split("\n"))
    for sentence in _sentences():
        match = sentence.pattern.fullmatch(text)
        if match is not None:
            parts = {name: fault_in(part, language) for name, part in match.groupdict().items()}
            return words_of(language).text(sentence.key, **parts)
    before, colon, after = text.partition(": ")
    said = fault_in(after, language) if colon else after
    return f"{before}{colon}{said}" if said != after else text


def _line_in(line: str, language: str) -> str:
    said = line.strip()
    return line.replace(said, fault_in(said, language), 1) if said else line


@cache
def _sentences() -> tuple[_Sentence, ...]:
    """Return the sentences, the most precise first."""
    texts = messages(FALLBACK)
    found = (_sentence(key, texts[key]) for key in texts if key.startswith(_PREFIX))
    return tuple(sorted(found, key=lambda one: -one.fixed))


def _sentence(key: str, text: str) -> _Sentence:
    """Return a sentence with its holes as groups; a doubled brace is a brace of the text."""
    parts, fixed = [], 0
    for part in _PARTS.split(text):
        if hole := _HOLE.fullmatch(part):
            parts.append(f"(?P<{hole[1]}>.+)")
        else:
            literal = part[:1] if part in ("{{", "}}") else part
            parts.append(re.escape(literal))
            fixed += len(literal)
    return _Sentence(key, re.compile("".join(parts), re.DOTALL), fixed)
