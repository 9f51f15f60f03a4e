"""The study's own file, written by ``init`` with answers and by ``settings``."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from intake.cli.exit_codes import ExitCode
from intake.cli.main import main
from intake.model.errors import AnswersRefused, DefinitionError, StoreUnavailable, StudyError
from intake.study.settings import load_study
from intake.wiring.setup import set_up_workspace
from intake.wiring.study.beginning import begin_study, questions_to_begin
from intake.wiring.study.settings import change_settings, first_questions
from intake.workspace.lock import only_one
from tests.kit.office.few import FewOffice
from tests.kit.small_document import small_hive

ANSWERS = {
    "study.sponsor": "Botany",
    "contact.service": "Botany office",
    "contact.email": "garden@botany.test",
    "calendar.opens": "2027-01-04",
    "calendar.closes": "2027-06-30",
    "calendar.reminder": "",
}


@pytest.fixture
def office(tmp_path):
    return FewOffice(tmp_path / "étude")


def run(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_init_writes_what_its_options_say(tmp_path):
    done = run(
        *("init", tmp_path, "--sponsor", "Botany", "--service", "Botany office"),
        *("--email", "garden@botany.test", "--phone", "Office: 1", "--phone", "Night: 2"),
        *("--title", "Jardins", "--title", "en=Gardens", "--closes", "2027-05-31"),
    )
    assert done.exit_code == ExitCode.DONE, done.stderr
    study = load_study(tmp_path)
    assert study.contact.lines == ("Botany office", "garden@botany.test", "Office: 1", "Night: 2")
    assert (study.title("fr"), study.title("en")) == ("Jardins", "Gardens")
    assert "# L'étude, en un fichier." in (tmp_path / "study.toml").read_text("utf-8")


def test_init_refuses_whole_and_creates_nothing(tmp_path):
    folder = tmp_path / "new"
    done = run("init", folder, "--email", "garden", "--service", "to be completed")
    assert done.exit_code == ExitCode.DEFINITION
    assert "contact.email: " in done.stderr
    assert "contact.service: " in done.stderr
    assert not folder.exists()


def test_init_does_not_change_a_study_that_is_there(office):
    before = (office.folder / "study.toml").read_bytes()
    done = run("init", office.folder, "--service", "Botany office")
    assert "settings set" in done.stderr
    assert (office.folder / "study.toml").read_bytes() == before
    assert run("init", office.folder).exit_code == ExitCode.DONE


def test_a_first_start_asks_for_all_that_is_needed(tmp_path):
    asked = {one.key: one for one in first_questions()}
    assert asked["contact.email"].is_needed
    assert asked["contact.email"].value == ""
    assert "mail.smtp" not in asked
    with pytest.raises(AnswersRefused) as caught:
        set_up_workspace(tmp_path / "new", None, {"contact.email": "a@b.test"}, whole=True)
    assert set(caught.value.faults) == {"study.sponsor", "contact.service"}
    set_up_workspace(tmp_path / "new", None, ANSWERS, whole=True)
    assert load_study(tmp_path / "new").calendar.reminder is None


def test_a_setting_is_changed_and_what_comes_of_it_is_said(office):
    done = run("settings", "set", "calendar.closes", "2027-05-31", "--workspace", office.folder)
    assert done.stdout.splitlines() == [
        "Last day of the collection: 2027-05-31 (before: 2027-03-31)",
        "Prepared messages that name an old date are pointed out and are not sent as they are.",
    ]
    assert load_study(office.folder).calendar.closes.isoformat() == "2027-05-31"
    again = run("settings", "set", "calendar.closes", "2027-05-31", "--workspace", office.folder)
    assert "Nothing changed" in again.stdout
    (office.folder / "form_templates" / "garden").mkdir(parents=True)
    done = run("settings", "set", "study.minutes", "", "--workspace", office.folder)
    assert "Time to fill in a form: nothing any more (before: 45)" in done.stdout
    assert "build them again" in done.stdout


def test_settings_are_refused_together(office):
    before = (office.folder / "study.toml").read_bytes()
    pairs = ("study.minutes", "30", "contact.email", "garden")
    done = run("settings", "set", *pairs, "--workspace", office.folder)
    assert done.exit_code == ExitCode.DEFINITION
    assert (office.folder / "study.toml").read_bytes() == before
    odd = run("settings", "set", "study.minutes", "--workspace", office.folder)
    assert odd.exit_code == ExitCode.USAGE


def test_a_language_that_the_form_has_not_is_refused(office):
    pairs = ("study.languages", "fr,de", "study.title.de", "Garten")
    done = run("settings", "set", *pairs, "--workspace", office.folder)
    assert "is no language of the form; it is in fr, en" in done.stderr


def test_settings_are_shown_with_what_they_are(office):
    done = run("settings", "show", "--workspace", office.folder)
    assert "calendar.opens            2026-10-01" in done.stdout
    document = json.loads(run("settings", "show", "--workspace", office.folder, "--json").stdout)
    shown = {one["key"]: one for one in document["settings"]}
    assert shown["contact.phones"]["label"]["fr"] == "Téléphone"


def test_settings_that_are_wrong_can_be_mended(office):
    path = office.folder / "study.toml"
    text = path.read_text("utf-8").replace("recueil-dm-sam@example.org", "nobody")
    path.write_text(text, "utf-8")
    change_settings(office.folder, {"contact.email": "garden@botany.test"})
    assert load_study(office.folder).contact.email == "garden@botany.test"


def test_settings_wait_for_a_run(office):
    with (
        only_one(office.folder / "archive" / "run.lock"),
        pytest.raises(StoreUnavailable),
    ):
        change_settings(office.folder, {"study.minutes": "30"})
    assert load_study(office.folder).study.minutes == 45


def test_a_file_that_another_program_holds_is_said(office, monkeypatch):
    def held(*_):
        raise PermissionError(13, "held")

    monkeypatch.setattr("intake.wiring.study.settings.write_atomically", held)
    with pytest.raises(StudyError, match="held"):
        change_settings(office.folder, {"study.minutes": "30"})


def test_a_study_of_another_form_begins_from_its_schema(tmp_path):
    schema = json.dumps(small_hive()).encode()
    asked = {one.key: one for one in questions_to_begin(schema)}
    assert "study.title.en" in asked
    typed = {one.key: one.value for one in asked.values()} | ANSWERS
    begin_study(tmp_path / "new", schema, typed)
    assert load_study(tmp_path / "new").form == json.loads(schema)["x-form"]["id"]


def test_a_schema_with_a_fault_is_told_without_the_place_of_its_copy(tmp_path):
    with pytest.raises(DefinitionError) as caught:
        begin_study(tmp_path / "new", b"{", ANSWERS)
    assert str(caught.value).startswith("schema.json")
    assert not (tmp_path / "new").exists()
