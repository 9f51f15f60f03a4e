"""Each returned file of the corpus becomes what its expected receipt says."""

from __future__ import annotations

import pytest

from tests.whole.corpus.catalogue import every_case
from tests.whole.corpus.receipts import EXPECTED, PAGE, expected, page
from tests.whole.corpus.run import outcome_of_case


def marks(case):
    reason = case.missing()
    skip = pytest.mark.skipif(reason is not None, reason=reason or "-")
    return [skip, pytest.mark.slow] if case.slow else [skip]


EVERY = [pytest.param(case, id=case.name, marks=marks(case)) for case in every_case()]


@pytest.mark.parametrize("case", EVERY)
def test_a_returned_file_becomes_what_its_receipt_says(case, tmp_path):
    assert outcome_of_case(case, tmp_path / "étude") == expected(case)


def test_no_case_has_a_value_that_is_silently_wrong():
    wrong = {case.name: expected(case)["silently wrong"] for case in every_case()}

    assert {name: items for name, items in wrong.items() if items} == {}


def test_every_expected_receipt_has_its_case():
    names = {path.stem for path in EXPECTED.glob("*.json")} - {"seconds"}

    assert names == {case.name for case in every_case()}


def test_the_table_of_the_manual_is_current():
    assert PAGE.read_text(encoding="utf-8") == page()
