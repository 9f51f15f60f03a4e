"""An empty folder becomes a study, with centres, forms, messages and frozen data, by the page."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from intake.study.centres import load_centres
from intake.study.settings import load_study

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")
TABLE = (
    "Code\tLettres\tHôpital\tCourriel\nREI\tREI\tCHU de Reims\trecueil@chu-reims.test\n"
    "PAR\tPAR\tHôpital Cochin\trecueil@cochin.test\n"
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.programs,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium"),
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "réglages"))
    monkeypatch.setenv("CRF_INTAKE_LANG", "fr")
    folder = tmp_path / "Mon étude"
    folder.mkdir()
    return folder


@pytest.fixture
def address(folder):
    command = [sys.executable, "-m", "intake", "serve", "--no-browser", "--json", "--workspace"]
    with subprocess.Popen([*command, folder], stdout=subprocess.PIPE, text=True) as served:
        yield json.loads(served.stdout.readline())["url"]
        served.terminate()


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def screen(request, address):
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(java_script_enabled=request.param, locale="fr-FR")
        screen = context.new_page()
        screen.goto(address)
        yield screen
        browser.close()


def press(screen, name):
    screen.get_by_role("button", name=name, exact=True).first.click()


def act(screen, address, name, said):
    """Press a button of the study and wait until its job says what was done."""
    screen.goto(address)
    press(screen, name)
    screen.get_by_text(said).wait_for(timeout=120_000)


def test_an_empty_folder_becomes_a_study_by_the_page_alone(screen, folder):
    host = "/".join(screen.url.split("/")[:3])
    screen.locator("[id='contact.service']").fill("Secrétariat de dermatologie")
    screen.locator("[id='contact.email']").fill("recueil@chu-zaaville.test")
    screen.locator("[id='study.sponsor']").fill("à compléter")
    press(screen, "Créer l’étude")
    assert "est encore à compléter" in screen.locator(".problem").inner_text()
    assert not (folder / "study.toml").exists()
    service = screen.locator("[id='contact.service']")
    assert service.input_value() == "Secrétariat de dermatologie"
    screen.locator("[id='study.sponsor']").fill("CHU de Zaaville")
    press(screen, "Créer l’étude")
    screen.get_by_text("L’étude est créée").wait_for()
    screen.locator("#pasted").fill(TABLE)
    press(screen, "Voir ce tableau")
    assert "Rien à corriger" in screen.locator("#looked").inner_text()
    press(screen, "Enregistrer la liste")
    screen.get_by_text("Nouveaux").wait_for()
    assert [centre.id for centre in load_centres(folder / "centres.csv")] == ["REI", "PAR"]
    screen.goto(f"{host}/study")
    screen.locator("[id='calendar.closes']").fill("2099-06-30")
    press(screen, "Enregistrer")
    screen.locator(".flash").wait_for()
    assert load_study(folder).calendar.closes.year == 2099
    act(screen, f"{host}/study/sending", "Construire les fiches", "fiches écrites")
    act(screen, f"{host}/study/sending", "Préparer les envois", "2 messages préparés")
    assert len(list((folder / "outbox" / "mail").glob("*.eml"))) == 2
    screen.goto(f"{host}/study/closing")
    screen.locator("[name=anyway]").check()
    press(screen, "Figer les données")
    screen.get_by_text("Données figées, numéro 1").wait_for(timeout=120_000)
    assert len(list((folder / "outbox" / "freezes").glob("001-*/manifest.json"))) == 1


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("screen", [True], indirect=True)
def test_no_screen_of_the_study_is_wider_than_the_window(screen, folder, width):
    host = "/".join(screen.url.split("/")[:3])
    subprocess.run(
        [sys.executable, "-m", "intake", "init", folder], check=True, capture_output=True
    )
    screen.set_viewport_size({"width": width, "height": 800})
    for address in ("", "/centres", "/sending", "/closing"):
        screen.goto(f"{host}/study{address}")
        assert screen.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
