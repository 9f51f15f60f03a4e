"""Everything the coordinator's page of a file in review shows, decided before any markup.

Pure. The page is for the coordinator alone: unlike a receipt it shows every answer, also
those that identify the patient, since they are what is to be compared with the original.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intake.findings.wording import FindingWords, finding_words
from intake.model.definition import FormDefinition
from intake.model.file.picture import PagePicture
from intake.model.finding import Finding
from intake.model.finding_codes import awaits_decision
from intake.model.record import Entry
from intake.model.submission import Rung, Value
from intake.privacy.quoting import may_repeat
from intake.reports.receipt.receipt_view import Fact
from intake.reports.receipt.worded_finding import place_words
from intake.reports.review.beside import Difference, KnownSide, Piece, differences, pieces
from intake.reports.review.crops import Crop, crop_of
from intake.reports.review.held_values import HeldValue, held_values
from intake.reports.review.review_choices import Choice, choices
from intake.words.catalogue import Words
from intake.words.shown import as_shown
from intake.words.typography import typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A file in review and what is known of it beside its receipt."""

    entry: Entry
    definition: FormDefinition | None
    pictures: tuple[PagePicture, ...]
    original: str
    """The address of the returned file, as a link on the page."""
    known: tuple[KnownSide, ...] = ()
    """The records that it may belong to; their originals are links too."""


@dataclass(frozen=True, slots=True)
class Told:
    """One finding about the file, the form or the patient."""

    title: str
    sentence: str
    about: str = ""
    """The patient it may be, or the question it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer beside its place in the file."""

    code: str
    label: str
    text: str
    """As it was written; a choice by its words."""
    understood: str
    """How it was understood where that is not the same."""
    before: str
    """What the file says, when a person gave another answer."""
    found: str
    place: str
    remarks: tuple[FindingWords, ...]
    crop: Crop | None
    address: str
    page: int | None
    """The page of the file that it stands on, where it has pages."""
    may_repeat: bool
    """Its text may be told where nobody must see it."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers under one heading."""

    key: str
    """``doubtful``, ``given`` or ``others``."""
    title: str
    lines: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Differs:
    """One question that the record and the form answer otherwise, letter by letter."""

    code: str
    label: str
    known: tuple[Piece, ...]
    new: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A record beside the form: differences only."""

    title: str
    original: str
    link: str
    lines: tuple[Differs, ...]


@dataclass(frozen=True, kw_only=True)
class ReviewView:
    """The page's content, in reading order."""

    title: str
    facts: tuple[Fact, ...]
    reasons: tuple[Told, ...]
    choices: tuple[Choice, ...]
    beside: tuple[Beside, ...]
    answers: tuple[Answers, ...]
    others: tuple[Told, ...]
    pages: tuple[PagePicture, ...]
    """The pages that are shown whole: those beside which no answer is shown."""


def review_view(waiting: Waiting, words: Words) -> ReviewView:
    """Return the content of a file's page in one language."""
    held = held_values(waiting.entry, waiting.definition)
    findings = waiting.entry.receipt.findings
    beside = {id(finding) for one in held for finding in one.findings}
    cut = {one.value.location.page for one in held if one.value.location.box}
    definition = waiting.definition
    return ReviewView(
        title=words.printed(definition.title) if definition else "",
        facts=tuple(_facts(waiting, words)),
        reasons=tuple(_told(waiting, words, f) for f in findings if awaits_decision(f.code)),
        choices=tuple(choices(waiting.entry, definition, words)),
        beside=tuple(_beside(waiting, side, words) for side in waiting.known),
        answers=tuple(_answers(waiting, held, words)),
        others=tuple(
            _told(waiting, words, finding)
            for finding in findings
            if not awaits_decision(finding.code) and id(finding) not in beside
        ),
        pages=tuple(picture for picture in waiting.pictures if picture.page not in cut),
    )


