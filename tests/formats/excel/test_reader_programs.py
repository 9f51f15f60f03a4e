"""Workbooks saved by real programs are read as they were filled, at full size.

Every place of the real form: recovered, lost with a finding, or silently different. The
last must not happen with any program.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest

from intake.formats.excel.reader import ExcelReader
from intake.formats.text import normal_text
from intake.model.finding_codes import FindingCode
from tests.fillers.forms import definition
from tests.fillers.spreadsheets import SPREADSHEETS, Spreadsheet
from tests.formats.excel.forms import blank, every_answer

READER = ExcelReader()
PLACES = 753


@dataclass(frozen=True)
class Survival:
    """What became of the answers of one form."""

    recovered: int
    lost: int
    different: int
    by_code: int
    codes: tuple[str, ...]


def marks(program: Spreadsheet):
    skipped = pytest.mark.skipif(program.missing is not None, reason=program.missing or "-")
    if program.needs == "python3":
        return [skipped]
    return [pytest.mark.programs, pytest.mark.slow, skipped]


EVERY = [pytest.param(program, id=program.name, marks=marks(program)) for program in SPREADSHEETS]


@cache
def survival(program: Spreadsheet) -> Survival:
    entered = every_answer()
    inspection = READER.inspect(program.returned(blank(), entered))
    raw = READER.read(inspection, definition())
    read = {answer.address: answer.text for answer in raw.answers}
    named = {(finding.item, finding.row) for finding in raw.findings if finding.item}
    named |= {(item, None) for finding in raw.findings for item in finding.items}
    said = {a for a in entered if any(a.split("__")[-1] == item for item, _ in named)}
    wrong = {a for a, text in entered.items() if read.get(a) != normal_text(text)}
    silent = wrong - said
    stamps = {claim.stamp for claim in inspection.claims}
    assert len(stamps) == 1
    return Survival(
        recovered=len(entered) - len(wrong),
        lost=len(wrong & said),
        different=len(silent),
        by_code=sum(answer.rung.value == "code row" for answer in raw.answers),
        codes=tuple(sorted({finding.code for finding in raw.findings})),
    )


@pytest.mark.parametrize("program", EVERY)
def test_no_answer_is_silently_different(program, capsys):
    found = survival(program)
    with capsys.disabled():
        print(  # noqa: T201 - the table of what survives each program
            f"\n{program.name:22} recovered {found.recovered:4}  lost {found.lost:3}"
            f"  silently different {found.different:3}  {' '.join(found.codes)}"
        )
    assert found.different == 0


@pytest.mark.parametrize("program", EVERY)
def test_every_answer_comes_back_by_its_name_without_a_finding(program):
    found = survival(program)
    fixed = sum(group.rows for group in definition().groups.values() if group.fixed_item)
    assert found.recovered == PLACES - fixed
    assert (found.lost, found.by_code) == (0, 0)
    assert set(found.codes) <= {FindingCode.CELLS_BY_CODE}
