"""Which words of a form's first page were added by whoever filled it.

The study's own words on that page (title, sponsor, how long, whom to ask, until when) may have
changed since a form was sent. They are told by their places, beside all that was ever printed
there; where that is not known, a block that has nothing of today's is an older form's. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from intake.formats.office.lettering import UNKNOWN_SIGN
from intake.model.stamp import find_stamp
from intake.words.catalogue import LANGUAGES, Words
from intake.words.spelling import fold
from intake.words.word_lists import months

_BETWEEN = " · "
_DATE_PARTS = 3
_DATE = "datex"
"""Stands for what differs from form to form; no word of any sentence."""


@dataclass(frozen=True, slots=True)
class Front:
    """What the study printed on the first page of its forms at one time."""

    titles: tuple[str, ...] = ()
    """In each language."""
    sponsor: str = ""
    contact: tuple[str, ...] = ()
    closes: str = ""
    """An ISO date; empty where none is printed."""
    minutes: int | None = None
    """How long the form takes; None where it is not said."""


@dataclass(frozen=True, slots=True)
class StudyWords:
    """What the study prints on first pages, today's first."""

    fronts: tuple[Front, ...] = ()
    is_all: bool = False
    """Nothing else was ever printed there: other words are somebody's."""


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
        elif is_contact and UNKNOWN_SIGN not in line and not _closing(folded, study):
            contact.append(number)
        elif not _is_of_the_form(line, folded, study, is_title=was_title):
            yield number
    yield from _added_contact(lines, contact, study)


def _added_contact(lines: Sequence[str], places: Sequence[int], study: StudyWords) -> Iterator[int]:
    """Yield what was added among the lines that say whom to ask, as they were at one time."""
    known = [set(map(fold, front.contact)) for front in study.fronts if front.contact]
    known = known or [set(_texts("form.contact_text"))]
    shown = {fold(lines[place]) for place in places}
    nearest = max(known, key=lambda contact: len(shown & contact))
    if study.is_all or shown & nearest:
        yield from (place for place in places if fold(lines[place]) not in nearest)


def _is_of_the_form(line: str, folded: str, study: StudyWords, *, is_title: bool) -> bool:
    """Say whether a line is one of those that differ from form to form."""
    stamp = find_stamp(line)
    if stamp is not None:
        return fold(stamp.text) == folded
    if is_title:
        return _is_printed(
            folded, [title for front in study.fronts for title in front.titles], study
        )
    version = _version().match(folded)
    if version is not None:
        rest = folded[version.end() :]
        is_parted = not rest or rest.startswith(_BETWEEN)
        sponsors = [front.sponsor for front in study.fronts]
        return is_parted and _is_printed(rest.removeprefix(_BETWEEN), sponsors, study)
    return _closing(folded, study) or _lasting(folded, study)


def _is_printed(folded: str, printed: Sequence[str], study: StudyWords) -> bool:
    """Say whether a text is one that the study printed, or may be an older one's."""
    if study.is_all:
        return not folded or folded in map(fold, printed)
    return not any(_goes_beyond(folded, text) for text in printed)


def _goes_beyond(folded: str, words: str) -> bool:
    """Say whether a line holds the study's words and others."""
    known = fold(words)
    return bool(known) and known in folded and known != folded.strip(" ·")


def _closing(folded: str, study: StudyWords) -> bool:
    """Say whether a line tells until when, with a date that the study printed or may have."""
    found = (pattern.fullmatch(folded) for pattern in _closings())
    dates = {" ".join(match.groups()).strip() for match in found if match}
    if study.is_all:
        return any(date in _dates(front.closes) for date in dates for front in study.fronts)
    return any(map(_is_date, dates))


def _lasting(folded: str, study: StudyWords) -> bool:
    """Say whether a line tells how long the form takes, as the study printed or may have."""
    found = (pattern.fullmatch(folded) for pattern in _durations())
    told = {int(match[1]) for match in found if match}
    return bool(told) and (not study.is_all or any(f.minutes in told for f in study.fronts))


@cache
def _dates(closes: str) -> frozenset[str]:
    """Return a date as forms print it, in every language, folded."""
    return frozenset(fold(Words(language).date(closes)) for language in LANGUAGES if closes)


def _is_date(text: str) -> bool:
    """Say whether a text is a date and no more."""
    parts = text.replace("/", " ").split()
    is_part = all(part.isdecimal() or part in months() for part in parts)
    return len(parts) == _DATE_PARTS and is_part


@cache
def _texts(*keys: str) -> frozenset[str]:
    """Return some sentences in every language, folded."""
    return frozenset(fold(Words(language).text(key)) for language in LANGUAGES for key in keys)


@cache
def _closings() -> tuple[re.Pattern[str], ...]:
    """Return what says until when, whatever the date."""
    said = (Words(language).text("form.closing_text", date=_DATE) for language in LANGUAGES)
    return tuple(_with_any(r"([\w /.]{4,30}?)", text) for text in said)


@cache
def _durations() -> tuple[re.Pattern[str], ...]:
    """Return what says how long, whatever the number of minutes."""
    said = (Words(language).text("form.minutes_text", minutes=_DATE) for language in LANGUAGES)
    return tuple(_with_any(r"(\d{1,3})", text) for text in said)


def _with_any(pattern: str, text: str) -> re.Pattern[str]:
    """Return a pattern of a sentence in which one part differs from form to form."""
    parts = [re.escape(fold(part)) for part in text.split(_DATE)]
    return re.compile(rf"\s*{pattern}\s*".join(parts))


@cache
def _version() -> re.Pattern[str]:
    """Return what names a form and its version, before the sponsor."""
    said = (Words(language).text("form.version", version=_DATE) for language in LANGUAGES)
    versions = "|".join(re.escape(fold(text)).replace(_DATE, r"[\w.-]+") for text in said)
    return re.compile(rf"[\w-]+ · (?:{versions})")
