"""What the first sheet says is expected and given, once a program has computed it."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from functools import cache

import pytest
from openpyxl import load_workbook

from intake.checks.checker import Checker
from intake.formats.excel.anchors import TALLY_SHEET
from intake.formats.excel.read.reader import ExcelReader
from intake.formats.office.repack import unpacked
from intake.model.address import places
from intake.words.catalogue import Words
from tests.kit.fillers.forms import OTHER, SHIPPED, definition
from tests.kit.fillers.with_openpyxl import fill
from tests.kit.places import ROOT
from tests.rooms.formats.excel.write.test_writer import FORMS, blank, book
from tests.whole.clients import libreoffice

SUMMARY = "B5"
FUNCTIONS = {"AND", "OR", "NOT", "IF", "LEN", "TRIM", "COUNTA", "COUNTIF", "SUM", "REPT", "ROUND"}
FILLED = [
    (SHIPPED, "fr", "01"),
    (SHIPPED, "fr", "03"),
    (SHIPPED, "en", "08"),
    (SHIPPED, "fr", "14-cut"),
    (OTHER, "de", ""),
]


def formulas(workbook):
    cells = (
        c for title in (workbook.sheetnames[0], TALLY_SHEET) for r in workbook[title] for c in r
    )
    return [cell.value for cell in cells if cell.data_type == "f"]


@pytest.mark.parametrize(("schema", "language"), FORMS)
def test_formulas_use_only_functions_that_every_program_knows(schema, language):
    quoted = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")
    found = formulas(book(schema, language))
    used = {name for f in found for name in re.findall(r"([A-Z]+)\(", quoted.sub("", f))}

    assert used <= FUNCTIONS
    assert max(map(len, found)) < 8_000


def test_no_result_is_stored_and_programs_are_told_to_compute():
    parts = unpacked(blank())
    sheets = b"".join(parts[name] for name in parts if name.startswith("xl/worksheets/"))

    assert b"</f><v" not in sheets
    assert b'fullCalcOnLoad="1"' in parts["xl/workbook.xml"]


def test_each_answer_that_may_be_expected_is_counted_once():
    form = definition()
    counted = [
        cell for row in book()[TALLY_SHEET].iter_rows(min_col=2) for cell in row if cell.value
    ]
    printed = {group.fixed_item for group in form.groups.values()}
    asked = {(p.item.name, p.row) for p in places(form) if p.item.required}

    assert len(counted) == len([key for key in asked if key[0] not in printed])


def test_the_first_sheet_leads_to_every_other():
    sheet = book().worksheets[0]
    links = [cell.hyperlink.location for row in sheet for cell in row if cell.hyperlink]

    shown = [s.title for s in book() if s.sheet_state == "visible"][1:]
    assert [link.split("'!")[0].strip("'") for link in links] == shown


LEFT = "Réponses encore attendues\N{NO-BREAK SPACE}: 12. Rubriques\N{NO-BREAK SPACE}: A B"


def test_what_the_first_sheet_says_is_neither_read_nor_remarked():
    workbook = load_workbook(io.BytesIO(blank()))
    for row in (*workbook.worksheets[0], *workbook[TALLY_SHEET]):
        for cell in row:
            if cell.data_type == "f":
                cell.value = LEFT if cell.coordinate == "B5" else "99"
    target = io.BytesIO()
    workbook.save(target)
    raw = ExcelReader().read(ExcelReader().inspect(target.getvalue()), definition())

    assert raw.findings == ()
    assert {answer.address.rsplit("__", 1)[-1] for answer in raw.answers} <= {"fu_timepoint"}


def typed(schema, language, record):
    """Return a form filled with a record of the demonstration, or with one answer in two."""
    form = definition(schema)
    if not record:
        printed = {group.fixed_item for group in form.groups.values()}
        asked = [place for place in places(form) if place.item.name not in printed]
        return fill(blank(schema, language), dict(map(by_half, asked[::2], [language] * 400)))
    answers = json.loads((ROOT / "demo" / f"{record}.json").read_text("utf-8"))
    by_address = {place.address: place for place in places(form)}
    for address, text in answers.items():
        option = by_address[address].item.option(text)
        if option is not None:
            answers[address] = option.title[language]
        elif by_address[address].option is not None:
            answers[address] = "x"
    return fill(blank(schema, language), answers)


def by_half(place, language):
    item = place.item
    if place.option is not None:
        return place.address, "x"
    if item.options:
        return place.address, item.options[0].title[language]
    return place.address, "01/05/2024" if item.is_date else "2" if item.is_number else "abc"


@cache
def checker(schema):
    return Checker(definition(schema))


@pytest.mark.slow
@pytest.mark.programs
@pytest.mark.skipif(libreoffice.missing() is not None, reason=str(libreoffice.missing()))
@pytest.mark.parametrize(("schema", "language", "record"), FILLED)
def test_libreoffice_counts_what_the_program_counts(schema, language, record):
    content = typed(schema, language, record)
    raw = ExcelReader().read(ExcelReader().inspect(content), definition(schema))
    checked = checker(schema).check(raw, language=language, received=dt.date(2026, 11, 2))
    computed = libreoffice.converted(content, "xlsx", "xlsx")
    sheet = load_workbook(io.BytesIO(computed), data_only=True).worksheets[0]
    *parts, total = [row for row in sheet.values if isinstance(row[2], int)]

    assert tuple(total[2:4]) == (checked.expected - missing(checked), checked.expected)
    assert tuple(sum(row[column] for row in parts) for column in (2, 3)) == total[2:4]
    said, unfinished = sheet[SUMMARY].value, dict.fromkeys(r[0] for r in parts if r[2] < r[3])
    if unfinished:
        assert f": {total[3] - total[2]}. " in said.replace("\u00a0", " ")
        assert said.endswith(": " + " ".join(unfinished))
    else:
        assert said == Words(language).text("excel.progress.ready")


def missing(checked):
    """Return how many expected answers nothing was written for; held back is written."""
    single = sum(finding.code == "REQUIRED" for finding in checked.findings)
    sections = (f for f in checked.findings if f.code == "SECTION_INCOMPLETE")
    return single + sum(int(finding.context["count"]) for finding in sections)
