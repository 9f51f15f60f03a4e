"""Every answer that was read is in the strip that shows it: of a printed return, and in a child."""

from __future__ import annotations

import pytest

from intake.formats.paper.page_pictures import page_dots
from intake.reports.review.crops import strip_of
from intake.wiring.page.deciding import pictures
from tests.kit.broken.flatteners import by_pdfium
from tests.kit.broken.scanners import scanned
from tests.kit.office.coordinator import in_review
from tests.kit.office.office import Office, blank, filled

pytestmark = pytest.mark.slow


@pytest.fixture
def office(tmp_path):
    """Make a workspace that keeps the blank form the returned ones were made from."""
    pictures.forget()
    made = Office(tmp_path / "étude")
    kept = made.folder / "form_templates" / "dm-sam" / "1.0.0"
    kept.mkdir(parents=True)
    (kept / "dm-sam-1.0.0-fr.pdf").write_bytes(blank(None))
    return made


def test_the_strip_of_every_printed_answer_holds_its_box(office):
    content = by_pdfium(filled())
    receipt = office.send("imprime.pdf", content)
    values = office.app.store.entry(receipt.id).submission.values
    boxed = [value for value in values if value.location.box is not None]
    assert len(boxed) > 150
    pages = {n: page_dots(content, n) for n in {value.location.page for value in boxed}}
    for value in boxed:
        page = pages[value.location.page]
        left, bottom, right, top = value.location.box
        strip = strip_of(page.height, pictures.boxes_of(page, value.address, value))
        assert strip.top <= page.height - top < page.height - bottom <= strip.bottom
        assert 0 <= left < right <= page.width


def test_a_crop_is_drawn_in_a_limited_child(office):
    receipt = in_review(office, id_surname2="ZUKO")
    assert pictures.crop_of(office.app, receipt.id, "birth_date").startswith(b"\x89PNG")


def test_all_pages_of_a_scan_are_there_to_be_typed_from(office):
    receipt = office.send("scan.pdf", scanned(filled(), pages=(1, 2)))
    assert pictures.page_count(office.app, receipt.id) == 2
    assert pictures.page_of(office.app, receipt.id, 2).startswith(b"\x89PNG")
    assert pictures.page_of(office.app, receipt.id, 3) is None


def test_a_file_that_ends_the_child_is_only_not_drawn(office, monkeypatch):
    receipt = in_review(office, id_surname2="ZUKO")
    monkeypatch.setattr(pictures, "_SECONDS", 0.0)
    assert pictures.page_of(office.app, receipt.id, 1) is None
    assert pictures.crop_of(office.app, receipt.id, "birth_date") is None
