"""What a condition asks is read from its tree: in few shapes, and never half of it."""

from __future__ import annotations

import pytest

from intake.expressions.sayable import (
    AllOf,
    Always,
    AnyOf,
    Asked,
    InAnyRow,
    OfReason,
    Unsaid,
    condition,
)
from tests.kit.fillers.forms import definition

FORM = definition()
ILD, CANCER = Asked("dm_ild", ("1",)), Asked("dm_cancer", ("1",))


def read(source, group=None):
    return condition(FORM, source, group=group)


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("true", Always()),
        ("dm_ild", ILD),
        ("!dm_ild", Asked("dm_ild", ("0",))),
        ("!(dm_ild)", Asked("dm_ild", ("0",))),
        ("has_lab_scd25", Asked("lab_scd25")),
        ("vital_status == 'dead'", Asked("vital_status", ("dead",))),
        ('vital_status in ["alive", "lost"]', Asked("vital_status", ("alive", "lost"))),
        ('"inf" in mas_trigger', Asked("mas_trigger", ("inf",))),
        ('why_bm_done != "NOTDONE"', OfReason()),
        ('why_lab_scd25 in ["BOUND", "ERR"]', OfReason()),
        ("dm_ild || (dm_cancer || mas_icu)", AnyOf((ILD, CANCER, Asked("mas_icu", ("1",))))),
        ("(dm_ild) && (dm_cancer)", AllOf((ILD, CANCER))),
        ("mas_fu.exists(row, row.has_fu_tg)", InAnyRow("mas_fu", Asked("fu_tg"))),
    ],
)
def test_a_condition_of_a_known_shape_is_read_whole(source, asked):
    assert read(source) == asked


@pytest.mark.parametrize(
    "source",
    [
        "!has_lab_scd25",
        "!(dm_ild && dm_cancer)",
        'vital_status != "dead"',
        'why_bm_done == "NOTDONE"',
        "size(mas_trigger) > 1",
        "days_min(dm_dx_date, death_date) > 3",
        "mas_fu.all(row, row.has_fu_tg)",
        "mas_fu.exists_one(row, row.has_fu_tg)",
        "size(mas_fu.filter(row, row.has_fu_tg)) > 0",
        "dm_ild == dm_cancer",
        "dm_subtype",
        'dm_ild == "7"',
        'nobody == "1"',
        "",
    ],
)
def test_a_condition_of_another_shape_is_unsaid(source):
    assert isinstance(read(source), Unsaid)


def test_what_cannot_be_said_stays_beside_what_can():
    first, second = read("dm_ild && size(mas_trigger) > 1").parts
    assert (first, type(second)) == (ILD, Unsaid)


def test_two_conditions_that_cannot_be_said_are_told_apart():
    assert read("size(mas_trigger) > 1") == read("size(mas_trigger)  > 1")
    assert read("size(mas_trigger) > 1") != read("size(mas_trigger) > 2")


def test_names_are_those_of_the_row_inside_a_group():
    assert read('mtrt_drug == "oth"', "mas_tx") == Asked("mtrt_drug", ("oth",))
    assert isinstance(read('mtrt_drug == "oth"'), Unsaid)
