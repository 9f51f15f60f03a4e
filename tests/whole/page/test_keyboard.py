"""Deciding by keyboard alone, in a real browser: no mouse event, no address typed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from intake.model.receipt import Outcome
from intake.wiring.app import App
from tests.kit.office.coordinator import in_review
from tests.kit.office.office import Office, filled

CHROMIUM = shutil.which("chromium")
playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here"),
]


@pytest.fixture
def office(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "réglages"))
    made = Office(tmp_path / "étude")
    made.send("known.pdf", filled())
    other = {"id_firstname2": "MO", "birth_date": "02/02/1950", "lab_hb_dx": "9,9", "sex": "m"}
    in_review(made, id_surname2="ZUKO", **other)
    in_review(made, birth_date="13/04/1961")
    in_review(made, birth_date="14/04/1961", lab_hb_dx="9,1")
    made.app.store.close()
    return made


@pytest.fixture
def screen(office):
    """Open the page of the workspace in Chromium, at its start."""
    command = [sys.executable, "-m", "intake", "serve", "--no-browser", "--json"]
    command += ["--workspace", str(office.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as page:
        address = json.loads(page.stdout.readline())["url"]
        with playwright.sync_playwright() as browsers:
            browser = browsers.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            opened = browser.new_page(locale="en")
            opened.goto(address)
            opened.get_by_role("button", name="English").click()
            yield opened
            browser.close()
        page.terminate()


def press(screen, key):
    """Press a key that leads to another screen, once this one was looked at."""
    screen.wait_for_timeout(400)
    with screen.expect_navigation():
        screen.keyboard.press(key)


def begin(screen):
    """Go to the first file in two keys: the list, and the oldest of it."""
    press(screen, screen.locator('a.task[href="/decide"]').get_attribute("data-key"))
    press(screen, "Enter")


def outcomes(folder: Path) -> list[Outcome]:
    app = App.open(folder)
    try:
        return [stored.receipt.outcome for stored in app.store.receipts()]
    finally:
        app.store.close()


def test_waiting_files_are_decided_by_keys_alone(office, screen):
    begin(screen)
    assert screen.url.endswith("/decide/000002")
    screen.keyboard.press("e")
    screen.keyboard.type("ZU")
    while not screen.evaluate("document.activeElement.name === 'reason'"):
        screen.keyboard.press("Tab")
    screen.keyboard.type("read on the page")
    press(screen, "Enter")
    assert screen.url.endswith("/decide/000002")
    press(screen, "Enter")
    assert screen.url.endswith("/decide/000003")
    press(screen, "2")
    assert screen.url.endswith("/decide/000004")
    press(screen, "z")
    assert screen.url.endswith("/decide/000003")
    press(screen, "j")
    press(screen, "k")
    press(screen, "1")
    assert [one.is_loaded for one in outcomes(office.folder)] == [True, True, True, False]


def test_a_letter_that_is_typed_in_a_field_is_no_key(office, screen):
    begin(screen)
    screen.keyboard.press("e")
    screen.keyboard.type("jkxzp1")
    assert screen.url.endswith("/decide/000002")
    assert screen.evaluate("document.activeElement.value") == "jkxzp1"
    screen.keyboard.press("Escape")
    press(screen, "j")
    assert screen.url.endswith("/decide/000003")


def test_a_key_pressed_twice_in_haste_decides_once(office, screen):
    screen.goto(screen.url.split("?")[0].rstrip("/") + "/decide/000003")
    press(screen, "2")
    screen.keyboard.press("1")
    screen.wait_for_timeout(600)
    assert screen.url.endswith("/decide/000004")
    assert outcomes(office.folder)[3] is Outcome.REVIEW


def test_every_crop_is_seen(office, screen):
    begin(screen)
    crops = screen.locator(".crop img")
    assert crops.count() >= 4
    for number in range(crops.count()):
        crops.nth(number).scroll_into_view_if_needed()
        screen.wait_for_function(
            "n => document.querySelectorAll('.crop img')[n].complete", arg=number
        )
        assert crops.nth(number).evaluate("image => image.naturalWidth") > 600
