"""Programs that are not ours read each format, and find in every cell what the CSV files hold."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from frictionless import Package

from intake.exports.writers.excel_cells import distinct
from intake.exports.writers.written_dataset import VALUES
from intake.model.file.export_format import LOST, ExportFormat
from tests.rooms.exports.formats.conftest import read, written

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).with_name("read_back.R")


@pytest.fixture(params=["hive", "dm-sam"])
def source(request, tmp_path, receipts_for):
    """Return both datasets: that of odd texts, and that of a large form."""
    hive, records = (("hive", "odd_records"), ("definition", "sampled"))[request.param != "hive"]
    form, stored = request.getfixturevalue(hive), request.getfixturevalue(records)
    return written([form], stored, receipts_for(*stored), tmp_path / "csv")


def tables(source):
    """Yield each file with its fields and rows of texts."""
    for file in source.files:
        yield file, read((source.folder / file.file).read_bytes())


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_r_reads_every_cell(source, sent):
    folder = sent(ExportFormat.R)
    shutil.copytree(source.folder, folder, dirs_exist_ok=True)
    there = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run(
        ["Rscript", "--vanilla", SCRIPT, folder], check=True, env=there, capture_output=True
    )
    for file, rows in tables(source):
        if file.file == "codebook.csv":
            continue
        again = read((folder / f"again-{file.file}").read_bytes())
        assert len(again) == len(rows)
        for told, held in zip(again, rows, strict=True):
            for field in file.fields:
                one, other = told[field.name], held[field.name]
                same = one == other
                if field.type in ("integer", "number") and other:
                    same = float(one) == float(other)
                assert same, (file.file, field.name)


def test_duckdb_reads_every_cell(source, sent):
    duckdb = pytest.importorskip("duckdb")
    folder = sent(ExportFormat.PARQUET)
    for file, rows in tables(source):
        path = folder / file.file.replace(".csv", ".parquet")
        found = duckdb.sql(f"SELECT * FROM read_parquet('{path}')")  # noqa: S608 - a test's own path
        assert found.columns == [field.name for field in file.fields]
        told = found.fetchall()
        assert len(told) == len(rows)
        for line, held in zip(told, rows, strict=True):
            for cell, field in zip(line, file.fields, strict=True):
                text = held[field.name]
                if cell is None or text == "":
                    assert (cell, text) == (None, "")
                elif field.type in ("integer", "number"):
                    assert cell == float(text)
                else:
                    assert (cell.isoformat() if isinstance(cell, dt.date) else cell) == text
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert first == {
        path.name: path.read_bytes() for path in sent(ExportFormat.PARQUET, "b").iterdir()
    }


def test_frictionless_takes_the_second_data_package(source, sent):
    folder = sent(ExportFormat.DATAPACKAGE)
    described = (folder / "datapackage.json").read_bytes()
    shutil.copytree(source.folder, folder, dirs_exist_ok=True)
    (folder / "datapackage.json").write_bytes(described)
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])[:5]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_shows_every_cell_of_the_workbook(source, sent, tmp_path):
    folder = sent(ExportFormat.EXCEL)
    out = tmp_path / "shown"
    # Every sheet, as it is held and not as it is shown, in UTF-8.
    how = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    convert(folder / "dataset.xlsx", how, out)
    shown = {path.name: path.read_bytes() for path in out.iterdir()}
    assert len(shown) == 1 + len(source.wide)
    rows = list(source.rows("records.csv"))
    patients = next(content for name, content in shown.items() if name.endswith("-Patients.csv"))
    told = [tuple(line.values()) for line in read(patients)]
    assert len(told) == len(rows)
    for line, held in zip(told, rows, strict=True):
        for cell, text, field in zip(line, held, source.wide[0].fields, strict=True):
            words = distinct(source.words(field))
            said = "; ".join(words.get(code, code) for code in text.split(";")) if words else text
            if field.type in ("integer", "number") and text:
                assert float(cell) == float(text)
            else:
                assert cell == said, field.name


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_double_click_in_french_changes_no_cell(source, sent, tmp_path):
    """What stands in a cell, once a French spreadsheet has read it by itself, is what was held."""
    folder = sent(ExportFormat.CSV_FR)
    for file, rows in tables(source):
        if file.file not in ("records.csv", VALUES):
            continue
        out = tmp_path / "opened" / file.file
        # 59: semicolon; 76: UTF-8; 1036: French; then numbers and dates found by itself.
        convert(
            folder / file.file,
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false",
            out,
            "--infilter=CSV:59,34,76,1,,1036,false,true",
        )
        told = read((out / file.file).read_bytes())
        assert len(told) == len(rows)
        for line, held in zip(told, rows, strict=True):
            for field in file.fields:
                cell, text = line[field.name].removeprefix("'"), held[field.name].removeprefix("'")
                if field.type == "time" and text:
                    assert dt.datetime.strptime(cell, "%I:%M:%S %p").strftime("%H:%M") == text
                elif is_number(text) and is_number(cell):
                    assert float(cell) == float(text)
                else:
                    assert cell == text, field.name


def convert(path, how, out, *options):
    profile = f"-env:UserInstallation=file://{out.parent}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", *options, "--convert-to", how, "--outdir", out, path],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip


def test_nothing_is_lost_where_the_docs_say_so(sent):
    for to in (ExportFormat.R, ExportFormat.DATAPACKAGE):
        lines = (sent(to, to.value) / LOST).read_text("utf-8").splitlines()
        assert len(lines) == 1 or to is ExportFormat.R
