"""The pages as paper and as seen: one page for a good form, enough contrast."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from intake.reports.pages import receipt_page
from tests.kit.places import ROOT
from tests.rooms.reports.samples import FORM, RECEIPTS, REVISION

CSS = ROOT / "intake" / "reports" / "templates" / "page.css"
BROWSER = next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), "")


@pytest.mark.programs
@pytest.mark.slow
@pytest.mark.skipif(not BROWSER, reason="no chromium or google-chrome to print with")
@pytest.mark.parametrize("name", ["loaded", "revision"])
def test_a_receipt_that_asks_little_is_one_sheet(name: str, tmp_path: Path) -> None:
    page, sheet = tmp_path / "receipt.html", tmp_path / "receipt.pdf"
    page.write_text(receipt_page(RECEIPTS[name], FORM, "fr"), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/user"]
    command = [BROWSER, *options, f"--print-to-pdf={sheet}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    with sheet.open("rb") as stream:
        assert len(pypdf.PdfReader(stream).pages) == 1


@pytest.mark.programs
@pytest.mark.slow
@pytest.mark.skipif(not BROWSER, reason="no chromium or google-chrome to print with")
def test_what_is_folded_on_a_screen_is_printed(tmp_path: Path) -> None:
    page, sheet = tmp_path / "receipt.html", tmp_path / "receipt.pdf"
    changes = [replace(REVISION.changes[0], code=f"Z{n}") for n in range(100, 140)]
    long = replace(REVISION, changes=tuple(changes))
    html = receipt_page(long, FORM, "fr")
    assert html.index("<details>") < html.index("Z139")
    page.write_text(html, encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/user"]
    command = [BROWSER, *options, f"--print-to-pdf={sheet}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    printed = pypdf.PdfReader(sheet)
    assert "Z139" in "".join(each.extract_text() for each in printed.pages)
    printed.close()


@pytest.mark.parametrize("name", ["ink", "quiet", "accent"])
def test_every_text_colour_is_readable_on_white(name: str) -> None:
    found = re.search(rf"--{name}: #([0-9a-f]{{6}})", CSS.read_text(encoding="utf-8"))
    assert found is not None
    assert 1.05 / (_luminance(found[1]) + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


PICTURES = (
    '<img src="page-1.png" alt=""><svg viewBox="0 0 40 40" width="80" height="80">'
    '<image href="page-1.png" width="40" height="40"/></svg><script>document.body.remove()</script>'
)
POLICY = re.compile("<meta http-equiv=[^>]*>")


@pytest.mark.programs
@pytest.mark.slow
@pytest.mark.skipif(not BROWSER, reason="no chromium or google-chrome to look with")
def test_the_policy_of_a_page_stops_a_script_and_nothing_that_is_to_be_seen(tmp_path: Path) -> None:
    Image.new("RGB", (80, 80), "teal").save(tmp_path / "page-1.png")
    held = receipt_page(RECEIPTS["queried"], FORM, "fr").replace("<header>", PICTURES + "<header>")
    as_is = POLICY.sub("", held.replace("<script>document.body.remove()</script>", ""))
    seen = [_screenshot(tmp_path / f"{n}.html", page) for n, page in enumerate((held, as_is))]
    assert seen[0] == seen[1]
    assert len(seen[0].getcolors(1 << 20) or ()) > 3


def _screenshot(page: Path, html: str) -> Image.Image:
    page.write_text(html, encoding="utf-8")
    picture = page.with_suffix(".png")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={page.parent}/user"]
    command = [BROWSER, *options, f"--screenshot={picture}", "--window-size=800,900", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    with Image.open(picture) as shot:
        return shot.convert("RGB")
