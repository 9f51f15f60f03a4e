"""``forms`` from the command line: per centre, packed, prefilled, checked, refused."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from intake.cli.exit_codes import ExitCode
from intake.cli.main import main
from intake.formats.registry import READERS, inspect_file
from intake.workspace.places import CENTRES_FILE
from intake.workspace.published import PUBLISHED_FILE
from tests.kit.blanks import definition
from tests.kit.office.office import Office, codes
from tests.kit.places import DM_SAM, SECOND_STUDY
from tests.kit.small_document import small_hive

CENTRES = "id;letters;name;specialty;email\nNOR;NOR;North;amateur;\nSUD-2;SUD;South\n"
KEPT = Path("form_templates", "hive", "2.1.0")
SCHEMA = Path("schemas", "hive", "2.1.0.json")


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "mon étude")


@pytest.fixture
def hives(tmp_path):
    """Return a workspace of the second study, its form cut short, with two centres."""
    folder = tmp_path / "hives"
    shutil.copytree(SECOND_STUDY, folder)
    schema = folder / SCHEMA
    schema.write_text(json.dumps(small_hive(), ensure_ascii=False), encoding="utf-8")
    (folder / CENTRES_FILE).write_text(CENTRES, encoding="utf-8")
    return folder


def run(command, folder, *arguments):
    told = [command, "--workspace", str(folder), *map(str, arguments)]
    return CliRunner().invoke(main, told)


def built(folder, *arguments):
    """Return the paths of the forms that a run with --json names."""
    done = run("forms", folder, *arguments, "--json")
    assert done.exit_code == ExitCode.DONE, done.output
    return [Path(path) for path in json.loads(done.stdout)["forms"]]


def answers(path, schema=DM_SAM):
    """Return what a form holds, by address."""
    inspection = inspect_file(path.read_bytes(), path.name)
    raw = READERS[inspection.format].read(inspection, definition(schema))
    return {answer.address: answer.text for answer in raw.answers if answer.text}


def members(path):
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file_format", "specialty"),
    [("pdf", "rhu"), ("word", "Rhumatologie"), ("excel", "Rhumatologie")],
)
def test_a_centre_s_form_brings_its_answers_and_is_empty_all_the_same(
    office, file_format, specialty
):
    office.fill_in()
    told = ("--centre", "ZBE-2", "--language", "fr", "--format", file_format)
    (path,) = built(office.folder, *told)
    assert path.parent == office.folder / "outbox" / "forms"
    found = answers(path)
    assert found["centre3"] == "ZBE"
    assert found["dept_specialty"] == specialty
    receipt = office.send(path.name, path.read_bytes())
    assert receipt.centre == "ZBE-2"
    assert "FORM_EMPTY" in codes(receipt)
    assert receipt.outcome == "rejected"


def test_a_specialty_that_is_no_answer_is_said_and_left_blank(office):
    office.fill_in()
    path = office.folder / CENTRES_FILE
    path.write_text(path.read_text("utf-8").replace(";rhumatologie;", ";néphrologie;"), "utf-8")
    told = ("--centre", "ZBE-2", "--language", "fr", "--format", "excel")
    done = run("forms", office.folder, *told)
    assert done.exit_code == ExitCode.DONE
    assert "néphrologie" in done.stderr
    assert "A05" in done.stderr
    made = office.folder / "outbox" / "forms" / "dm-sam-1.0.0-fr-ZBE-2.xlsx"
    assert "dept_specialty" not in answers(made)


@pytest.mark.parametrize(
    "asked", [("--centre", "ZBE-2"), ("--centre", "ZBE", "--zip"), ("--all-centres",)]
)
def test_nothing_is_made_for_a_centre_while_a_line_is_still_to_be_filled_in(office, asked):
    done = run("forms", office.folder, *asked)
    assert done.exit_code == ExitCode.DEFINITION
    assert (
        "study.toml, line 19, study.sponsor: Service de dermatologie, CHU (à compléter)"
        in done.stderr
    )
    assert (
        "centres.csv, line 3, ZBE email: recueil.zbe@example.org" in done.stderr or "ZBE-2" in asked
    )
    assert not (office.folder / "outbox" / "forms").exists()


def test_a_centre_is_not_held_up_by_the_line_of_another(office):
    office.fill_in()
    path = office.folder / CENTRES_FILE
    path.write_text(path.read_text("utf-8").replace("hopital-zun.test", "example.org"), "utf-8")
    told = ("--language", "fr", "--format", "excel")
    assert run("forms", office.folder, "--centre", "ZBE-2", *told).exit_code == ExitCode.DONE
    assert "line 6, ZUN email" in run("forms", office.folder, "--all-centres", *told).stderr


def test_blank_forms_are_built_and_say_aloud_what_is_still_to_be_filled_in(office):
    done = run("forms", office.folder, "--language", "fr", "--format", "excel")
    assert done.exit_code == ExitCode.DONE
    assert "CAUTION" in done.stderr
    assert "study.toml, line 34, contact.email: recueil-dm-sam@example.org" in done.stderr
    office.fill_in()
    again = run("forms", office.folder, "--language", "fr", "--format", "excel")
    assert "CAUTION" not in again.stderr


@pytest.mark.slow
def test_an_archive_holds_every_format_and_a_text_in_the_language_of_the_study(office):
    office.fill_in()
    (path,) = built(office.folder, "--centre", "ZBE-2", "--zip")
    inside = members(path)
    name = "dm-sam-1.0.0-fr-ZBE-2"
    assert path.name == f"{name}.zip"
    assert set(inside) == {f"{name}.pdf", f"{name}.docx", f"{name}.xlsx", "LISEZMOI.txt"}
    text = inside["LISEZMOI.txt"].decode("utf-8-sig")
    assert "ZBE-2" in text
    assert "31/03/2027" in text
    assert "recueil-dm-sam@hopital-zormont.test" in text
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.slow
def test_every_centre_gets_an_archive_with_the_same_bytes_each_time(hives, tmp_path):
    first = built(hives, "--all-centres", "--out", tmp_path / "one")
    again = built(hives, "--all-centres", "--out", tmp_path / "two")
    assert [path.name for path in first] == ["hive-2.1.0-en-NOR.zip", "hive-2.1.0-en-SUD-2.zip"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    assert "README.txt" in members(first[0])


@pytest.mark.parametrize(
    ("file_format", "extension"), [("pdf", "pdf"), ("word", "docx"), ("excel", "xlsx")]
)
def test_a_centre_s_form_says_so_and_is_named_so(hives, file_format, extension):
    told = ("--centre", "SUD-2", "--language", "fr", "--format", file_format)
    (path,) = built(hives, *told)
    assert path.name == f"hive-2.1.0-fr-SUD-2.{extension}"
    claims = inspect_file(path.read_bytes(), path.name).claims
    assert {(claim.stamp.language, claim.stamp.centre) for claim in claims} == {("fr", "SUD-2")}


def test_the_progress_of_all_centres_is_shown(hives):
    done = run("forms", hives, "--all-centres", "--language", "fr", "--format", "excel")
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["1/2", "2/2"]
    assert "LISEZMOI.txt" in members(hives / "outbox" / "forms" / "hive-2.1.0-fr-NOR.zip")


def test_a_record_is_filled_in(hives, tmp_path):
    record = tmp_path / "record.json"
    record.write_text('{"region": "NOR", "hive_number": 7, "breed": "carn"}', encoding="utf-8")
    told = ("--language", "en", "--format", "pdf", "--out", tmp_path / "out")
    (path,) = built(hives, "--prefill", record, *told)
    found = {name: text for name, text in answers(path, hives / SCHEMA).items() if "__" not in name}
    assert found == {"region": "NOR", "hive_number": "7", "breed": "carn"}
    assert [path.name for path in (hives / KEPT).iterdir()] == ["pages.json"]


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ("{", "cannot be read as JSON"),
        ("null", "must hold a JSON object"),
        ('{"hive_number": NaN}', "NaN is not a number"),
        ('{"region": "NOR", "region": "NOR"}', "given twice"),
        ('{"shoe_size": 1}', "shoe_size: the form asks no such question"),
        ('{"region": "SUD"}', "another centre"),
    ],
)
def test_a_record_that_does_not_fit_is_refused(hives, tmp_path, record, words):
    path = tmp_path / "record.json"
    path.write_text(record, encoding="utf-8")
    out = tmp_path / "out"
    done = run("forms", hives, "--prefill", path, "--centre", "NOR", "--out", out)
    assert done.exit_code == ExitCode.USAGE
    assert words in done.output
    assert not out.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--zip"],
        ["--check", "--language", "fr"],
        ["--all-centres", "--centre", "NOR"],
        ["--prefill", CENTRES_FILE],
        ["--centre", "NOR", "--out", KEPT],
    ],
)
def test_options_that_cannot_stand_together_are_refused(hives, monkeypatch, arguments):
    monkeypatch.chdir(hives)
    assert run("forms", hives, *arguments).exit_code == ExitCode.USAGE
    assert not (hives / KEPT).exists()


def states(folder):
    """Return exit code and state of each kept form by name."""
    done = run("forms", folder, "--check", "--json")
    found = json.loads(done.stdout)["forms"]
    return done.exit_code, {Path(form["path"]).name: form["state"] for form in found}


@pytest.mark.slow
def test_the_kept_forms_are_compared_with_the_schema_and_left_as_they_are(hives):
    code, found = states(hives)
    assert code == ExitCode.DEFINITION
    assert set(found.values()) == {"missing"}
    assert not (hives / KEPT).exists()
    built(hives)
    assert states(hives) == (ExitCode.DONE, dict.fromkeys(found, "current"))
    (hives / KEPT / "hive-2.1.0-fr.docx").write_bytes(b"changed")
    (hives / KEPT / "hive-2.1.0-fr.xlsx").unlink()
    (hives / KEPT / "notes.txt").write_bytes(b"")
    code, found = states(hives)
    assert code == ExitCode.DEFINITION
    odd = {name: state for name, state in found.items() if state != "current"}
    assert odd == {
        "hive-2.1.0-fr.docx": "stale",
        "hive-2.1.0-fr.xlsx": "missing",
        "notes.txt": "unknown",
    }


def test_building_one_format_keeps_what_was_published_of_the_others(hives):
    built(hives, "--language", "en", "--format", "word")
    built(hives, "--language", "en", "--format", "excel")
    published = json.loads((hives / KEPT / PUBLISHED_FILE).read_text("utf-8"))
    assert set(published["files"]) == {"hive-2.1.0-en.docx", "hive-2.1.0-en.xlsx"}


def change_schema(folder):
    path = folder / SCHEMA
    path.write_text(path.read_text("utf-8").replace("Breed of", "Race of", 1), "utf-8")
    return path


def test_a_published_schema_that_changed_stops_every_work_on_it(hives):
    built(hives, "--language", "en", "--format", "excel")
    dropped = hives / "inbox" / "a.pdf"
    dropped.parent.mkdir()
    dropped.write_bytes(b"%PDF-1.4\n%%EOF")
    path = change_schema(hives)
    for command in ("forms", "process"):
        done = run(command, hives)
        assert done.exit_code == ExitCode.DEFINITION
        assert "new version" in done.output
    assert dropped.exists()
    assert not list(hives.glob("outbox/receipts/*"))
    checked = CliRunner().invoke(main, ["check-schema", str(path)])
    assert checked.exit_code == ExitCode.DEFINITION
    assert "/x-form/version" in checked.output


def plant(hives, change):
    """Change the schema of a workspace that published nothing yet."""
    path = hives / SCHEMA
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "arguments", [(), ("--centre", "NOR", "--zip"), ("--all-centres",), ("--out", "elsewhere")]
)
def test_forms_refuses_what_check_schema_refuses_and_publishes_nothing(
    hives, monkeypatch, arguments
):
    monkeypatch.chdir(hives)
    path = plant(hives, lambda d: d["properties"]["breed"].update({"x-required": "has_breedx"}))
    assert CliRunner().invoke(main, ["check-schema", str(path)]).exit_code == ExitCode.DEFINITION
    done = run("forms", hives, *arguments)
    assert done.exit_code == ExitCode.DEFINITION
    assert "/properties/breed/x-required" in done.stderr
    assert not [p for p in hives.rglob("*") if p.suffix in (".pdf", ".docx", ".xlsx", ".zip")]
    assert not (hives / KEPT).exists()


def test_a_version_whose_file_has_another_name_stops_the_forms_and_is_said(hives):
    path = plant(hives, lambda d: d["x-form"].update(version="2.2.0"))
    done = run("forms", hives)
    assert done.exit_code == ExitCode.DEFINITION
    assert "holds hive 2.2.0; it belongs in hive/2.2.0.json" in done.stderr
    checked = CliRunner().invoke(main, ["check-schema", str(path)])
    assert checked.exit_code == ExitCode.DEFINITION
    assert "named 2.1.0.json and holds the version 2.2.0" in checked.stdout


def test_a_published_version_is_not_checked_again(hives, monkeypatch):
    built(hives, "--language", "en", "--format", "excel")
    monkeypatch.setattr("intake.wiring.schema_check.check_schema_file", None)
    assert built(hives, "--language", "en", "--format", "excel")


def test_a_version_never_sent_is_built_again_once_its_folder_is_deleted(hives):
    built(hives, "--language", "en", "--format", "excel")
    path = change_schema(hives)
    shutil.rmtree(hives / KEPT)
    assert CliRunner().invoke(main, ["check-schema", str(path)]).exit_code == ExitCode.DONE
    assert built(hives, "--language", "en", "--format", "excel")
