"""What people and programs do to sheets, names and codes: followed, or said."""

from __future__ import annotations

import io
import re
from functools import cache

import pytest
from openpyxl import load_workbook

from intake.formats.excel.read.reader import ExcelReader
from intake.formats.office.repack import packed, unpacked
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode
from intake.model.submission import Rung
from tests.kit.broken.workbook import (
    COMMENTS,
    MAIN,
    WORKBOOK,
    drop_names,
    edited,
    merge,
    place_of,
    replaced,
    sheet_part,
    with_cell,
)
from tests.kit.fillers.forms import few, few_blank
from tests.kit.fillers.with_openpyxl import fill, named_cell, saved

READER = ExcelReader()
FIXED = "fu_timepoint"
ENTERED = {"mas_weight": "72,5", "birth_date": "14/03/1961", "comorbidities__hta": "Oui"}
ENTERED |= {"mas_tx__2__mtrt_start_date": "03/2016", "dm_cancer_type": "sein"}


@cache
def filled():
    return fill(few_blank(), ENTERED)


def read(content):
    raw = READER.read(READER.inspect(content), few())
    own = [answer for answer in raw.answers if not answer.address.endswith(FIXED)]
    return {answer.address: answer.text for answer in own}, raw


def codes(raw):
    return [finding.code for finding in raw.findings]


def test_an_intact_form_says_nothing():
    answers, raw = read(filled())
    assert answers == ENTERED
    assert raw.findings == ()
    assert {answer.rung for answer in raw.answers} == {Rung.FIELD}


def test_an_answer_is_placed_by_sheet_cell_and_code():
    raw = read(filled())[1]
    place = raw.places["mas_tx__2__mtrt_start_date"]
    assert place.code == "S12.2"
    assert (place.sheet, place.cell) == place_of(few_blank(), "mas_tx__2__mtrt_start_date")


def test_a_form_without_names_is_read_by_its_codes_and_says_so():
    answers, raw = read(drop_names(filled()))
    assert answers == ENTERED
    assert {answer.rung for answer in raw.answers} == {Rung.CODE_ROW}
    assert codes(raw) == [FindingCode.CELLS_BY_CODE]


def test_a_form_without_codes_is_read_by_its_names():
    book = load_workbook(io.BytesIO(filled()))
    for sheet in book:
        for row in range(5, sheet.max_row + 1):
            sheet.cell(row, 1).value = None
    answers, raw = read(saved(book))
    assert answers == ENTERED
    assert {answer.rung for answer in raw.answers} == {Rung.FIELD}
    assert set(codes(raw)) <= {FindingCode.TEXT_ELSEWHERE}


def test_a_name_and_a_code_that_lead_to_different_answers_are_said():
    content = fill(few_blank(), {"mas_weight": "72,5", "dm_cancer_type": "sein"})
    (_, weight), (sheet, other) = (
        place_of(content, "mas_weight"),
        place_of(content, "dm_cancer_type"),
    )
    old = f"name=\"mas_weight\">'{place_of(content, 'mas_weight')[0]}'!$C${weight[1:]}<"
    new = f"name=\"mas_weight\">'{sheet}'!$C${other[1:]}<"
    answers, raw = read(replaced(content, WORKBOOK, old.encode(), new.encode()))
    said = {(finding.code, finding.item) for finding in raw.findings}
    assert answers["mas_weight"] == "sein"
    assert (FindingCode.READINGS_DISAGREE, "mas_weight") in said
    assert (FindingCode.READINGS_DISAGREE, "dm_cancer_type") in said


def test_a_name_that_leads_to_an_empty_cell_while_its_line_is_filled_is_said():
    content = filled()
    sheet, cell = place_of(content, "mas_weight")
    old = f"'{sheet}'!$C${cell[1:]}<".encode()
    answers, raw = read(replaced(content, WORKBOOK, old, f"'{sheet}'!$C$900<".encode()))
    assert answers["mas_weight"] == "72,5"
    assert [(f.code, f.item) for f in raw.findings] == [
        (FindingCode.READINGS_DISAGREE, "mas_weight")
    ]


def test_renamed_and_moved_sheets_change_nothing():
    book = load_workbook(io.BytesIO(filled()))
    book.move_sheet(book.sheetnames[3], -2)
    order = [title for title in book.sheetnames if not title.startswith("_")]
    parts = unpacked(saved(book))
    text = parts[WORKBOOK].decode()
    for number, title in enumerate(order):
        text = text.replace(f'name="{title}"', f'name="Feuille &apos;{number}"')
        text = text.replace(f"'{title}'!", f"'Feuille ''{number}'!")
    parts[WORKBOOK] = text.encode()
    answers, raw = read(packed(parts))
    assert answers == ENTERED
    assert raw.findings == ()


def test_a_sheet_that_was_deleted_leaves_a_finding_for_its_questions():
    book = load_workbook(io.BytesIO(filled()))
    lost = book["H Cancer associé"]
    gone = [name for name in book.defined_names if named_cell(book, name).parent is lost]
    book.remove(lost)
    for name in gone:
        book.defined_names[name].attr_text = "#REF!$C$5"
    answers, raw = read(saved(book))
    assert "dm_cancer_type" not in answers
    (finding,) = raw.findings
    assert finding.code == FindingCode.FIELD_MISSING
    assert set(finding.items) == set(gone)


