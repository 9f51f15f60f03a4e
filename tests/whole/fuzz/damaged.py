"""Damage the bytes of a filled form by a seed, and say what becomes of its answers.

A file is opened in a limited child, as the intake does; what came out is compared with what
was filled in, value by value.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from intake.checks.checker import Checker
from intake.execution.limited import LimitedPool
from intake.formats.registry import READERS, open_file
from intake.model.definition import FormDefinition
from intake.model.errors import UnreadableFile
from intake.model.finding import Finding, Severity
from intake.model.receipt import Outcome
from intake.model.submission import Inspection, Submission, Value
from intake.pipeline.returns.deciding.outcome import outcome_of
from intake.pipeline.returns.identify import identify
from tests.kit.broken.damage import appended
from tests.kit.office.office import demo_answers, filled, the_form
from tests.kit.office.office_excel import filled_excel
from tests.kit.office.office_word import filled_word
from tests.whole.corpus.case import Case
from tests.whole.corpus.run import RECEIVED, Key, meant

_VALUE = re.compile(rb"/V\s*(\([^)]+\)|<[0-9A-Fa-f]+>|/(?!Off)\w+)")


class Fate(StrEnum):
    """What became of a damaged file."""

    REFUSED = "refused"
    REVIEW = "sent to a person"
    SAME = "loaded, every answer as entered"
    SAID = "loaded, each difference with a finding"
    SILENT = "silently different"


@dataclass(frozen=True)
class Result:
    """The fate of one file, and the answers that differ."""

    fate: Fate
    different: tuple[str, ...] = ()


class _OneForm:
    """The shipped form as the only one published."""

    def definitions(self) -> tuple[FormDefinition, ...]:
        return (the_form(),)

    def get(self, form: str, version: str) -> FormDefinition | None:
        return the_form() if (form, version) == (the_form().id, the_form().version) else None


FORMS = {
    "pdf": filled,
    "pdf, a save appended": lambda: appended(filled(), "lab_hb_dx", demo_answers()["lab_hb_dx"]),
    "docx": filled_word,
    "xlsx": filled_excel,
}
"""The first demonstration patient's form, as each format leaves it."""


@cache
def form(name: str) -> bytes:
    """Return a filled form by its name in ``FORMS``."""
    return FORMS[name]()


def damaged(content: bytes, seed: int) -> bytes:
    """Return a file cut at its end, or with some bits turned."""
    source = random.Random(seed)
    if source.random() < 0.3:
        left = source.choice([source.random(), 1 - source.random() ** 4 / 20])
        return content[: int(len(content) * left)]
    changed = bytearray(content)
    for _ in range(source.choice([1, 1, 2, 8])):
        changed[source.randrange(len(changed))] ^= 1 << source.randrange(8)
    return bytes(changed)


def with_a_bit_turned_in_a_value(content: bytes, seed: int) -> bytes:
    """Return a PDF with one bit turned in what one field stores: its text, code or state."""
    source = random.Random(seed)
    begin, end = source.choice([match.span(1) for match in _VALUE.finditer(content)])
    changed = bytearray(content)
    changed[source.randrange(begin, end)] ^= 1 << source.randrange(8)
    return bytes(changed)


def fate(pool: LimitedPool, content: bytes, extension: str) -> Result:
    """Return what becomes of a file. Raises nothing that the program itself would not expect."""
    try:
        found = pool.submit(open_file, content, f"fiche.{extension}").result()
    except UnreadableFile:
        return Result(Fate.REFUSED)
    if not isinstance(found, Inspection):
        return Result(Fate.REVIEW)
    identified = identify(found, _OneForm())
    if identified.definition is None:
        return Result(Fate.REVIEW)
    raw = READERS[found.format].read(found, identified.definition)
    read = _checker().check(raw, language="fr", received=RECEIVED)
    return _compared(read, (*identified.findings, *read.findings))


def _compared(read: Submission, findings: tuple[Finding, ...]) -> Result:
    outcome = outcome_of(findings)
    if outcome is Outcome.REJECTED:
        return Result(Fate.REFUSED)
    if outcome is Outcome.REVIEW:
        return Result(Fate.REVIEW)
    different = tuple(_different(read))
    if not different:
        return Result(Fate.SAME)
    named = {(f.item, f.row) for f in findings if f.severity is not Severity.NOTE}
    silent = tuple(f"{item} {row or ''}" for item, row in different if (item, row) not in named)
    return Result(Fate.SILENT, silent) if silent else Result(Fate.SAID)


def _different(read: Submission) -> Iterator[Key]:
    """Yield the answers that are not what was entered; what nobody entered is none."""
    wanted, found = _by_key(_meant().values), _by_key(read.values)
    for key in dict.fromkeys([*wanted, *found]):
        one, other = wanted.get(key), found.get(key)
        was_entered = any(value is not None and value.raw for value in (one, other))
        if was_entered and _said(one) != _said(other):
            yield key


@cache
def _meant() -> Submission:
    return meant(Case("", bytes, ""))


@cache
def _checker() -> Checker:
    return Checker(the_form())


def _said(value: Value | None) -> tuple[object, ...]:
    return () if value is None else (value.value, value.missing, value.bound)


def _by_key(values: tuple[Value, ...]) -> dict[Key, Value]:
    return {(value.item, value.row): value for value in values}
