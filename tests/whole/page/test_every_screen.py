"""Every screen, in both languages: no fault that axe finds, no wider than a phone, nothing outside.

The screens are those of the demonstration, whose files, questions and letters fill them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit.places import PROGRAMS

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")
AXE = PROGRAMS / "node_modules" / "axe-core" / "axe.min.js"
RUN = "async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html)])"
SCREENS = (
    "/", "/decide", "/decide?what=accept", "/decide/000010", "/decide/000010/type",
    "/files", "/files/000001", "/files/000010", "/patients", "/patients/ZAA-001", "/queries",
    "/queries?state=closed", "/centres", "/centres/ZAA", "/letters", "/dataset", "/journal",
    "/study", "/study/centres", "/study/sending", "/study/closing", "/nowhere",
)  # fmt: skip

pytestmark = [
    pytest.mark.slow,
    pytest.mark.programs,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci"),
]


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """Make the demonstration once."""
    folder = tmp_path_factory.mktemp("écrans") / "étude"
    command = [sys.executable, "-m", "intake", "demo", folder]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture
def screen(request, study, tmp_path, monkeypatch):
    """Open the page in a language; what it asks for and complains of is kept."""
    language, width, colours = request.param
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("CRF_INTAKE_LANG", language)
    command = [sys.executable, "-m", "intake", "serve", "--no-browser", "--json", "--workspace"]
    with subprocess.Popen([*command, study], stdout=subprocess.PIPE, text=True) as served:
        try:
            yield from opened(json.loads(served.stdout.readline())["url"], width, colours)
        finally:
            served.terminate()


def opened(address, width, colours):
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        window = {"width": width, "height": 900}
        page = browser.new_page(bypass_csp=True, viewport=window, color_scheme=colours)
        page.goto(address)
        yield page
        browser.close()


@pytest.mark.parametrize(
    "screen",
    [("fr", 320, "light"), ("en", 1280, "dark")],
    ids=["French, narrow, light", "English, wide, dark"],
    indirect=True,
)
def test_every_screen_is_for_everybody_and_speaks_with_nobody_else(screen):
    host = "/".join(screen.url.split("/")[:3])
    asked, faults, found = set(), [], {}
    screen.on("request", lambda request: asked.add("/".join(request.url.split("/")[:3])))
    screen.on("pageerror", lambda fault: faults.append(str(fault)))
    for address in SCREENS:
        answer = screen.goto(f"{host}{address}", wait_until="load")
        assert answer.status == (404 if address == "/nowhere" else 200), address
        is_wider = screen.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        screen.add_script_tag(path=AXE)
        found[address] = screen.evaluate(RUN) + (["too wide"] if is_wider else [])
    assert {address: said for address, said in found.items() if said} == {}
    assert faults == []
    assert asked == {host}
