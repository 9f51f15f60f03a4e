"""``export``: each format by its name, what is missing said, nothing left behind."""

from __future__ import annotations

import json
import stat
from importlib.util import find_spec

import pytest
from click.testing import CliRunner

from intake.cli.exit_codes import ExitCode
from intake.cli.main import main
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
        if to is ExportFormat.PARQUET and not find_spec("duckdb"):
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
