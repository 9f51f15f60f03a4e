"""Every case of the corpus, by the family it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.corpus import word_forms, word_habits, word_programs, word_rows, word_text
from tests.corpus.case import Case

FAMILIES: Mapping[str, Sequence[Case]] = {
    "Word": (
        *word_text.CASES,
        *word_programs.CASES,
        *word_rows.CASES,
        *word_forms.CASES,
        *word_habits.CASES,
    ),
}


def every_case() -> list[Case]:
    """Return the cases in the order of the table."""
    return [case for family in FAMILIES.values() for case in family]
