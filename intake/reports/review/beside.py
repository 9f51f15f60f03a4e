"""A form that waits beside a record that it may belong to: where they differ, and nowhere else.

Pure. What of it may be shown, and how, is for who shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from intake.checks.patient.changes import differing
from intake.checks.patient.printed import is_beyond
from intake.model.address import Place
from intake.model.definition import FormDefinition
from intake.model.finding_codes import awaits_decision
from intake.model.receipt import Receipt
from intake.model.submission import Submission, Value

_LONGEST = 80
"""A longer text is not compared letter by letter: all of it is what differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSide:
    """The current revision of a record, and where its file is kept."""

    subject: str
    revision: int
    receipt: str
    original: str
    submission: Submission


@dataclass(frozen=True, slots=True)
class Difference:
    """One question that the two answer otherwise; None where one does not answer it."""

    place: Place
    known: Value | None
    new: Value | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an answer; ``is_other`` where the other side has something else there."""

    text: str
    is_other: bool


def subjects_in_doubt(receipt: Receipt) -> tuple[str, ...]:
    """Return the records that a person has to look at to decide about a form."""
    asked = (finding for finding in receipt.findings if awaits_decision(finding.code))
    named = (finding.context.get("subject", "") for finding in asked)
    return tuple(dict.fromkeys(filter(None, named)))


def differences(
    definition: FormDefinition | None, known: Submission, new: Submission | None
) -> tuple[Difference, ...]:
    """Return where two forms differ, in form order, what names the patient first.

    Not in rows that the new one has no place for: it leaves them. Nothing where none are held.
    """
    if definition is None or new is None:
        return ()
    found = [
        Difference(Place(definition.items[name], row), before, after)
        for (name, row), before, after in differing(definition, known, new)
        if after is not None or before is None or not is_beyond(definition, before)
    ]
    names = definition.identity.items
    return tuple(sorted(found, key=lambda one: one.place.item.name not in names))


def pieces(text: str, other: str) -> tuple[Piece, ...]:
    """Return an answer in pieces, those marked that the other answer does not have."""
    if max(len(text), len(other)) > _LONGEST or not text or not other:
        return (Piece(text, is_other=True),) if text else ()
    return tuple(_pieces(text, other))


def _pieces(text: str, other: str) -> Iterator[Piece]:
    """Yield the pieces: place by place where both are as long, as two dates are."""
    if len(text) == len(other):
        pairs = zip(text, other, strict=True)
        for is_other, same in groupby(pairs, key=lambda pair: pair[0] != pair[1]):
            yield Piece("".join(letter for letter, _ in same), is_other=is_other)
        return
    matcher = SequenceMatcher(None, text, other, autojunk=False)
    for kind, start, end, _, _ in matcher.get_opcodes():
        if end > start:
            yield Piece(text[start:end], is_other=kind != "equal")
