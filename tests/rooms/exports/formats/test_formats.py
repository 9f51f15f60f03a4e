"""Each format holds every cell of the CSV files, or says what it could not hold."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter

import openpyxl
import pytest

from intake.exports.writers import registry
from intake.exports.writers.excel import NAME
from intake.exports.writers.excel_cells import distinct
from intake.exports.writers.lost import Lost
from intake.exports.writers.registry import module_of, write_in
from intake.model.file.export_format import LOST, ExportFormat
from tests.rooms.exports.formats.conftest import ODD_TEXTS, read, written

ALWAYS_THERE = [each for each in ExportFormat if module_of(each) is None]


@pytest.mark.parametrize("to", ALWAYS_THERE)
def test_the_same_records_give_the_same_bytes(sent, to):
    first, second = sent(to, "first"), sent(to, "second")
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()


@pytest.mark.parametrize("to", ALWAYS_THERE)
def test_what_was_lost_is_told_without_any_answer(sent, to, free_text):
    content = (sent(to) / LOST).read_bytes()
    assert content.splitlines()[0] == b"file,column,what,instead,cells"
    for text in ODD_TEXTS:
        assert text == "_x0041_" or text not in content.decode()


def test_nothing_lost_is_a_header_alone():
    assert Lost().content == b"file,column,what,instead,cells\n"


def test_the_same_loss_is_counted():
    lost = Lost()
    for _ in range(3):
        lost.note("a.csv", "b", "c", "d")
    assert read(lost.content)[0]["cells"] == "3"


def test_french_csv_changes_decimal_points_and_texts_that_a_spreadsheet_would_change(source, sent):
    folder = sent(ExportFormat.CSV_FR)
    marked = Counter()
    for file in source.files:
        content = (folder / file.file).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        told, held = read(content, ";"), read((source.folder / file.file).read_bytes())
        assert len(told) == len(held)
        types = {field.name: field.type for field in file.fields}
        for line, known in zip(told, held, strict=True):
            for column, cell in line.items():
                if cell.startswith("'") and not known[column].startswith("'"):
                    marked[file.file, column] += 1
                    cell = cell[1:]  # noqa: PLW2901 - without the mark
                same = cell == known[column]
                number = types[column] == "number" or column == "value"
                assert same or (number and cell.replace(",", ".") == known[column])
    noted = read((folder / LOST).read_bytes())
    assert marked == Counter({(n["file"], n["column"]): int(n["cells"]) for n in noted})


def test_french_csv_has_no_text_that_a_spreadsheet_runs_or_turns(sent, free_text):
    lines = read((sent(ExportFormat.CSV_FR) / "records.csv").read_bytes(), ";")
    told = {line[free_text] for line in lines}
    safe = {'a;b,"c"', "two\nlines", "é 😀 ≥ 3", "_x0041_", "plain", "#N/A"}
    assert safe <= told
    assert {"'" + text for text in set(ODD_TEXTS) - safe} <= told


def sheets(folder):
    return openpyxl.load_workbook(folder / NAME)


def test_a_workbook_has_patients_then_the_codebook_with_frozen_heads_and_filters(source, sent):
    book = sheets(sent(ExportFormat.EXCEL))
    assert book.sheetnames[:2] == ["Patients", "Codebook"]
    assert len(book.sheetnames) == 1 + len(source.wide)
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_a_workbook_holds_every_cell_as_words_numbers_or_days(source, sent):
    book = sheets(sent(ExportFormat.EXCEL))
    order = [source.wide[0], source.file("codebook.csv"), *source.wide[1:]]
    for sheet, file in zip(book, order, strict=True):
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        held = list(source.rows(file.file))
        assert len(rows) == len(held)
        for row, known in zip(rows, held, strict=True):
            for cell, text, field in zip(row, known, file.fields, strict=True):
                words = distinct(source.words(field))
                if cell is None or not text:
                    assert (cell, text) == (None, "")
                elif field.type in ("integer", "number") and not isinstance(cell, str):
                    assert float(cell) == float(text)
                elif isinstance(cell, dt.datetime):
                    assert cell.date().isoformat() == text
                else:
                    assert cell == "; ".join(words.get(c, c) for c in text.split(";")) or (
                        not words and cell == text
                    )


def test_no_text_of_a_workbook_is_a_formula(sent, free_text):
    sheet = sheets(sent(ExportFormat.EXCEL))["Patients"]
    kinds = {cell.value: (cell.data_type, cell.quotePrefix) for row in sheet for cell in row}
    for text in ODD_TEXTS:
        assert kinds[text][0] == "s"
    assert kinds["=1+1"][1]
    assert {kind for kind, _ in kinds.values()} <= {"s", "n", "d"}


def test_headings_of_a_workbook_are_questions_with_their_column(source, sent):
    sheet = sheets(sent(ExportFormat.EXCEL))["Patients"]
    heads = [cell.value for cell in sheet[1]]
    assert len(set(heads)) == len(heads)
    names = [field.name for field in source.wide[0].fields]
    assert [head.rpartition("[")[2].rstrip("]") for head in heads] == names


def test_words_that_several_codes_share_are_told_apart():
    assert distinct({"a": "Other", "b": "Other", "c": "No"}) == {
        "a": "Other (a)",
        "b": "Other (b)",
        "c": "No",
    }


def test_what_a_cell_cannot_hold_is_cut_and_said(hive, build, free_text, tmp_path):
    texts = ["x" * 40_000, "bell \x07 here"]
    records = [build(hive, {free_text: text}, n) for n, text in enumerate(texts)]
    folder = tmp_path / "out"
    folder.mkdir()
    write_in(ExportFormat.EXCEL, written([hive], records, [], tmp_path / "csv"), folder)
    told = {cell.value for row in sheets(folder)["Patients"] for cell in row}
    assert {"x" * 32_767, "bell \N{REPLACEMENT CHARACTER} here"} <= told
    noted = {(line["column"], line["what"]) for line in read((folder / LOST).read_bytes())}
    assert (free_text, "a text of more characters than a cell holds") in noted
    assert (free_text, "a character that no workbook holds") in noted


def test_the_second_data_package_tells_categories_and_missing_values(source, sent):
    package = json.loads((sent(ExportFormat.DATAPACKAGE) / "datapackage.json").read_bytes())
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert "profile" not in package
    for resource in package["resources"]:
        assert resource["schema"]["missingValues"][0]["value"] == ""
    records = package["resources"][0]["schema"]["fields"]
    fields = {field.name: field for field in source.wide[0].fields}
    for field in records:
        if "categories" in field:
            told = {each["value"]: each["label"] for each in field["categories"]}
            assert told == source.words(fields[field["name"]])
    assert sum("categories" in field for field in records) > 2


def test_only_what_is_installed_apart_names_a_part():
    assert module_of(ExportFormat.PARQUET).extra == "parquet"
    assert ExportFormat.EXCEL in ALWAYS_THERE


def test_each_format_has_its_writer():
    assert set(registry._WRITERS) == set(ExportFormat)


@pytest.mark.parametrize("to", list(ExportFormat))
def test_a_study_without_patients_leaves_in_every_format(hive, tmp_path, to):
    part = module_of(to)
    if part is not None:
        pytest.importorskip(part.module)
    folder = tmp_path / "out"
    folder.mkdir()
    names = write_in(to, written([hive], [], [], tmp_path / "csv"), folder)
    assert {path.name for path in folder.iterdir()} == set(names)
