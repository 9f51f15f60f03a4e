"""An answer that is forgotten never makes us surer: intervals only widen, values only go.

The exceptions are conventions of the study, each with its reason.
"""

from __future__ import annotations

import copy
import random

import pytest

from intake.schema.sample.record import sample_record
from tests.kit.rules.records import compute, form, rules
from tests.kit.tries import tries

EXCEPTIONS = {
    "mas_temp_max": "no fever and no temperature count as no fever",
    "hphago_other": "left blank, haemophagocytosis elsewhere was not sought",
    "bm_done": "a marrow that was not done counts nothing at the bedside",
    "gen_test": "a pathogenic variant that is not reported does not count",
    "dm_muscle_biopsy": "without a biopsy the column without biopsy is used",
    "dm_biopsy_features": "without its features the column without biopsy is used",
}
"""Items whose absence says something, hence may change what is computed."""
WORST = dict.fromkeys(form().items, "a worst value left blank is that at diagnosis")
WORST = {name: why for name, why in WORST.items() if name.endswith("_worst")}
FAST = 4
"""Tens of records of the fast tests; forty show every fault that a hundred do."""
SCORES = ("d_hscore", "d_hscore_worst", "d_hlh2004", "d_hlh2004_worst")


def forget(record, rng):
    """Return the record without one answer, and the item that was forgotten."""
    left = copy.deepcopy(record)
    holders = [left, *(row for group in form().groups for row in left.get(group, ()))]
    fixed = {group.fixed_item for group in form().groups.values()}
    kept = {"_row", "_missing", "_bound", *form().groups, *fixed}
    answers = [(holder, name) for holder in holders for name in holder if name not in kept]
    holder, name = rng.choice(answers)
    del holder[name]
    return left, name


def check_one(seed):
    rng = random.Random(seed)
    record = sample_record(form(), rng, full=rng.random() < 0.5)
    before = compute(record)
    assert rules().run(record, before, ())[1] == [], seed
    less, name = forget(record, rng)
    if name in EXCEPTIONS | WORST:
        return
    after = compute(less)
    for score in SCORES:
        assert after[f"{score}_min"] <= before[f"{score}_min"], (seed, name, score)
        assert after[f"{score}_max"] >= before[f"{score}_max"], (seed, name, score)
    sure = {"d_hscore_cat", "d_hlh2004_cat", "d_mas2016", "d_eligible"}
    for value in sure:
        assert after[value] in (before[value], "undetermined"), (seed, name, value)
    for value in ("d_age_mas", "d_death_d30", "d_death_d90", "d_cancer_assoc", "d_hscore_dx"):
        assert value not in after or after[value] == before.get(value), (seed, name, value)


@pytest.mark.parametrize("tenth", range(FAST))
def test_forgetting_an_answer_never_narrows(tenth):
    for seed in range(tenth * 10, tenth * 10 + 10):
        check_one(seed)


@pytest.mark.slow
@pytest.mark.parametrize("tenth", range(FAST, tries(100)))
def test_forgetting_any_answer_never_narrows(tenth):
    for seed in range(tenth * 10, tenth * 10 + 10):
        check_one(seed)


def test_the_exceptions_are_needed():
    fever = {"mas_fever": "0", "mas_temp_max": 39.0}
    assert compute(fever)["d_hscore_temperature"] == 33
    assert compute({"mas_fever": "0"})["d_hscore_temperature"] == 0