def test_an_inserted_column_and_row_are_followed_by_names_and_codes():
    content = filled()
    sheet, _ = place_of(content, "mas_weight")

    def shift(root):
        for row in root.iter(f"{{{MAIN}}}row"):
            row.set("r", str(int(row.get("r")) + 2))
            for cell in row:
                letters, number = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r")).groups()
                cell.set("r", f"{chr(ord(letters) + 1)}{int(number) + 2}")

    moved = edited(content, sheet_part(content, sheet), shift)
    text = unpacked(moved)[WORKBOOK].decode()
    shifted = re.sub(
        rf"('{sheet}'!)\$C\$(\d+)<", lambda m: f"{m[1]}$D${int(m[2]) + 2}<", text
    ).encode()
    answers, raw = read(packed({**unpacked(moved), WORKBOOK: shifted}))
    assert answers == ENTERED
    assert raw.findings == ()
    answers, raw = read(drop_names(moved))
    assert answers == ENTERED


def test_cells_and_rows_without_addresses_are_counted():
    content = filled()
    sheet, _ = place_of(content, "mas_weight")

    def forget(root):
        for row in root.iter(f"{{{MAIN}}}row"):
            row.attrib.pop("r")
            for cell in row:
                cell.attrib.pop("r")

    answers, raw = read(edited(content, sheet_part(content, sheet), forget))
    assert answers == ENTERED
    assert raw.findings == ()


def test_the_size_a_sheet_states_is_not_believed():
    content = filled()
    part = sheet_part(content, place_of(content, "mas_weight")[0])
    before = re.search(rb"<dimension[^>]*>", unpacked(content)[part])[0]
    answers, _ = read(replaced(content, part, before, b'<dimension ref="A1:A2"/>'))
    assert answers == ENTERED


def test_an_answer_merged_into_its_question_is_said_to_be_lost():
    content = with_cell(filled(), "mas_weight", "")
    _, cell = place_of(content, "mas_weight")
    answers, raw = read(merge(content, "mas_weight", f"B{cell[1:]}:{cell}"))
    assert "mas_weight" not in answers
    assert [(f.code, f.item) for f in raw.findings] == [(FindingCode.CELL_MERGED, "mas_weight")]


def test_an_answer_merged_with_the_cell_after_it_is_read():
    content = filled()
    _, cell = place_of(content, "mas_weight")
    answers, raw = read(merge(content, "mas_weight", f"{cell}:D{cell[1:]}"))
    assert answers == ENTERED
    assert raw.findings == ()


def test_a_copied_sheet_with_another_answer_is_said():
    book = load_workbook(io.BytesIO(filled()))
    copy = book.copy_worksheet(book[place_of(filled(), "mas_weight")[0]])
    copy[place_of(filled(), "mas_weight")[1]].value = "80"
    answers, raw = read(saved(book))
    assert answers["mas_weight"] == "72,5"
    assert ("mas_weight", FindingCode.READINGS_DISAGREE) in {(f.item, f.code) for f in raw.findings}


def test_words_outside_the_answers_are_said_and_placed():
    book = load_workbook(io.BytesIO(filled()))
    sheet = book[place_of(filled(), "mas_weight")[0]]
    sheet["H9"].value, sheet["B80"].value = "voir compte rendu", "vu le 3 mars"
    book.create_sheet("Notes")["A1"].value = "à suivre"
    answers, raw = read(saved(book))
    assert answers == ENTERED
    assert codes(raw) == [FindingCode.TEXT_ELSEWHERE] * 3
    assert [finding.location.cell for finding in raw.findings] == ["H9", "B80", "A1"]
    assert [len(finding.items) for finding in raw.findings] == [1, 0, 0]


def test_a_cell_a_million_rows_down_costs_nothing_and_is_said():
    content = filled()
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    part = sheet_part(content, place_of(content, "mas_weight")[0])
    answers, raw = read(replaced(content, part, b"</sheetData>", far))
    assert answers == ENTERED
    assert codes(raw) == [FindingCode.TEXT_ELSEWHERE]


@pytest.mark.parametrize("lost", ["_meta", "property", "name", "all hidden"])
def test_the_stamp_survives_the_loss_of_its_carriers(lost):
    content = filled()
    if lost in ("_meta", "all hidden"):
        book = load_workbook(io.BytesIO(content))
        book.remove(book["_meta"])
        content = saved(book)
    if lost in ("property", "all hidden"):
        content = packed({n: p for n, p in unpacked(content).items() if n != "docProps/custom.xml"})
    if lost in ("name", "all hidden"):
        content = drop_names(content)
    stamps = {claim.stamp for claim in READER.inspect(content).claims}
    assert [stamp.text for stamp in stamps] == ["DM-SAM 1.0.0 · fr · REI · " + few().fingerprint]


def test_a_changed_stamp_is_one_more_claim():
    content = replaced(filled(), "docProps/custom.xml", b"1.0.0", b"9.9.9")
    versions = {claim.stamp.version for claim in READER.inspect(content).claims}
    assert versions == {"1.0.0", "9.9.9"}


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl\\vbaProject.bin", "xl/embeddings/o.bin"])
def test_a_workbook_with_active_content_is_not_opened(part):
    with pytest.raises(UnreadableFile) as refused:
        READER.inspect(packed({**unpacked(filled()), part: b"<x/>"}))
    assert refused.value.code == FindingCode.FILE_UNSAFE


def test_comments_are_said_and_never_read():
    content = packed({**unpacked(filled()), "xl/comments1.xml": COMMENTS})
    answers, raw = read(content)
    assert answers == ENTERED
    assert codes(raw) == [FindingCode.TEXT_ELSEWHERE]


@pytest.mark.parametrize("part", [WORKBOOK, "xl/worksheets/sheet3.xml", "xl/styles.xml"])
@pytest.mark.parametrize(
    "content", [b"", b"<workbook", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', b"\xff\xfe"]
)
def test_a_damaged_part_makes_the_file_unreadable(part, content):
    with pytest.raises(UnreadableFile):
        READER.inspect(packed({**unpacked(filled()), part: content}))
