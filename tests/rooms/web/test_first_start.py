"""The first start: a study begun by answers alone, equal to what the command writes."""

from __future__ import annotations

import base64
import json
import re

import pytest
from click.testing import CliRunner

from intake.cli.main import main
from intake.study.settings import load_study
from tests.kit.small_document import small_hive
from tests.rooms.web.browser import Browser, words

ANSWERS = {
    "study.sponsor": "Botany",
    "contact.service": "Botany office",
    "contact.email": "garden@botany.test",
    "contact.phones": "Office: 1\r\nNight: 2",
    "calendar.opens": "2027-01-04",
    "calendar.closes": "2027-06-30",
    "calendar.reminder": "",
    "study.title.fr": "Jardins",
    "action": "begin",
}


@pytest.fixture
def browser(tmp_path):
    (tmp_path / "new").mkdir()
    return Browser(tmp_path / "new")


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".key"
    }


def value(html, name):
    return re.search(rf'name="{re.escape(name)}" value="([^"]*)"', html)[1]


def test_the_first_start_asks_what_is_needed_and_explains_it(browser):
    answer = browser.get("/")
    assert answer.url.path == "/first"
    said = words(answer.text)
    assert "Whom centres ask and where they return forms: a service, never a person." in said
    assert value(answer.text, "contact.service") == ""
    assert value(answer.text, "calendar.opens") == "2026-10-01"
    assert "Server to send by" not in said


def test_a_study_begun_on_the_page_is_that_of_the_command(browser, tmp_path):
    answer = browser.post("/first", ANSWERS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/study/centres")
    done = CliRunner().invoke(
        main,
        [
            *("init", str(tmp_path / "other"), "--sponsor", "Botany"),
            *("--service", "Botany office", "--email", "garden@botany.test"),
            *("--phone", "Office: 1", "--phone", "Night: 2", "--opens", "2027-01-04"),
            *("--closes", "2027-06-30", "--reminder", "", "--title", "Jardins"),
        ],
    )
    assert done.exit_code == 0, done.output
    assert files(browser.folder) == files(tmp_path / "other")
    assert "The study is made" in browser.text("/study/centres")
    assert browser.get("/first").url.path == "/study"


def test_what_is_refused_stays_in_its_field_and_nothing_is_made(browser):
    wrong = ANSWERS | {"contact.email": 'gar"den', "contact.service": "to be completed"}
    answer = browser.post("/first", wrong)
    assert answer.status_code == 422
    said = words(answer.text)
    assert 'E-mail address of the service: is "gar"den", not an e-mail address' in said
    assert "Service to contact: is still to be filled in" in said
    assert 'value="gar&#34;den"' in answer.text
    assert value(answer.text, "study.title.fr") == "Jardins"
    assert "Nothing was created" in said
    assert files(browser.folder) == {}


def test_an_own_form_is_read_first_and_its_title_taken(browser):
    schema = {"schema": ("hive.json", json.dumps(small_hive()).encode(), "application/json")}
    read = browser.post("/first", ANSWERS, files=schema)
    assert read.status_code == 200
    assert "The schema is read" in words(read.text)
    assert files(browser.folder) == {}
    title = value(read.text, "study.title.en")
    assert title
    assert value(read.text, "contact.email") == "garden@botany.test"
    kept = {name: value(read.text, name) for name in ("schema_kept", "schema_name")}
    own = {key: text for key, text in ANSWERS.items() if key != "study.title.fr"}
    titles = {"study.title.en": title, "study.languages": value(read.text, "study.languages")}
    assert browser.post("/first", own | titles | kept).status_code == 303
    study = load_study(browser.folder)
    assert study.title("en") == title
    assert (browser.folder / "schemas" / study.form).is_dir()


def test_a_schema_with_a_fault_is_told_and_the_shipped_form_is_there_again(browser):
    schema = {"schema": ("mine.json", b"{", "application/json")}
    answer = browser.post("/first", ANSWERS, files=schema)
    assert answer.status_code == 422
    assert "schema.json" in words(answer.text)
    assert value(answer.text, "schema_kept") == ""
    assert value(answer.text, "contact.email") == "garden@botany.test"
    kept = {"schema_kept": base64.b64encode(b"{").decode()}
    assert browser.post("/first", ANSWERS | kept).status_code == 422
    shipped = browser.post("/first", ANSWERS | kept | {"action": "shipped"})
    assert "The form that comes with the program." in words(shipped.text)


@pytest.mark.parametrize("kept", ["!", "AAA"])
def test_a_kept_schema_that_was_altered_begins_no_study_of_another_form(browser, kept):
    answer = browser.post("/first", ANSWERS | {"schema_kept": kept})
    assert answer.status_code == 422
    assert files(browser.folder) == {}


def test_a_study_that_is_there_is_not_begun_again(browser):
    browser.post("/first", ANSWERS)
    before = files(browser.folder)
    answer = browser.post("/first", ANSWERS | {"contact.service": "Other"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/study")
    assert files(browser.folder) == before


def test_a_form_of_another_site_begins_nothing(browser):
    answer = browser.post("/first", ANSWERS, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert files(browser.folder) == {}
