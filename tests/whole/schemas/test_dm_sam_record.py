"""Records of the shipped form under stock JSON Schema validation."""

from __future__ import annotations

import copy

import pytest
from jsonschema import Draft202012Validator

from intake.schema.validate import structure_errors
from intake.workspace.form_library import SchemaLibrary
from tests.kit.places import SCHEMAS

FORM = SchemaLibrary(SCHEMAS).get("dm-sam", "1.0.0")

RECORD = {
    "id_surname2": "DU",
    "id_firstname2": "MA",
    "birth_date": "1961-05-04",
    "centre3": "REI",
    "dept_specialty": "int",
    "form_date": "2026-09-14",
    "elig_dm_dx": "1",
    "comorbidities": ["hta", "dm2"],
    "dm_first_sign_date": "2014",
    "dm_tx_any": "1",
    "dm_tx": [
        {"_row": 1, "dtrt_drug": "gc_po", "dtrt_dose": 60, "dtrt_dose_unit": "mg_d"},
        {"_row": 3, "dtrt_drug": "mtx", "_missing": {"dtrt_start_date": "UNK"}},
    ],
    "mas_dx_date": "2015-02",
    "lab_hb_dx": 8.5,
    "lab_plt_dx": 45,
    "mas_fu": [{"_row": 2, "fu_timepoint": "d7", "fu_date": "2015-02-21", "fu_hb": 9.1}],
    "_missing": {"lab_asat_dx": "NAV", "lab_crp_dx": "ERR"},
    "_bound": {"lab_ferritin_dx": ">40000"},
}


def errors(**changes):
    record = copy.deepcopy(RECORD)
    record.update(changes)
    return structure_errors(FORM, record)


def test_a_record_loaded_with_queries_is_valid_without_its_missing_answers():
    assert errors() == []
    assert structure_errors(FORM, {}) == []


@pytest.mark.parametrize(
    ("item", "value", "keyword"),
    [
        ("id_surname2", "DUP", "maxLength"),
        ("id_surname2", "du", "pattern"),
        ("id_surname2", "DU\n", "pattern"),
        ("birth_date", "1961-02-30", "format"),
        ("birth_date", "19610504", "format"),
        ("birth_date", "1961-05", "format"),
        ("dm_first_sign_date", "2019-02-30", "format"),
        ("dm_first_sign_date", "2019-13", "pattern"),
        ("dept_specialty", "Médecine interne", "oneOf"),
        ("elig_dm_dx", 1, "type"),
        ("lab_hb_dx", "8,5", "type"),
        ("lab_hb_dx", 85, "maximum"),
        ("dm_mmt8", 72.5, "type"),
        ("comorbidities", [], "minItems"),
        ("comorbidities", ["hta", "hta"], "uniqueItems"),
        ("comorbidities", "hta", "type"),
        ("comments", "", "minLength"),
        ("lab_hb_xd", 8.5, "additionalProperties"),
        ("dm_tx", [{"dtrt_drug": "mtx"}], "required"),
        ("dm_tx", [{"_row": 0}], "minimum"),
        ("dm_tx", [{"_row": 1, "mtrt_drug": "mtx"}], "additionalProperties"),
        ("_missing", {"lab_hb_dx": "ND"}, "enum"),
        ("_bound", {"lab_ferritin_dx": "40000"}, "pattern"),
    ],
)
def test_a_wrong_value_is_seen_by_a_stock_validator(item, value, keyword):
    assert keyword in {found for _, found in errors(**{item: value})}


def test_a_fault_in_a_row_says_which_row():
    rows = [{"_row": 1, "dtrt_dose": 5}, {"_row": 2, "dtrt_dose": -1}]
    assert errors(dm_tx=rows) == [("$.dm_tx[1].dtrt_dose", "minimum")]


def test_a_thirteenth_treatment_can_be_recorded():
    assert errors(mas_tx=[{"_row": row, "mtrt_drug": "eto"} for row in range(1, 14)]) == []


def test_the_document_is_a_valid_json_schema():
    Draft202012Validator.check_schema(FORM.document)
