"""Which words a form itself prints, so that words added elsewhere than in a place are seen.

Known are the paragraphs of the blank form in each of its languages, and the head and foot of
its pages. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from intake.formats.word.write.controls import Sheet
from intake.formats.word.write.front import foot, running_head
from intake.formats.word.write.markup import paragraphs, text_of
from intake.formats.word.write.sections import form_sections
from intake.model.definition import FormDefinition
from intake.model.stamp import FormStamp
from intake.words.catalogue import Words
from intake.words.spelling import fold

_known: dict[str, frozenset[str]] = {}
"""Paragraphs, as printed and folded, by fingerprint: a form never changes."""


def lines_added(definition: FormDefinition, text: str) -> int:
    """Return how many lines of a text the form does not print."""
    known = _printed(definition)
    unlike = set(text.split("\n")) - known
    return len({fold(line) for line in unlike} - known - {""})


def _printed(definition: FormDefinition) -> frozenset[str]:
    if definition.fingerprint not in _known:
        _known[definition.fingerprint] = frozenset(_lines(definition))
    return _known[definition.fingerprint]


def _lines(definition: FormDefinition) -> Iterator[str]:
    for language in definition.languages:
        words = Words(language)
        stamp = FormStamp(definition.id, definition.version, language, definition.fingerprint, None)
        body = form_sections(Sheet(definition, words, {}), definition)
        around = (*running_head(words, stamp), *foot(words, stamp))
        for paragraph in paragraphs([*body, *around]):
            line = text_of(paragraph)
            yield from (line, fold(line))
