"""Whatever is added to a form of Word or Excel is read or said: nothing falls between."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from intake.model.submission import FileFormat
from tests.kit.tries import tries
from tests.whole.clients.libreoffice import converted_together
from tests.whole.fuzz.additions import ADDITIONS, filled, findings, with_addition

FAST, SLOW = range(3), range(3, tries(150))
OFFICE = [FileFormat.WORD, FileFormat.EXCEL]


def unaccounted(file_format, seeds):
    """Return the seeds and names of the additions of which reading says nothing."""
    assert findings(file_format, filled(file_format)) == ()
    made = ((seed, *with_addition(file_format, seed)) for seed in seeds)
    return [(seed, name) for seed, name, content in made if not findings(file_format, content)]


@pytest.mark.parametrize("file_format", OFFICE)
def test_an_addition_is_said(file_format):
    assert unaccounted(file_format, FAST) == []


@pytest.mark.slow
@pytest.mark.parametrize("file_format", OFFICE)
def test_many_additions_are_said(file_format):
    assert unaccounted(file_format, SLOW) == []


KINDS = [
    (FileFormat.WORD, "odt", "paragraph", "TEXT_ELSEWHERE"),
    (FileFormat.WORD, "doc", "paragraph", "TEXT_ELSEWHERE"),
    (FileFormat.EXCEL, "ods", "struck", "ANSWER_UNSURE"),
    (FileFormat.EXCEL, "xls", "struck", "ANSWER_UNSURE"),
]
"""LibreOffice itself drops the strike of a text in a control: there, a line is added."""


@pytest.mark.slow
@pytest.mark.programs
@pytest.mark.parametrize(("file_format", "kind", "added", "code"), KINDS)
def test_an_older_kind_of_file_hides_nothing(file_format, kind, added, code):
    """What LibreOffice saves as an older kind, and again as today's, still says it."""
    own = "docx" if file_format is FileFormat.WORD else "xlsx"
    changed = ADDITIONS[file_format][added](random.Random(2))
    saved = converted_together([filled(file_format), changed], own, kind, own)
    before, after = (findings(file_format, content) for content in saved)

    more = Counter(finding.code for finding in after) - Counter(f.code for f in before)
    assert more == {code: 1}
