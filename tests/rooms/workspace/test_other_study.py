"""``init --form``: another study, with the title and languages of its own form."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from click.testing import CliRunner

from intake.cli.exit_codes import ExitCode
from intake.cli.main import main
from intake.model.errors import DefinitionError, StudyError
from intake.schema.compile.definition import compile_definition
from intake.study.placeholders import study_left
from intake.study.settings import load_study, parse_study
from intake.wiring.setup import set_up_workspace
from intake.workspace.new import shipped_files
from intake.workspace.other_study import other_study
from tests.kit.forms import hive
from tests.kit.places import DM_SAM
from tests.kit.small_document import small_document, small_hive


def study_of(definition, today=dt.date(2026, 3, 5)):
    return other_study(shipped_files(), definition, b"{}", today)


def test_the_study_has_the_form_the_title_and_the_languages_of_its_schema():
    files = study_of(hive())
    study = parse_study(files["study.toml"])
    assert (study.form, study.study.languages) == ("hive", hive().languages)
    assert dict(study.study.title) == dict(hive().title)
    assert files["schemas/hive/2.1.0.json"] == b"{}"
    assert not [name for name in files if "dm-sam" in name]
    assert b"dm-sam" not in files["study.toml"].lower()


def test_it_collects_for_six_months_from_today_and_reminds_half_way():
    calendar = parse_study(study_of(hive())["study.toml"]).calendar
    assert (calendar.opens, calendar.closes) == (dt.date(2026, 3, 5), dt.date(2026, 9, 2))
    assert calendar.reminder is None


def test_how_long_another_form_takes_is_not_said_before_somebody_knows():
    assert parse_study(study_of(hive())["study.toml"]).study.minutes is None


def test_what_a_person_must_complete_says_so():
    content = study_of(hive())["study.toml"]
    left = study_left(parse_study(content), content, "study.toml")
    assert [one.place for one in left] == ["study.sponsor", "contact.service", "contact.email"]


@pytest.mark.parametrize("title", ['Dite « "vraie" »', "C:\\b\\1", "Été 中"])
def test_any_title_is_written_so_that_it_is_read_back(title):
    document = small_document(title=title)
    files = study_of(compile_definition(document))
    assert parse_study(files["study.toml"]).title("fr") == title


@pytest.fixture
def hives(tmp_path):
    """Return the schema of another study, outside every workspace."""
    path = tmp_path / "hive.json"
    path.write_text(json.dumps(small_hive(), ensure_ascii=False), encoding="utf-8")
    return path


def test_the_workspace_is_ready_for_its_forms(tmp_path, hives):
    done = CliRunner().invoke(main, ["init", str(tmp_path / "ruches"), "--form", str(hives)])
    assert done.exit_code == ExitCode.DONE, done.output
    root = tmp_path / "ruches"
    assert load_study(root).form == "hive"
    kept = root / "schemas" / "hive" / "2.1.0.json"
    assert kept.read_bytes() == hives.read_bytes()
    built = ["forms", "--workspace", str(root), "--language", "en", "--format", "excel"]
    assert CliRunner().invoke(main, built).exit_code == ExitCode.DONE
    assert (root / "form_templates" / "hive" / "2.1.0" / "hive-2.1.0-en.xlsx").is_file()


def test_a_faulty_schema_starts_no_study(tmp_path):
    document = small_hive()
    document["properties"]["breed"]["x-required"] = "has_breedx"
    path = tmp_path / "draft.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(DefinitionError, match="breed/x-required"):
        set_up_workspace(tmp_path / "new", path)
    assert not (tmp_path / "new").exists()


def test_a_folder_that_holds_another_study_is_left_alone(tmp_path, hives):
    set_up_workspace(tmp_path)
    before = (tmp_path / "study.toml").read_bytes()
    with pytest.raises(StudyError, match="of the form dm-sam"):
        set_up_workspace(tmp_path, hives)
    assert (tmp_path / "study.toml").read_bytes() == before
    assert not (tmp_path / "schemas" / "hive").exists()


def test_the_shipped_form_can_be_named_too(tmp_path):
    set_up_workspace(tmp_path / "one")
    set_up_workspace(tmp_path / "two", tmp_path / "one" / "schemas" / "dm-sam" / DM_SAM.name)
    assert load_study(tmp_path / "two").form == "dm-sam"


def test_the_letters_go_with_every_study_and_the_call_with_its_own_alone():
    assert "letters/call.fr.txt" in shipped_files()
    letters = {name for name in study_of(hive()) if name.startswith("letters/")}
    assert "letters/pack.fr.txt" in letters
    assert not any(name.startswith("letters/call.") for name in letters)
