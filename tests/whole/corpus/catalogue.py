"""Every case of the corpus, by the family it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType

from tests.whole.corpus import (
    excel_books,
    excel_cells,
    pdf_cases,
    word_forms,
    word_habits,
    word_programs,
    word_rows,
    word_text,
)
from tests.whole.corpus.case import Case


def _ordered(*modules: ModuleType) -> list[Case]:
    """Return the cases of several modules by name, those of the first list before others."""
    cases = [case for module in modules for case in module.CASES]
    return sorted(cases, key=lambda case: (case.name[0] != "w", case.name))


FAMILIES: Mapping[str, Sequence[Case]] = {
    "Word, as damaged in trials": _ordered(word_text, word_programs, word_rows, word_forms),
    "Word, as people fill it": word_habits.CASES,
    "Excel": _ordered(excel_cells, excel_books),
    "PDF": pdf_cases.CASES,
}


def every_case() -> list[Case]:
    """Return the cases in the order of the table."""
    return [case for family in FAMILIES.values() for case in family]
