"""Stata and SPSS files hold every cell, read by haven and by pyreadstat's own reader."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from intake.exports.writers.lost import Lost
from intake.exports.writers.stats_limits import HIGHEST, RANGE, SPSS, STATA, Limits
from intake.model.file.export_format import LOST, ExportFormat
from tests.rooms.exports.formats.conftest import read, written

SCRIPT = Path(__file__).with_name("read_stats.R")
PROGRAMS = [(ExportFormat.STATA, ".dta"), (ExportFormat.SPSS, ".sav")]


def limits(bounds=SPSS):
    return Limits(bounds, "a.csv", Lost())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("age", "age"),
        ("with", "xwith"),
        ("ALL", "xALL"),
        ("str5", "xstr5"),
        ("trailing_", "trailing"),
        ("_first", "x_first"),
        ("x" * 40, "x" * 32),
    ],
)
def test_a_name_is_one_that_the_program_takes(name, told):
    assert limits(STATA).name(name) == told


def test_no_two_columns_have_one_name_whatever_their_capitals():
    one = limits(STATA)
    names = [one.name(name) for name in ("a" * 33, "a" * 34, "A" * 32, "b")]
    assert len({name.lower() for name in names}) == 4
    assert max(map(len, names)) == 32
    noted = read(one.lost.content)
    assert [line["instead"] for line in noted] == names[:3]


def test_words_are_cut_at_a_letter_and_said():
    spss, stata = limits(), limits(STATA)
    assert spss.answer("c", "é" * 61) == "é" * 60
    assert spss.label("c", "a" * 256) == "a" * 256
    assert stata.label("c", "é" * 81) == "é" * 80
    assert stata.answer("c", "é" * 200) == "é" * 200
    assert [line["what"] for line in read(spss.lost.content)] == ["the label of an answer"]


def test_a_long_text_is_cut_and_counted_but_never_told():
    one = limits()
    assert one.text("c", "secret " * 9000) == ("secret " * 9000)[:32_767]
    assert b"secret" not in one.lost.content


def test_every_reason_lies_in_the_range_of_missing_values_and_no_answer_does():
    one = limits()
    for reason in ("NOTDONE", "NODAYZERO"):
        assert RANGE["lo"] <= one.reason(reason) <= RANGE["hi"]
    assert one.is_reason(HIGHEST)
    assert not one.is_reason(HIGHEST + 1)
    assert not limits(STATA).is_reason(HIGHEST)


@pytest.fixture(params=["hive", "dm-sam"])
def source(request, tmp_path, receipts_for):
    """Return datasets of odd texts, of a large form in days."""
    if request.param == "dm-sam":
        form, stored = (request.getfixturevalue(name) for name in ("definition", "sampled"))
        return written([form], stored, receipts_for(*stored), tmp_path / "csv", "analysis")
    form, stored = (request.getfixturevalue(name) for name in ("hive", "odd_records"))
    return written([form], stored, receipts_for(*stored), tmp_path / "csv")


def expected(source, file):
    """Yield, for each row, each column with its text and why it is empty."""
    lines = read((source.folder / "values.csv").read_bytes())
    why = {(line["record_id"], line["item"], line["row"]): line["missing"] for line in lines}
    for row in read((source.folder / file.file).read_bytes()):
        at = row.get("row", "0")
        yield [
            (
                field,
                row[field.name],
                why.get((row["record_id"], field.name, at), ""),
            )
            for field in file.fields
        ]


def assert_told(field, text, why, cell):
    """Hold what a program shows of one cell against the CSV file."""
    if not text:
        assert cell == why, field.name
    elif field.type in ("integer", "number"):
        assert float(cell) == float(text), field.name
    else:
        assert cell == text or cell.startswith(f"{text} - "), field.name


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
@pytest.mark.parametrize(("to", "suffix"), PROGRAMS)
def test_haven_reads_every_cell(source, sent, to, suffix):
    pytest.importorskip("pyreadstat")
    folder = sent(to)
    there = {**os.environ, "LC_ALL": "C.UTF-8"}
    asked = ["Rscript", "--vanilla", str(SCRIPT), str(folder)]
    done = subprocess.run(asked, env=there, capture_output=True, text=True, check=False)
    if "no package called" in done.stderr:
        pytest.skip("haven is not installed")
    assert done.returncode == 0, done.stderr
    noted = read((folder / LOST).read_bytes())
    unsaid = {(n["file"], n["column"]) for n in noted if n["what"] == "why a text is empty"}
    compared = 0
    for file in source.wide:
        path = folder / file.file.replace(".csv", suffix + ".csv")
        told = [list(line.values()) for line in read(path.read_bytes())]
        held = list(expected(source, file))
        assert len(told) == len(held)
        for line, row in zip(told, held, strict=True):
            for cell, (field, text, why) in zip(line, row, strict=True):
                is_noted = (file.file, field.name) in unsaid
                assert_told(field, text, "" if is_noted else why, cell)
                compared += 1
    assert compared > 500


@pytest.mark.slow
@pytest.mark.parametrize(("to", "suffix"), PROGRAMS)
def test_its_own_reader_finds_labels_and_numbers(source, sent, to, suffix):
    pyreadstat = pytest.importorskip("pyreadstat")
    folder = sent(to)
    reader = pyreadstat.read_dta if to is ExportFormat.STATA else pyreadstat.read_sav
    for file in source.wide:
        data, meta = reader(str(folder / file.file.replace(".csv", suffix)), user_missing=True)
        renamed = {
            line["column"]: line["instead"]
            for line in read((folder / LOST).read_bytes())
            if (line["file"], line["what"]) == (file.file, "its name")
        }
        names = [renamed.get(field.name, field.name) for field in file.fields]
        assert meta.column_names == names
        assert all(meta.column_labels)
        for number, row in enumerate(expected(source, file)):
            for name, (field, text, _) in zip(names, row, strict=True):
                cell = data[name][number]
                words = meta.variable_value_labels.get(name, {})
                if text and field.type in ("integer", "number"):
                    assert float(cell) == float(text)
                elif text:
                    assert words.get(cell, cell) == text or words[cell].startswith(f"{text} - ")


@pytest.mark.slow
@pytest.mark.parametrize(("to", "suffix"), PROGRAMS)
def test_the_same_records_give_the_same_bytes_whatever_the_moment(sent, to, suffix):
    pytest.importorskip("pyreadstat")
    first, second = sent(to, "first"), sent(to, "second")
    for path in first.glob(f"*{suffix}"):
        content = path.read_bytes()
        assert content == (second / path.name).read_bytes()
        assert b"01 Jan " in content[:200]