def _facts(waiting: Waiting, words: Words) -> Iterator[Fact]:
    receipt = waiting.entry.receipt
    form = " ".join(part for part in ((receipt.form or "").upper(), receipt.version) if part)
    told = {
        "received": words.date(receipt.source.received.date().isoformat()),
        "centre": receipt.centre,
        "form": form,
        "file": as_shown(receipt.source.name),
    }
    for key, text in told.items():
        if text:
            yield Fact(words.text(f"receipt.{key}"), text)
    shown = waiting.original.replace("../", "")
    yield Fact(words.text("review.original"), shown, link=waiting.original)


def _told(waiting: Waiting, words: Words, finding: Finding) -> Told:
    said = finding_words(words, finding, waiting.definition)
    item = waiting.definition.items.get(finding.item or "") if waiting.definition else None
    about = finding.context.get("subject") or (item.code if item else "")
    return Told(said.title, said.sentence, about)


def _beside(waiting: Waiting, side: KnownSide, words: Words) -> Beside:
    definition, submission = waiting.definition, waiting.entry.submission
    found = (
        differences(definition, side.submission, submission) if definition and submission else ()
    )
    return Beside(
        title=words.text("review.beside.title", subject=side.subject, revision=side.revision),
        original=side.original.replace("../", ""),
        link=side.original,
        lines=tuple(_differs(one, words) for one in found),
    )


def _differs(one: Difference, words: Words) -> Differs:
    item = one.place.item
    known, new = (_said(value, one, words) for value in (one.known, one.new))
    is_spelt = not item.is_choice and not item.is_ticked
    whole = tuple((Piece(text, is_other=True),) if text else () for text in (known, new))
    sides = (pieces(known, new), pieces(new, known)) if is_spelt else whole
    return Differs(one.place.code, words.printed(item.label), *sides)


def _said(value: Value | None, one: Difference, words: Words) -> str:
    """Return an answer in words; as it was written where it was not understood."""
    if value is None:
        return ""
    return _understood(HeldValue(value, one.place, (), 0), words) or value.raw


def _answers(waiting: Waiting, held: list[HeldValue], words: Words) -> Iterator[Answers]:
    """Yield the answers in doubt, then those a person gave, then the others."""
    doubtful = [one for one in held if one.rank < 2]
    given = [one for one in held if one.rank == 2 and one.value.rung is Rung.PERSON]
    rest = [one for one in held if one.rank == 2 and one.value.rung is not Rung.PERSON]
    for key, ones in (("doubtful", doubtful), ("given", given), ("others", rest)):
        if ones:
            lines = tuple(_answer(waiting, one, words) for one in ones)
            yield Answers(key, words.text(f"review.answers.{key}", count=len(lines)), lines)


def _answer(waiting: Waiting, held: HeldValue, words: Words) -> Answer:
    value, item = held.value, held.place.item
    understood = _understood(held, words)
    written = understood if item.is_choice and value.value is not None else value.raw
    location = value.location
    picture = next((p for p in waiting.pictures if p.page == location.page), None)
    return Answer(
        code=held.place.code,
        label=words.printed(item.label),
        text=written,
        understood=understood if understood != written else "",
        before=value.replaced or "",
        found=words.text(f"review.found.{value.rung.name.lower()}"),
        place=place_words(words, location),
        remarks=tuple(finding_words(words, f, waiting.definition) for f in held.findings),
        crop=crop_of(picture, location.box) if picture and location.box else None,
        address=held.place.address,
        page=location.page,
        may_repeat=may_repeat(value.raw, item, waiting.definition),
    )


def _understood(held: HeldValue, words: Words) -> str:
    """Return a value in words: its label, its unit, its reason; empty when it was not read."""
    value: Value = held.value
    if value.missing is not None:
        return words.missing(value.missing)
    if value.bound is not None:
        return value.bound
    if value.value is None:
        return ""
    return typeset(words.value(held.place.item, value.value), words.language)
