"""What is read of a printed form against what was entered: right, doubted, or wrong unsaid."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from intake.checks.parse.choice import parse_choice, parse_tick
from intake.formats.paper.blank_form import blank_form
from intake.formats.paper.printed_answers import PrintedForm
from intake.formats.paper.printed_file import read_printed
from intake.model.address import Place, places_by_address
from intake.model.definition import FormDefinition
from intake.model.stamp import FormStamp, find_stamp


@dataclass(frozen=True)
class Score:
    """How the answers of one file were read."""

    right: int
    doubted: int
    wrong: tuple[str, ...]
    """Addresses whose reading differs from what was entered, and nothing says so."""


def stamp_of(blank: bytes) -> FormStamp:
    """Return the stamp of a blank form."""
    stamp = find_stamp(blank_form(blank).stamp)
    assert stamp is not None
    return stamp


def reading(content: bytes, blank: bytes) -> PrintedForm:
    """Return what a printed form says beside its blank."""
    return read_printed(content, blank, stamp_of(blank))


def score(read: PrintedForm, entered: Mapping[str, str], definition: FormDefinition) -> Score:
    """Return how the answers were read; places where nothing was entered count too."""
    places = places_by_address(definition)
    answers = [answer for answer in read.answers if not answer.is_fixed]
    same = {
        a.address: _same(places[a.address], a.text, entered.get(a.address, "")) for a in answers
    }
    return Score(
        right=sum(same[a.address] and not a.doubt and bool(a.text) for a in answers),
        doubted=sum(bool(a.doubt) for a in answers),
        wrong=tuple(a.address for a in answers if not a.doubt and not same[a.address]),
    )


def _same(place: Place, read: str, entered: str) -> bool:
    if place.option is not None:
        return parse_tick(read) == (entered == "1")
    if place.item.is_choice and read:
        chosen = parse_choice(place.item, read)
        return chosen is not None and chosen.value == entered
    return _drawn(read) == _drawn(entered)


def _drawn(text: str) -> str:
    """Return a text as a page shows it: line breaks are gone, loose accents are not drawn."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not (part.isspace() or unicodedata.combining(part)))
