"""Which words a form itself prints, and where, so that words added are seen.

Asked of what writes the form, in each of its languages, once. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intake.expressions.once import once_a_form
from intake.formats.word.write.controls import Sheet
from intake.formats.word.write.front import foot, front_page, running_head
from intake.formats.word.write.markup import (
    Element,
    cells,
    paragraphs,
    rows,
    rows_around,
    text_of,
    texts_of,
)
from intake.formats.word.write.sections import form_sections
from intake.model.definition import FormDefinition
from intake.model.stamp import FormStamp
from intake.ports import FormRequest
from intake.words.catalogue import Words
from intake.words.spelling import fold


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a form prints outside its answers, line by line, all of it folded."""

    front: frozenset[str]
    """Of the first page, down to the first line, also what heads that line's table."""
    questions: dict[str, frozenset[str]]
    """By the code of the line."""
    between: frozenset[str]
    """Titles, headings, notes: what stands in no line."""
    answers: frozenset[str]
    """What stands in the lines: questions, options, units."""
    around: frozenset[str]
    """What heads and ends the pages."""


@once_a_form
def own_words(definition: FormDefinition) -> OwnWords:
    """Return what a form prints outside its answers, in any of its languages."""
    front, between, answers, around = set[str](), set[str](), set[str](), set[str]()
    questions: dict[str, set[str]] = {}
    for language in definition.languages:
        words = Words(language)
        stamp = FormStamp(
            definition.id, definition.version, language, definition.fingerprint, None,
            definition.sheet,
        )  # fmt: skip
        sheet = Sheet(definition, words, {})
        body = list(form_sections(sheet, definition))
        front |= set(_lines(front_page(sheet, FormRequest(language=language, stamp=stamp))))
        front.add(fold(words.text("form.closing")))
        around |= set(_lines([*running_head(words, stamp), *foot(words, stamp)]))
        lines = [found for one in body for found in map(cells, rows([one])) if _code(found)]
        for found in lines:
            questions.setdefault(_code(found), set()).update(_lines(found[1:2]))
            answers |= set(_lines(found))
        between |= {f for p in paragraphs(body) if not _is_in_line(p) for f in _spelled(p)}
    kept = {code: frozenset(texts) for code, texts in questions.items()}
    return OwnWords(
        frozenset(front | between), kept, frozenset(between), frozenset(answers), frozenset(around)
    )


def _code(found: list[Element]) -> str:
    """Return the code of a line; the rows that head a table have words or nothing there."""
    code = text_of(found[0]).strip() if len(found) > 1 else ""
    return code if any(map(str.isdecimal, code)) else ""


def _is_in_line(paragraph: Element) -> bool:
    return any(_code(cells(row)) for row in rows_around(paragraph))


def _lines(elements: Iterable[Element]) -> Iterator[str]:
    for paragraph in paragraphs(elements):
        yield from _spelled(paragraph)


def _spelled(paragraph: Element) -> Iterator[str]:
    """Yield a paragraph folded, its runs together and apart: a tab may stand between them."""
    yield fold(text_of(paragraph))
    yield fold(" ".join(texts_of(paragraph)))
