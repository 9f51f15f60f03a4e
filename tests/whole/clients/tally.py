"""What became of each answer of a full form: recovered, in question, silently different.

A file is read and checked as a returned one, and compared with the same answers checked as
they were entered: an answer is recovered when it means the same, value and reason alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from intake.checks.checker import Checker
from intake.formats.registry import READERS
from intake.model.address import Place
from intake.model.errors import UnreadableFile
from intake.model.finding import Finding, Location
from intake.model.submission import FileFormat, RawAnswer, RawSubmission, Rung, Submission, Value
from intake.words.spelling import normal_text
from tests.kit.fillers.forms import definition
from tests.whole.clients.answers import own_places

RECEIVED = dt.date(2026, 9, 1)
Key = tuple[str, int | None]


@dataclass(frozen=True)
class Tally:
    """The count of places by what became of their answers."""

    places: int
    recovered: int
    questioned: tuple[str, ...] = ()
    """Addresses whose answer differs, and of which a finding speaks."""
    different: tuple[str, ...] = ()
    """Addresses whose answer differs in silence: a defect."""
    codes: tuple[str, ...] = ()
    """Findings that the same answers typed without any program do not have."""


@dataclass(frozen=True)
class _Read:
    """The answers of one file, as text and as checked."""

    texts: Mapping[str, str]
    values: Mapping[Key, Value]
    findings: tuple[Finding, ...]


def tally(file_format: FileFormat, content: bytes, entered: Mapping[str, str]) -> Tally:
    """Return what is left of the answers in a file that came back."""
    form = definition()
    filled = [place for place in own_places(form) if place.address in entered]
    try:
        found = _checked(_raw(file_format, content))
    except UnreadableFile as problem:
        addresses = tuple(place.address for place in filled)
        return Tally(len(filled), 0, addresses, codes=(problem.code,))
    wanted = _checked(_as_entered(entered))
    more = _more(found.findings, wanted.findings)
    named = {key for finding in more for key in _named(finding)}
    wrong = [place for place in filled if not _same(place, found, wanted)]
    said = tuple(p.address for p in wrong if {(p.item.name, p.row), (p.item.name, None)} & named)
    silent = tuple(place.address for place in wrong if place.address not in said)
    codes = tuple(sorted({finding.code for finding in more}))
    return Tally(len(filled), len(filled) - len(wrong), said, silent, codes)


def _raw(file_format: FileFormat, content: bytes) -> RawSubmission:
    reader = READERS[file_format]
    return reader.read(reader.inspect(content), definition())


def _as_entered(entered: Mapping[str, str]) -> RawSubmission:
    """Return the answers as typed, codes as picked from a list."""
    answers = tuple(
        RawAnswer(address, normal_text(text), Rung.FIELD, Location())
        for address, text in entered.items()
    )
    return RawSubmission(format=FileFormat.PDF, answers=answers)


def _checked(raw: RawSubmission) -> _Read:
    checked: Submission = _checker().check(raw, language="fr", received=RECEIVED)
    values = {(value.item, value.row): value for value in checked.values}
    return _Read({a.address: a.text for a in raw.answers}, values, checked.findings)


@cache
def _checker() -> Checker:
    return Checker(definition())


def _same(place: Place, found: _Read, wanted: _Read) -> bool:
    if place.option is not None:
        return bool(found.texts.get(place.address)) == bool(wanted.texts.get(place.address))
    key = (place.item.name, place.row)
    return _meaning(found.values.get(key)) == _meaning(wanted.values.get(key))


def _meaning(value: Value | None) -> tuple[object, ...] | None:
    """Return what a value says; of one held back, its text without regard to blanks."""
    if value is None:
        return None
    is_held = value.value is None and value.bound is None
    raw = tuple(value.raw.split()) if is_held else ()
    return (value.value, value.missing, value.bound, value.status, raw)


def _more(found: tuple[Finding, ...], wanted: tuple[Finding, ...]) -> list[Finding]:
    """Return the findings that only the file has."""
    known = {_bare(finding) for finding in wanted}
    return [finding for finding in found if _bare(finding) not in known]


def _bare(finding: Finding) -> tuple[object, ...]:
    return (finding.code, finding.item, finding.row, finding.items)


def _named(finding: Finding) -> set[Key]:
    """Return the answers that a finding speaks of."""
    single = {(finding.item, finding.row)} if finding.item else set()
    return single | {(name, None) for name in finding.items}
