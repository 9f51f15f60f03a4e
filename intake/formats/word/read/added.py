"""Say what somebody wrote in a document outside the places to answer in. Pure.

A document is its blank form and what was done to it: a line is printed by the form where it
stands, or it is an answer, or it is said here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from intake.formats.word.read.loose import AROUND, BESIDE, BETWEEN, FRONT, Loose
from intake.formats.word.read.own_words import OwnWords, own_words
from intake.formats.wording.first_page import StudyWords, added_lines
from intake.model.address import Place
from intake.model.definition import FormDefinition
from intake.model.finding import Finding, Location
from intake.model.finding_codes import FindingCode, finding_of
from intake.words.spelling import fold

_MOST_LINES = 3
"""Lines of the form with a remark of their own; more are one remark."""
Lines = list[tuple[str, str]]
"""Code of the line that a text is in or comes after, and the text."""


def added_texts(
    loose: Iterable[Loose],
    by_code: Mapping[str, tuple[Place, ...]],
    definition: FormDefinition,
    study: StudyWords,
    *,
    is_whole: bool,
) -> Iterator[Finding]:
    """Yield a remark for what was added in each part of the document.

    Where lines of the form are lost, what they printed may stand anywhere.
    """
    own = own_words(definition)
    found: dict[str, Lines] = {FRONT: [], BESIDE: [], BETWEEN: [], AROUND: []}
    for where, code, text in loose:
        is_strange = where == BESIDE and code not in by_code
        lines = [(code, line) for line in text.split("\n") if fold(line)]
        found[BETWEEN if is_strange else where] += lines
    front = found[FRONT]
    places = added_lines([line for _, line in front], own.front, study)
    yield from _remark([front[place] for place in places], {"kind": FRONT})
    yield from _in_lines(found[BESIDE], by_code, own)
    elsewhere = own.between if is_whole else own.between | own.answers
    yield from _remark(_unlike(found[BETWEEN], elsewhere), {})
    yield from _remark(_unlike(found[AROUND], own.around), {"kind": AROUND})


def _unlike(lines: Lines, known: frozenset[str]) -> Lines:
    return [(code, line) for code, line in lines if fold(line) not in known]


def _in_lines(
    lines: Lines, by_code: Mapping[str, tuple[Place, ...]], own: OwnWords
) -> Iterator[Finding]:
    """Yield what was written in the cells of questions: about the item, where few are."""
    said: dict[str, Lines] = {}
    for code, line in lines:
        if fold(line) not in own.questions.get(code, frozenset()):
            said.setdefault(code, []).append((code, line))
    if len(said) > _MOST_LINES:
        names = tuple(dict.fromkeys(by_code[code][0].item.name for code in said))
        every = [line for found in said.values() for line in found]
        yield from _remark(every, {"place": BESIDE}, names)
        return
    for code, found in said.items():
        yield from _remark(found, {"place": code}, (by_code[code][0].item.name,))


def _remark(
    lines: Sequence[tuple[str, str]], context: Mapping[str, str], items: tuple[str, ...] = ()
) -> Iterator[Finding]:
    """Yield one remark about lines, placed at the first; equal ones are one line."""
    if lines:
        code = lines[0][0]
        count = len({fold(line) for _, line in lines})
        told = {"count": str(count), **context}
        where = Location(code=code) if code else None
        yield finding_of(FindingCode.TEXT_ELSEWHERE, told, location=where, items=items)
