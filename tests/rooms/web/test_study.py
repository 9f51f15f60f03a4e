"""The study's screens: settings, centres, long acts; each equal to what its command does."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from intake.cli.main import main
from intake.formats.registry import writers
from intake.model.submission import FileFormat
from intake.study.settings import load_study
from intake.words.catalogue import LANGUAGES
from tests.kit.office.office import Office
from tests.rooms.web.browser import Browser, words

TABLE = "Identifiant\tLettres\tHôpital\tCourriel\nREI\tREI\tCHU de Reims\trecueil@chu.test\n"
ROW = {"id": "REI", "letters": "REI", "hospital": "CHU de Reims", "email": "recueil@chu.test"}


@pytest.fixture
def ready(office):
    office.fill_in()
    office.change_study(opens="2020-01-01", closes="2099-01-01", reminder="2020-06-01")
    return office


@pytest.fixture
def twin(tmp_path):
    twin = Office(tmp_path / "twin")
    twin.fill_in()
    twin.change_study(opens="2020-01-01", closes="2099-01-01", reminder="2020-06-01")
    return twin


def command(office, *arguments):
    done = CliRunner().invoke(main, [*arguments, "--workspace", str(office.folder)])
    assert done.exit_code == 0, done.output


def typed_in(html):
    """Return what a form's fields hold, as a browser would send it."""
    found = dict(re.findall(r'<input[^>]*? name="([^"]+\.[^"]+)" value="([^"]*)"', html))
    areas = re.findall(r'(?s)<textarea[^>]* name="([^"]+\.[^"]+)"[^>]*>\n(.*?)</textarea>', html)
    return found | dict(areas)


def cells(*rows):
    return {f"cell-{n}-{name}": text for n, row in enumerate(rows) for name, text in row.items()}


def files(office, *parts):
    folder = office.folder.joinpath(*parts)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["", "/centres", "/sending", "/closing"])
def test_each_screen_is_shown_whatever_the_study_lacks(office, browser, address, language):
    browser.page.language = language
    assert browser.get(f"/study{address}").status_code == 200
    office.fill_in()
    answer = browser.get(f"/study{address}")
    assert answer.status_code == 200
    assert 'aria-current="page"' in answer.text


def test_settings_saved_as_they_are_change_no_byte(ready, browser):
    before = files(ready)["study.toml"]
    typed = typed_in(browser.get("/study").text)
    assert len(typed) > 20
    assert browser.post("/study", typed).status_code == 303
    assert "Nothing changed" in browser.text("/study")
    assert files(ready)["study.toml"] == before


def test_settings_are_changed_as_the_command_changes_them(ready, twin, browser):
    typed = typed_in(browser.get("/study").text)
    changed = {"calendar.closes": "2098-12-31", "mail.smtp": "smtp.hospital.test:587"}
    answer = browser.post("/study", typed | changed)
    assert answer.status_code == 303
    pairs = [part for pair in changed.items() for part in pair]
    command(twin, "settings", "set", *pairs)
    assert files(ready)["study.toml"] == files(twin)["study.toml"]
    said = browser.text("/study")
    assert "Last day of the collection: 2098-12-31 (before: 2099-01-01)" in said


def test_wrong_settings_stay_typed_and_change_nothing(ready, browser):
    before = files(ready)["study.toml"]
    typed = typed_in(browser.get("/study").text)
    answer = browser.post("/study", typed | {"limits.seconds": "many", "contact.email": ""})
    assert answer.status_code == 422
    said = words(answer.text)
    assert "E-mail address of the service: must be filled in." in said
    assert "Time to read a form, in seconds: is not a whole number" in said
    assert 'value="many"' in answer.text
    assert "<details" in answer.text
    assert re.search(r"<details[^>]* open", answer.text)
    assert files(ready)["study.toml"] == before


def test_what_was_changed_elsewhere_meanwhile_is_not_taken_back(ready, browser):
    html = browser.get("/study").text
    shown = dict(re.findall(r'<input type="hidden" name="(shown:[^"]+)" value="([^"]*)"', html))
    command(ready, "settings", "set", "study.minutes", "30")
    answer = browser.post("/study", shown | typed_in(html) | {"study.sponsor": "Botany"})
    assert answer.status_code == 303
    study = load_study(ready.folder)
    assert (study.study.minutes, study.study.sponsor) == (30, "Botany")


def test_settings_that_are_wrong_are_shown_and_mended_on_the_page(ready, browser):
    path = ready.folder / "study.toml"
    path.write_text(path.read_text("utf-8").replace("seconds = 60", "seconds = 0", 1), "utf-8")
    assert "is 0; write at least 1" in browser.text("/study")
    assert browser.post("/study", {"limits.seconds": "60"}).status_code == 303
    assert load_study(ready.folder).limits.seconds == 60


def test_where_the_data_stand_is_not_moved_by_a_forged_field(ready, browser):
    answer = browser.post("/study", {"store.url": "elsewhere.sqlite"})
    assert answer.status_code == 422
    assert "elsewhere" not in (ready.folder / "study.toml").read_text("utf-8")


