"""Which words of a form's first page were added by whoever filled it.

The study's own words on that page (title, sponsor, whom to ask, until when) may have changed
since a form was sent. So they are told by their places: a block of them that has nothing of
today's is an older form's, and one that has today's words and more was added to. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from intake.model.stamp import find_stamp
from intake.words.catalogue import LANGUAGES, Words
from intake.words.spelling import fold

_BETWEEN = " · "
_DATE = "datex"
"""Stands for what differs from form to form; no word of any sentence."""


@dataclass(frozen=True, slots=True)
class StudyWords:
    """What the study has printed on the first page of its forms."""

    titles: tuple[str, ...] = ()
    """In each language."""
    sponsor: str = ""
    contact: tuple[str, ...] = ()


NO_WORDS = StudyWords()


def added_lines(lines: Sequence[str], known: Collection[str], study: StudyWords) -> Iterator[int]:
    """Yield the places of the lines that neither the form nor the study prints.

    ``known`` holds what the form itself prints, folded.
    """
    contact: list[int] = []
    is_contact = is_title = False
    for number, line in enumerate(lines):
        folded = fold(line)
        was_title, is_title = is_title, folded in _texts("form.kind", "sheet.kind")
        if folded in _texts("form.contact"):
            is_contact = True
        elif not folded or folded in known:
            is_contact = is_contact and (not folded or folded in _texts("form.contact_text"))
        elif is_contact and not _closing(folded):
            contact.append(number)
        elif not _is_of_the_form(line, folded, study, is_title=was_title):
            yield number
    yield from _added_contact(lines, contact, study)


def _added_contact(lines: Sequence[str], places: Sequence[int], study: StudyWords) -> Iterator[int]:
    """Yield what was added among the lines that say whom to ask."""
    today = set(map(fold, study.contact)) or _texts("form.contact_text")
    if any(fold(lines[place]) in today for place in places):
        yield from (place for place in places if fold(lines[place]) not in today)


def _is_of_the_form(line: str, folded: str, study: StudyWords, *, is_title: bool) -> bool:
    """Say whether a line is one of those that differ from form to form."""
    stamp = find_stamp(line)
    if stamp is not None:
        return fold(stamp.text) == folded
    if is_title:
        return not any(_goes_beyond(folded, title) for title in study.titles)
    version = _version().match(folded)
    if version is not None:
        rest = folded[version.end() :]
        is_parted = not rest or rest.startswith(_BETWEEN)
        return is_parted and not _goes_beyond(rest.removeprefix(_BETWEEN), study.sponsor)
    return _closing(folded)


def _goes_beyond(folded: str, words: str) -> bool:
    """Say whether a line holds the study's words and others."""
    known = fold(words)
    return bool(known) and known in folded and known != folded.strip(" ·")


def _closing(folded: str) -> bool:
    return any(pattern.fullmatch(folded) for pattern in _closings())


@cache
def _texts(*keys: str) -> frozenset[str]:
    """Return some sentences in every language, folded."""
    return frozenset(fold(Words(language).text(key)) for language in LANGUAGES for key in keys)


@cache
def _closings() -> tuple[re.Pattern[str], ...]:
    """Return what says until when, whatever the date."""
    said = (Words(language).text("form.closing_text", date=_DATE) for language in LANGUAGES)
    parts = ([re.escape(fold(part)) for part in text.split(_DATE)] for text in said)
    return tuple(re.compile(r"\s*[\w /.]{4,30}?\s*".join(found)) for found in parts)


@cache
def _version() -> re.Pattern[str]:
    """Return what names a form and its version, before the sponsor."""
    said = (Words(language).text("form.version", version=_DATE) for language in LANGUAGES)
    versions = "|".join(re.escape(fold(text)).replace(_DATE, r"[\w.-]+") for text in said)
    return re.compile(rf"[\w-]+ · (?:{versions})")
