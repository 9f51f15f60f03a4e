"""A thousand damaged forms: each answer is what was entered, or nothing is loaded in silence."""

from __future__ import annotations

from collections import Counter

import pytest

from intake.execution.limited import LimitedPool
from tests.kit.tries import tries
from tests.whole.fuzz.damaged import FORMS, Fate, damaged, fate, form, with_a_bit_turned_in_a_value

FAST, SLOW, IN_VALUES = 4, tries(250), tries(120)


@pytest.fixture(scope="module")
def pool():
    with LimitedPool(1) as running:
        yield running


def fates(pool, name, seeds):
    extension = name.partition(",")[0]
    return {seed: fate(pool, damaged(form(name), seed), extension) for seed in seeds}


def different_in_silence(found):
    return {seed: each.different for seed, each in found.items() if each.fate is Fate.SILENT}


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMS)
def test_an_undamaged_form_is_loaded_as_it_is(pool, name):
    assert fate(pool, form(name), name.partition(",")[0]).fate is Fate.SAME


@pytest.mark.parametrize("name", FORMS)
def test_no_answer_of_a_damaged_form_differs_in_silence(pool, name):
    assert different_in_silence(fates(pool, name, range(FAST))) == {}


@pytest.mark.long(10)
@pytest.mark.slow
@pytest.mark.parametrize("name", FORMS)
def test_no_answer_of_a_thousand_damaged_forms_differs_in_silence(pool, name, capsys):
    found = fates(pool, name, range(1000, 1000 + SLOW))
    counts = Counter(each.fate for each in found.values())
    with capsys.disabled():
        shown = ", ".join(f"{kind.value} {counts[kind]}" for kind in Fate)
        print(f"\n{name}: {shown}")  # noqa: T201 - the counts are the report

    assert different_in_silence(found) == {}


@pytest.mark.long(10)
@pytest.mark.slow
def test_a_bit_turned_in_a_stored_value_is_seen_in_what_its_box_shows(pool, capsys):
    content = form("pdf")
    found = {
        seed: fate(pool, with_a_bit_turned_in_a_value(content, seed), "pdf")
        for seed in range(IN_VALUES)
    }
    counts = Counter(each.fate for each in found.values())
    with capsys.disabled():
        shown = ", ".join(f"{kind.value} {counts[kind]}" for kind in Fate)
        print(f"\npdf, in its values: {shown}")  # noqa: T201 - the counts are the report

    assert different_in_silence(found) == {}
