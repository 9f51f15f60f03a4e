"""``export``: each format by its name, what is missing said, nothing left behind."""

from __future__ import annotations

import csv
import json
import re
import stat
from importlib.util import find_spec

import pytest
from click.testing import CliRunner

from intake.cli.exit_codes import ExitCode
from intake.cli.main import main
from intake.exports.writers.registry import module_of
from intake.model.file.export_format import LOST, ExportFormat
from intake.wiring import exporting
from tests.kit.office.office import Office, filled


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path / "mon étude")
    office.send("a.pdf", filled())
    return office


def export(office, *more):
    arguments = ["export", "--workspace", office.folder, "--to", office.folder / "out", *more]
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_every_format_is_written_where_it_was_asked(office):
    out = office.folder / "out"
    for to in ExportFormat:
        part = module_of(to)
        if part and not find_spec(part.module):
            continue
        done = export(office, "--format", to.value, "--json")
        assert done.exit_code == ExitCode.DONE, done.output
        told = json.loads(done.stdout)
        assert told["format"] == to
        assert LOST in told["files"]
        assert all((out / name).is_file() for name in told["files"])
        assert not [path for path in out.iterdir() if path.name.startswith(".")]
    assert {"records.csv", "dataset.xlsx", "import.R"} <= {path.name for path in out.iterdir()}


def test_a_missing_part_is_said_before_anything_is_written(office, monkeypatch):
    monkeypatch.setattr(exporting, "find_spec", lambda _module: None)
    done = export(office, "--format", "parquet")
    assert done.exit_code == ExitCode.STORE
    assert "crf-intake[parquet]" in done.output
    assert not (office.folder / "out").exists()
    assert export(office, "--format", "excel").exit_code == ExitCode.DONE


def with_classes(office, *lines):
    path = office.folder / "study.toml"
    path.write_text("\n".join([path.read_text("utf-8"), "[dataset]", *lines, ""]), "utf-8")


def records(office, *more):
    assert export(office, *more).exit_code == ExitCode.DONE
    with (office.folder / "out" / "records.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_centre_and_period_stay_out_while_their_classes_are_small(office):
    with_classes(office, "centre = true", "period_years = 2")
    (line,) = records(office)
    assert not {"centre_class", "period"} & line.keys()


def test_centre_and_period_are_told_as_classes(office, monkeypatch):
    with_classes(office, "centre = true", "period_years = 2")
    monkeypatch.setattr(exporting, "told_strata", lambda asked, _patients, fewest: asked)
    (line,) = records(office)
    assert re.fullmatch(r"C[0-9a-f]{8}", line["centre_class"])
    assert re.fullmatch(r"\d{4}-\d{4}", line["period"])
    (full,) = records(office, "--profile", "full", "--yes")
    assert not {"centre_class", "period"} & full.keys()
    assert full["centre"] not in line["centre_class"]
    first, last = map(int, line["period"].split("-"))
    assert first % 2 == 0
    assert first <= int(full["mas_dx_date"][:4]) <= last


def test_a_class_may_not_be_asked_to_hold_fewer_than_five(office):
    with_classes(office, "fewest = 4")
    assert export(office).exit_code == ExitCode.DEFINITION


def test_an_export_is_noted_with_its_format_and_profile(office):
    export(office, "--format", "csv-fr")
    (noted,) = office.app.store.noted("export")
    assert (noted.detail["format"], noted.detail["profile"]) == ("csv-fr", "analysis")


def test_progress_counts_patients(office):
    done = export(office, "--progress", "json")
    (line,) = [json.loads(text) for text in done.stderr.splitlines() if "progress" in text]
    assert (line["progress"]["done"], line["progress"]["total"]) == (1, 1)


def test_a_failure_leaves_what_was_there_and_nothing_else(office, monkeypatch):
    export(office)
    out = office.folder / "out"
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def fails(*_arguments):
        raise OSError("full")

    monkeypatch.setattr(exporting, "write_in", fails)
    assert export(office, "--format", "excel").exit_code != ExitCode.DONE
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_what_is_being_written_is_for_its_owner_alone(office, monkeypatch):
    seen = []
    kept = exporting.write_in

    def looks(to, source, folder):
        seen.append(stat.S_IMODE(source.folder.stat().st_mode))
        return kept(to, source, folder)

    monkeypatch.setattr(exporting, "write_in", looks)
    export(office)
    assert seen == [0o700]
