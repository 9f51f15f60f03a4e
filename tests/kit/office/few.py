"""The same workspace and patients, their form cut to few questions.

What becomes of a file is seen as well on it, in a third of the time. Not for tests of what the
whole form asks, computes or looks like.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from intake.model.address import places
from tests.kit import blanks
from tests.kit.office import office, office_word
from tests.kit.office.office import Office, codes
from tests.kit.places import FEW

__all__ = [
    "FewOffice", "blank", "blank_word", "codes", "demo_answers", "filled", "filled_word",
    "the_form",
]  # fmt: skip

blank = partial(office.blank, schema=FEW)
blank_word = partial(office_word.blank_word, schema=FEW)
the_form = partial(blanks.definition, FEW)


@dataclass
class FewOffice(Office):
    """A workspace whose form asks few questions."""

    schema: Path = FEW


def demo_answers(number: str = "01", **changed: str) -> dict[str, str]:
    """Return a fictional patient's answers to what is asked; none is changed of another form."""
    unknown = changed.keys() - _addresses()
    assert not unknown, f"not asked in the cut form: {sorted(unknown)}"
    answers = office.demo_answers(number, **changed)
    return {name: text for name, text in answers.items() if name in _addresses()}


def filled(answers: Mapping[str, str] | None = None, **asked: str | None) -> bytes:
    """Return a form filled by PDFium with a patient's answers (the first demo patient's)."""
    return office.filled(demo_answers() if answers is None else answers, schema=FEW, **asked)


def filled_word(answers: Mapping[str, str] | None = None, **asked: str | None) -> bytes:
    """Return the same in Word."""
    written = demo_answers() if answers is None else answers
    return office_word.filled_word(written, schema=FEW, **asked)


@cache
def _addresses() -> frozenset[str]:
    return frozenset(place.address for place in places(the_form()))
