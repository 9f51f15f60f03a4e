"""When the questions of the shipped form apply, on records with holes."""

from __future__ import annotations

import pytest

from intake.expressions.bind import bind
from intake.expressions.program import compile_program
from intake.workspace.form_library import SchemaLibrary
from tests.kit.places import SCHEMAS

FORM = SchemaLibrary(SCHEMAS).get("dm-sam", "1.0.0")


def answer(source, record, row, group):
    program = compile_program(FORM, source, group=group, returns=bool)
    found = program.evaluate(bind(FORM, record, row))
    assert found.error is None
    return found.value if found.known else None


def applies(name, record, row=None):
    item = FORM.items[name]
    return answer(item.relevant, record, row, item.group)


def needed(name, record, row=None):
    item = FORM.items[name]
    return answer(item.required, record, row, item.group)


@pytest.mark.parametrize(
    ("name", "record", "expected"),
    [
        ("dm_ild_rapid", {"dm_ild": "1"}, True),
        ("dm_ild_rapid", {"dm_ild": "0"}, False),
        ("dm_ild_rapid", {"dm_ild": "9"}, None),
        ("dm_ild_rapid", {}, None),
        ("dm_biopsy_features", {"dm_muscle_biopsy": "nor"}, True),
        ("dm_biopsy_features", {"dm_muscle_biopsy": "nd"}, False),
        ("dm_biopsy_features", {"dm_muscle_biopsy": "unk"}, None),
        ("bm_hphago", {"bm_done": "both"}, True),
        ("bm_hphago", {"bm_done": "nd"}, False),
        ("gen_detail", {"gen_test": "vus"}, True),
        ("gen_detail", {"gen_test": "pen"}, False),
        ("gen_detail", {"gen_test": "nd"}, False),
        ("mas_ebv_load", {"mas_ebv_pcr": "neg"}, False),
        ("mas_ebv_load", {"mas_ebv_pcr": "nd"}, False),
        ("mas_inf_agent", {"mas_trigger": ["fla", "inf"]}, True),
        ("mas_inf_agent", {"mas_trigger": ["none"]}, False),
        ("mas_inf_agent", {"mas_trigger": ["unk"]}, None),
        ("mas_trigger_detail", {"mas_trigger": ["mal"]}, True),
        ("death_cause", {"vital_status": "lost"}, False),
        ("sequelae", {"vital_status": "lost"}, True),
    ],
)
def test_a_question_applies_after_the_answer_that_opens_it(name, record, expected):
    assert applies(name, record) is expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"lab_tg_dx": 2.5}, True),
        ({"lab_tg_worst": 2.5}, True),
        ({"_bound": {"lab_tg_dx": ">10"}}, True),
        ({"_missing": {"lab_tg_dx": "ERR"}}, True),
        ({"_missing": {"lab_tg_dx": "NAV"}}, False),
        ({"mas_fu": [{"_row": 2, "fu_timepoint": "d7", "fu_tg": 3}]}, True),
        ({"mas_fu": [{"_row": 2, "fu_timepoint": "d7", "fu_hb": 9}]}, False),
        ({}, False),
    ],
)
def test_the_unit_of_triglycerides_is_asked_as_soon_as_one_is_written(record, expected):
    assert applies("lab_tg_unit", record) is expected
    assert needed("lab_tg_unit", record) is expected


def test_a_bound_of_soluble_cd25_asks_for_its_unit_too():
    assert applies("lab_scd25_unit", {"_bound": {"lab_scd25": ">7500"}}) is True
    assert applies("lab_scd25_uln", {}) is False


@pytest.mark.parametrize(
    ("given", "row", "expected"),
    [
        ("1", {"_row": 1, "mtrt_drug": "oth"}, True),
        ("1", {"_row": 1, "mtrt_drug": "eto"}, False),
        ("1", {"_row": 1}, None),
        ("0", {"_row": 1, "mtrt_drug": "oth"}, False),
        ("9", {"_row": 1, "mtrt_drug": "oth"}, None),
    ],
)
def test_a_question_of_a_row_hangs_on_its_row_and_on_the_question_before_the_table(
    given, row, expected
):
    record = {"mas_tx_any": given, "mas_tx": [row]}
    assert applies("mtrt_drug_other", record, row) is expected
    assert needed("mtrt_drug_other", record, row) is expected


def test_only_what_the_study_needs_is_required():
    assert needed("mas_trigger_detail", {"mas_trigger": ["mal"]}) is False
    assert needed("mas_trigger_detail", {"mas_trigger": ["mal", "drug"]}) is True
    assert needed("mas_temp_max", {"mas_fever": "0"}) is False
    assert needed("sequelae", {"vital_status": "lost"}) is False
    assert needed("fu_date", {}, {"_row": 2, "fu_timepoint": "d7", "fu_hb": 9}) is True
    assert FORM.items["fu_timepoint"].required is None
