"""A record that a form cannot hold is refused with what is wrong, never an answer."""

from __future__ import annotations

import pytest

from intake.model.definition import DataType, FormDefinition
from intake.pipeline.forms.record_faults import record_faults
from intake.pipeline.forms.written import written
from tests.kit.fillers.forms import OTHER, SHIPPED, definition


def named(form: FormDefinition, kind: DataType) -> str:
    """Return the first single item of a kind."""
    return next(item.name for item in form.single_items if item.data_type is kind)


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ([], "one JSON object"),
        ({"shoe_size": 42}, "shoe_size: the form asks no such question"),
        ({"_missing": {"shoe_size": "UNK"}}, "_missing shoe_size"),
        ({"hive_number": "seven"}, "hive_number: is not a whole number"),
        ({"hive_number": 4000}, "within its limits"),
        ({"breed": "wasp"}, "breed: is not one of its codes: buck, carn"),
        ({"survey_date": "14/03/2016"}, "a day such as 2016-03-14"),
        ({"_missing": {"survey_date": "LATER"}}, "is not one of NOTDONE"),
        ({"_missing": {"breed": "UNK"}}, "breed: the reason UNK cannot be written there"),
        ({"_bound": {"breed": "<3"}}, "breed: takes no bound"),
        ({"hive_number": 3, "_bound": {"hive_number": "<3"}}, "only one can stand"),
    ],
)
def test_each_fault_is_named(record, words):
    assert words in "\n".join(record_faults(definition(OTHER), record))


def test_rows_that_are_not_printed_or_given_twice_are_named():
    form = definition(OTHER)
    group = next(g for g in form.groups.values() if g.fixed_item is None)
    rows = [{"_row": group.rows + 1}, {"_row": 1}, {"_row": 1}]
    faults = record_faults(form, {group.name: rows})
    assert f"{group.name}, entry 1, _row: the form prints rows 1 to {group.rows}" in faults
    assert f"{group.name}: row 1 is given 2 times" in faults
    assert "asks no such question" in record_faults(form, {group.name: [{"_row": 1, "x": 1}]})[0]


def test_a_row_with_another_value_than_the_printed_one_is_named():
    form = definition(SHIPPED)
    row = {"_row": 1, "fu_timepoint": "m12"}
    (fault,) = record_faults(form, {"mas_fu": [row]})
    assert "row 1 is printed with d3" in fault


@pytest.mark.parametrize("character", ["\x01", "\ud800"])
def test_a_character_that_no_form_can_carry_is_refused(character):
    form = definition(SHIPPED)
    name = next(i.name for i in form.single_items if i.is_free_text and i.pattern is None)
    (fault,) = record_faults(form, {name: f"a{character}b"})
    assert fault == f"{name}: holds a character that no form can carry"


def test_no_answer_is_quoted():
    record = {"region": "SECRET", "hive_number": "SECRET", "breed": "SECRET"}
    faults = record_faults(definition(OTHER), record)
    assert len(faults) == 3
    assert "SECRET" not in "".join(faults)


def test_answers_are_written_as_a_centre_would():
    form = definition(SHIPPED)
    date, number = named(form, DataType.DATE), "lab_hb_dx"
    record = {
        date: "2016-03-04",
        "mas_dx_date": "2016-03",
        number: 8.5,
        "_missing": {"lab_crp_dx": "NOTDONE", "lab_alat_dx": "ERR"},
        "_bound": {"lab_ferritin_dx": ">40000.5"},
    }
    french, english = written(form, record, "fr"), written(form, record, "en")
    assert french[date] == "04/03/2016"
    assert french["mas_dx_date"] == "03/2016"
    assert (french[number], english[number]) == ("8,5", "8.5")
    assert french["lab_ferritin_dx"] == ">40000,5"
    assert (french["lab_crp_dx"], english["lab_crp_dx"]) == ("NF", "ND")
    assert "lab_alat_dx" not in french


def test_a_number_of_three_decimals_cannot_be_read_as_thousands():
    form = definition(SHIPPED)
    assert written(form, {"lab_hb_dx": 1.234}, "fr")["lab_hb_dx"] == "1,2340"
    assert written(form, {"lab_hb_dx": 1e-7}, "fr")["lab_hb_dx"] == "0,0000001"
