"""Whatever is added to a form of Word or Excel is read or said: nothing falls between."""

from __future__ import annotations

import pytest

from intake.model.submission import FileFormat
from tests.whole.fuzz.additions import filled, findings, with_addition

FAST, SLOW = range(3), range(3, 150)
OFFICE = [FileFormat.WORD, FileFormat.EXCEL]


def unaccounted(file_format, seeds):
    """Return the seeds and names of the additions of which reading says nothing."""
    untouched = findings(file_format, filled(file_format))
    made = ((seed, *with_addition(file_format, seed)) for seed in seeds)
    return [
        (seed, name)
        for seed, name, content in made
        if len(findings(file_format, content)) <= len(untouched)
    ]


@pytest.mark.parametrize("file_format", OFFICE)
def test_an_addition_is_said(file_format):
    assert unaccounted(file_format, FAST) == []


@pytest.mark.slow
@pytest.mark.parametrize("file_format", OFFICE)
def test_many_additions_are_said(file_format):
    assert unaccounted(file_format, SLOW) == []