def test_a_pasted_table_is_looked_at_then_kept_as_the_command_keeps_it(ready, twin, browser):
    before = files(ready)["centres.csv"]
    seen = browser.post("/study/centres/paste", {"pasted": TABLE.replace("\n", "\r\n")})
    assert seen.status_code == 200
    assert "Nothing is yet" in words(seen.text)
    assert 'value="CHU de Reims"' in seen.text
    assert files(ready)["centres.csv"] == before
    names = re.findall(r'name="(cell-0-[a-z]+)" value="([^"]*)"', seen.text)
    answer = browser.post("/study/centres", dict(names) | {"action": "save"})
    assert answer.status_code == 303
    path = twin.folder.parent / "tableau.txt"
    path.write_text(TABLE, encoding="utf-8")
    command(twin, "centres", "paste", str(path))
    assert files(ready)["centres.csv"] == files(twin)["centres.csv"]
    assert "New: REI." in browser.text("/study/centres")


def test_a_wrong_cell_is_marked_and_what_was_typed_stays(ready, browser):
    before = files(ready)["centres.csv"]
    answer = browser.post("/study/centres", cells(ROW | {"id": "rei"}) | {"action": "save"})
    assert answer.status_code == 422
    assert 'aria-describedby="why-0-id" aria-invalid="true"' in answer.text
    assert 'id="why-0-id"' in answer.text
    assert 'value="rei"' in answer.text
    assert "Nothing was saved" in words(answer.text)
    assert files(ready)["centres.csv"] == before
    looked = browser.post("/study/centres", cells(ROW) | {"action": "look"})
    assert "Nothing to correct" in words(looked.text)
    more = browser.post("/study/centres", cells(ROW) | {"action": "more"})
    assert more.text.count('-hospital" value=""') == 10


def test_a_centre_with_letters_leaves_only_when_it_is_said(ready, browser):
    browser.post("/study/do/half_way")
    browser.wait()
    answer = browser.post("/study/centres", cells(ROW) | {"action": "save"})
    assert answer.status_code == 422
    assert "no longer in the table: ZAA, ZBE, ZBE-2, ZOR, ZUN" in words(answer.text)
    assert 'name="removing" value="ZAA"' in answer.text
    gone = {"removing": ["ZAA", "ZBE", "ZBE-2", "ZOR", "ZUN"], "action": "save"}
    assert browser.post("/study/centres", cells(ROW) | gone).status_code == 303
    assert [centre.id for centre in Office.app.func(ready).centres] == ["REI"]


def test_a_list_that_a_spreadsheet_changed_meanwhile_is_not_overwritten_in_silence(ready, browser):
    seen = re.search(r'name="seen" value="([^"]+)"', browser.get("/study/centres").text)[1]
    (ready.folder / "centres.csv").write_text("id;letters;hospital\nPAR;PAR;CHU\n", "utf-8")
    looked = browser.post("/study/centres", cells(ROW) | {"action": "look", "seen": seen})
    assert f'name="seen" value="{seen}"' in looked.text
    answer = browser.post("/study/centres", cells(ROW) | {"action": "save", "seen": seen})
    assert "was changed meanwhile" in words(answer.text)
    again = re.search(r'name="seen" value="([^"]+)"', answer.text)[1]
    kept = cells(ROW) | {"action": "save", "seen": again}
    assert browser.post("/study/centres", kept).status_code == 303


def test_more_lines_than_a_study_has_centres_are_refused_at_once(ready, browser):
    answer = browser.post("/study/centres/paste", {"pasted": "PAR\tPAR\tCHU\n" * 50_000})
    assert answer.status_code == 422
    assert "this is no list of centres" in words(answer.text)


def test_hostile_text_in_a_cell_is_text(ready, browser):
    row = ROW | {"hospital": '"><script>alert(1)</script>'}
    answer = browser.post("/study/centres", cells(row) | {"action": "look"})
    assert "<script>alert" not in answer.text


def test_nothing_pasted_is_said(ready, browser):
    answer = browser.post("/study/centres/paste", {"pasted": " \t\r\n"})
    assert "the list of centres is not changed" in words(answer.text)


def test_forms_are_built_with_progress_as_the_command_builds_them(
    ready, twin, browser, monkeypatch
):
    word = {FileFormat.WORD: writers()[FileFormat.WORD]}
    monkeypatch.setattr("intake.wiring.forms.writers", lambda: word)
    answer = browser.post("/study/do/forms")
    assert answer.headers["location"] == "/job/1"
    browser.wait()
    assert "2 forms written into form_templates/" in browser.text("/job/1")
    command(twin, "forms")
    assert files(ready, "form_templates") == files(twin, "form_templates")


def test_a_study_is_frozen_only_after_it_is_said_that_something_is_pending(ready, browser):
    assert "freeze all the same" in browser.text("/study/closing")
    browser.post("/study/do/close")
    browser.wait()
    assert "Nothing was frozen" in browser.text("/job/1")
    assert not (ready.folder / "outbox" / "freezes").exists()
    browser.post("/study/do/close", {"anyway": "on"})
    browser.wait()
    assert "Data frozen, number 1" in browser.text("/job/2")


def test_an_act_that_there_is_not_is_not_found(browser):
    assert browser.post("/study/do/backup").status_code == 404
    assert browser.get("/study/do/forms").status_code == 405


def test_the_reminder_is_not_offered_before_its_day(ready, browser):
    ready.change_study(opens="2020-01-01", closes="2099-01-01", reminder="2098-01-01")
    answer = browser.get("/study/sending")
    assert 'action="/study/do/half_way"' not in answer.text
    assert "not before" in words(answer.text)
    assert Browser(ready.folder).get("/study").status_code == 200
