"""What a spreadsheet program makes of a time of day: read where it is sure, else said."""

from __future__ import annotations

import io
from functools import cache

import openpyxl
import pytest

from intake.formats.excel.read.reader import ExcelReader
from intake.formats.excel.write.writer import ExcelWriter
from intake.model.stamp import FormStamp
from intake.ports import FormRequest
from tests.kit.broken.workbook import with_cell
from tests.kit.fillers.forms import OTHER, definition

READER = ExcelReader()
TIME, DATE, NUMBER = "survey_time", "survey_date", "weight"
CONVERTED, UNSURE = "CELL_TIME_CONVERTED", "CELL_DATE_UNSURE"


@cache
def blank():
    form = definition(OTHER)
    stamp = FormStamp(form.id, form.version, "en", form.fingerprint)
    return ExcelWriter().write(form, FormRequest(language="en", stamp=stamp))


def read(address, inside, **how):
    """Return the text read from one changed cell, and the codes of what is said of it."""
    content = with_cell(blank(), address, inside, **how)
    raw = READER.read(READER.inspect(content), definition(OTHER))
    texts = {answer.address: answer.text for answer in raw.answers}
    return texts.get(address, ""), {finding.code for finding in raw.findings}


@pytest.mark.parametrize(
    ("address", "raw", "shown", "text", "codes"),
    [
        (TIME, "0.336805555555556", "time", "08:05", {CONVERTED}),
        (TIME, "0.33680555555555552", "h:mm AM/PM", "08:05", {CONVERTED}),
        (TIME, "0", "time", "00:00", {CONVERTED}),
        (TIME, "0.999305555555556", "time", "23:59", {CONVERTED}),
        (TIME, "0.337152777777778", "time", "08:06", {UNSURE}),
        (TIME, "1", "[h]:mm:ss", "1", {UNSURE}),
        (TIME, "0.336805555555556", "General", "0.336805555555556", set()),
        (TIME, "8.05", "General", "8.05", set()),
        (TIME, "45000.3368055556", "date", "2023-03-15", {UNSURE}),
        (NUMBER, "0.336805555555556", "time", "08:05", {UNSURE}),
        (DATE, "0.336805555555556", "time", "08:05", {UNSURE}),
    ],
)
def test_a_part_of_a_day_is_a_time_where_one_is_asked_and_shown(address, raw, shown, text, codes):
    assert read(address, f"<v>{raw}</v>", shown=shown) == (text, codes)


def test_the_cell_of_a_time_says_how_to_write_it():
    book = openpyxl.load_workbook(io.BytesIO(blank()))
    prompts = [
        rule.prompt or "" for sheet in book for rule in sheet.data_validations.dataValidation
    ]
    assert any(prompt.startswith("HH:MM, from 00:00 to 23:59.") for prompt in prompts)


def test_a_time_typed_as_text_stays_as_it_was_typed():
    assert read(TIME, "<is><t>8h05</t></is>", kind="inlineStr") == ("8h05", set())


def test_a_formula_that_gives_a_time_is_said_beside_it():
    inside = "<f>TIME(8,5,0)</f><v>0.336805555555556</v>"
    assert read(TIME, inside, shown="time") == ("08:05", {CONVERTED, "CELL_FORMULA"})
