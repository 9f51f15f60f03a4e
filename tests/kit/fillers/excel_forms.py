"""The blank Excel form of the shipped study, and an answer for each of its places."""

from __future__ import annotations

from itertools import cycle

from intake.model.address import places
from intake.model.definition import DataType
from intake.model.submission import FileFormat
from tests.kit import blanks
from tests.kit.fillers.forms import definition
from tests.kit.places import DM_SAM

TEXTS = ("Œdème d’été", "≥ 88 µg/L", "« oui » \"non\" 'x'", "=1+1", "<b> & \\n", "07", "ND", "1e3")
NUMBERS = ("12,5", "0", "< 30", "40000", "7", "NF", "0,1", "1 200")
DATES = ("14/03/2016", "03/2016", "2016", "INC", "01/02/2015")


def blank(language: str = "fr", centre: str | None = "REI") -> bytes:
    return blanks.blank(DM_SAM, FileFormat.EXCEL, language, centre)


def every_answer() -> dict[str, str]:
    """Return what a person may type or choose in each place that is theirs, by address."""
    texts, numbers, dates = cycle(TEXTS), cycle(NUMBERS), cycle(DATES)
    fixed = {group.fixed_item for group in definition().groups.values()}
    answers: dict[str, str] = {}
    for number, place in enumerate(places(definition())):
        item = place.item
        if item.name in fixed:
            continue
        if place.option is not None:
            answers[place.address] = "Oui"
        elif item.data_type is DataType.SINGLE_CHOICE:
            answers[place.address] = item.options[number % len(item.options)].title["fr"]
        else:
            kind = dates if item.is_date else numbers if item.is_number else texts
            answers[place.address] = next(kind)
    return answers
