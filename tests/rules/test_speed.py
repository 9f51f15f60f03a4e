"""Rules and computed values cost little: many returns a second, and a start not felt."""

from __future__ import annotations

import random
import time

import pytest

from intake.checks.rules import Rules
from intake.expressions.computing import Computer
from intake.schema.sample import sample_record
from tests.rules.records import ROOT, compiled, computer, form, rules

pytestmark = pytest.mark.slow


def test_a_record_takes_less_than_20_ms_with_every_row_filled():
    records = [sample_record(form(), random.Random(seed), full=True) for seed in range(20)]
    made = computer(), rules()
    start = time.process_time()
    for record in records:
        made[1].run(record, made[0].compute(record).values, ())
    assert (time.process_time() - start) / len(records) < 0.020


def test_all_is_compiled_in_less_than_a_fifth_of_a_second():
    taken = []
    for _ in range(3):
        definition = compiled(ROOT / "schemas/dm-sam/1.0.0.json")
        start = time.process_time()
        Computer(definition)
        Rules(definition)
        taken.append(time.process_time() - start)
    assert min(taken) < 0.2
