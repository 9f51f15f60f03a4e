"""Blank Excel forms: every place once, in the same cell by name and by code; look and bytes."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell

from intake.formats.excel.anchors import CODE, LISTS_SHEET, META_SHEET, STAMP_NAME, TALLY_SHEET
from intake.formats.excel.read.reader import ExcelReader
from intake.formats.excel.write.page import LONGEST, Tabs
from intake.formats.excel.write.writer import ExcelWriter
from intake.formats.office.repack import unpacked
from intake.model.address import places, places_by_address
from intake.model.definition import DataType
from intake.model.errors import DefinitionError
from intake.model.stamp import FormStamp
from intake.model.submission import Rung
from intake.ports import FormRequest
from intake.words.catalogue import Words
from tests.kit.fillers.forms import OTHER, SHIPPED, definition
from tests.kit.fillers.with_openpyxl import named_cell

FORMS = [(SHIPPED, "fr"), (SHIPPED, "en"), (OTHER, "de"), (OTHER, "en")]
MOST_BYTES = 80_000


def request(schema=SHIPPED, language="fr", **more):
    form = definition(schema)
    stamp = FormStamp(form.id, form.version, language, form.fingerprint, "REI")
    return FormRequest(language=language, stamp=stamp, **more)


@cache
def blank(schema=SHIPPED, language="fr"):
    return ExcelWriter().write(definition(schema), request(schema, language))


@cache
def book(schema=SHIPPED, language="fr"):
    return load_workbook(io.BytesIO(blank(schema, language)))


def shown_sheets(workbook):
    return [sheet for sheet in workbook if sheet.sheet_state == "visible"]


def fixed_items(form):
    return {group.fixed_item for group in form.groups.values()}


@pytest.mark.parametrize(("schema", "language"), FORMS)
def test_each_place_has_one_name_and_the_line_of_its_code_leads_to_the_same_cell(schema, language):
    form = definition(schema)
    inspection = ExcelReader().inspect(blank(schema, language))
    named = {f.address: f.location for f in inspection.fields if f.rung is Rung.FIELD}
    coded = {f.address: f.location for f in inspection.fields if f.rung is Rung.CODE_ROW}
    assert set(named) == {*places_by_address(form), STAMP_NAME}
    assert {p.address: named[p.address] for p in places(form)} == {
        p.address: coded[p.code] for p in places(form)
    }
    assert len(set(named.values())) == len(named)


@pytest.mark.parametrize(("schema", "language"), FORMS)
def test_answer_cells_are_open_text_cells_and_nothing_else_is(schema, language):
    form, workbook = definition(schema), book(schema, language)
    asked = [p for p in places(form) if p.item.name not in fixed_items(form)]
    answers = [named_cell(workbook, place.address) for place in asked]
    assert {cell.number_format for cell in answers} == {"@"}
    opened = {c for sheet in workbook for row in sheet for c in row if not c.protection.locked}
    assert opened == set(answers)


def test_sheets_are_locked_without_a_password():
    for sheet in book():
        assert sheet.protection.sheet
        assert sheet.protection.password is None
    assert book().security.lockStructure


@pytest.mark.parametrize(("schema", "language"), FORMS)
def test_lists_offer_the_labels_in_order_and_never_refuse(schema, language):
    form, workbook = definition(schema), book(schema, language)
    words = Words(language)
    for place in places(form):
        if not place.item.is_choice or place.item.name in fixed_items(form):
            continue
        cell = named_cell(workbook, place.address)
        (rule,) = [
            r
            for r in cell.parent.data_validations.dataValidation
            if r.type == "list" and cell.coordinate in r.sqref
        ]
        sheet, _, cells = rule.formula1.partition("!")
        assert sheet == LISTS_SHEET
        offered = [row[0].value for row in workbook[LISTS_SHEET][cells.replace("$", "")]]
        labels = [words.local(option.title) for option in place.item.options]
        assert offered == ([words.text("excel.yes")] if place.option else labels)
        assert rule.errorStyle == "warning"


def test_messages_fit_what_excel_shows():
    rules = [rule for sheet in book() for rule in sheet.data_validations.dataValidation]
    assert all(len(rule.prompt or "") <= 255 for rule in rules)
    assert all(len(rule.error or "") <= 225 for rule in rules)
    assert all(len(rule.errorTitle or "") <= 32 for rule in rules)
    number = named_cell(book(), "lab_hb_dx") if "lab_hb_dx" in book().defined_names else None
    if number is not None:
        prompts = [r.prompt for r in number.parent.data_validations.dataValidation
                   if number.coordinate in r.sqref]  # fmt: skip
        assert "NF (non fait)" in prompts[0]


def test_colours_are_rules_by_formula_that_use_known_names_only():
    names = {name.lower() for name in book().defined_names}
    words = re.compile(r'"[^"]*"|\b[A-Za-z_][A-Za-z_0-9.]*\b')
    known = {"and", "or", "not", "len", "trim", "counta", "true"}
    for sheet in shown_sheets(book()):
        for cells in sheet.conditional_formatting:
            for rule in cells.rules:
                assert rule.type == "expression"
                found = {w.lower() for w in words.findall(rule.formula[0]) if w[0] != '"'}
                cells_named = {w for w in found if re.fullmatch(r"[a-z]{1,2}\d{0,3}", w)}
                assert found - known - cells_named <= names


def test_every_sheet_shows_its_stamp_on_screen_and_in_print():
    stamp = request().stamp.text
    for sheet in shown_sheets(book()):
        texts = [cell.value for row in sheet.iter_rows(max_row=6) for cell in row]
        assert stamp in texts
        assert stamp in sheet.oddFooter.left.text
        assert sheet.oddFooter.left.text.endswith("&P/&N")
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


def test_a_sign_that_orders_footers_is_printed_as_itself():
    form = definition()
    stamp = FormStamp(form.id, form.version, "fr", form.fingerprint, "R&D")
    content = ExcelWriter().write(form, FormRequest(language="fr", stamp=stamp))
    assert b"R&amp;&amp;D" in unpacked(content)["xl/worksheets/sheet1.xml"]


def test_all_carriers_of_the_stamp_agree():
    claims = ExcelReader().inspect(blank()).claims
    assert {claim.stamp for claim in claims} == {request().stamp}
    assert {claim.carrier for claim in claims} == {"field", "sheet", "footer", "metadata"}


def test_carriers_and_lists_are_hidden():
    states = {sheet.title: sheet.sheet_state for sheet in book() if sheet.title[0] == "_"}
    assert states == {LISTS_SHEET: "hidden", TALLY_SHEET: "hidden", META_SHEET: "veryHidden"}


def test_sheet_names_are_short_unique_and_allowed():
    titles = book().sheetnames
    assert all(len(title) <= LONGEST and not re.search(r"[\[\]:*?/\\]", title) for title in titles)
    assert len({title.casefold() for title in titles}) == len(titles)
    tabs = Tabs()
    long = "Une rubrique dont le titre dépasse de loin : la largeur"
    assert [tabs.name(long, "A"), tabs.name(long, "A")] == [
        "A Une rubrique dont le titre…",
        "A (2) Une rubrique dont le…",
    ]


def test_every_filled_cell_names_its_font():
    sheets = [sheet for sheet in book() if sheet.title != TALLY_SHEET]
    cells = (c for sheet in sheets for row in sheet for c in row if isinstance(c, Cell))
    fonts = {cell.font.name for cell in cells if cell.has_style}
    assert fonts == {"Arial"}


def test_rows_have_the_height_that_their_words_need():
    for sheet in shown_sheets(book())[1:]:
        for row in range(5, sheet.max_row + 1):
            assert sheet.row_dimensions[row].height >= 19


def test_codes_stand_alone_in_the_first_column():
    for sheet in shown_sheets(book())[1:]:
        assert all(CODE.fullmatch(sheet.cell(row, 1).value) for row in range(5, sheet.max_row + 1))
        assert not sheet.merged_cells.ranges


def test_answers_filled_in_are_read_back_as_if_typed():
    form = definition()
    sex = form.items["sex"]
    told = {"centre3": "REI", "sex": sex.options[0].code, "comorbidities__hta": "1",
            "dm_cancer_type": "=1+1", "mas_weight": "72,5"}  # fmt: skip
    content = ExcelWriter().write(form, request(prefill=told))
    raw = ExcelReader().read(ExcelReader().inspect(content), form)
    read = {a.address: a.text for a in raw.answers if not a.address.endswith("fu_timepoint")}
    label = sex.options[0].title["fr"]
    assert read == {**told, "sex": label, "comorbidities__hta": "Oui"}
    assert raw.findings == ()


@pytest.mark.parametrize("told", [{"nowhere": "1"}, {"sex": "neither"}])
def test_answers_that_no_cell_can_hold_are_refused(told):
    assert [fault.address for fault in ExcelWriter().audit(definition(), request(prefill=told))]
    with pytest.raises(DefinitionError):
        ExcelWriter().write(definition(), request(prefill=told))


def test_the_same_request_gives_the_same_small_file_without_a_clock():
    again = ExcelWriter().write(definition(), request())
    assert again == blank()
    assert len(again) < MOST_BYTES
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = unpacked(again)["docProps/core.xml"]
    assert core.count(b"2000-01-01T00:00:00Z") == 2
    assert b"crf-intake" in core


def test_a_group_is_set_items_down_and_rows_across():
    group = max(definition().groups.values(), key=lambda group: len(group.items))
    first = next(i for i in group.items if i.data_type is not DataType.MULTIPLE_CHOICE)
    cells = [named_cell(book(), f"{group.name}__{row}__{first.name}") for row in (1, group.rows)]
    sheet = cells[0].parent
    assert [sheet.cell(4, cell.column).value for cell in cells] == [1, group.rows]
    assert cells[0].row == cells[1].row
