"""The lists of the page: empty, narrowed, opened; each act leaves the store that the command does."""

from __future__ import annotations

import pytest

from tests.kit.office.office import Office, demo_answers, filled
from tests.rooms.web.browser import Browser

LISTS = ("/patients", "/files", "/queries", "/centres", "/letters", "/dataset", "/journal")


@pytest.fixture(scope="module")
def processed(tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("once") / "étude")
    office.fill_in()
    office.send("Durand.pdf", filled(demo_answers(lab_bili_dx="900", lab_hb_dx="85")))
    office.app.store.close()
    return office.folder


@pytest.mark.parametrize("address", [*LISTS, "/letters?state=sent"])
def test_a_list_that_is_empty_says_what_comes_next(browser, address):
    said = browser.get(address)
    assert said.status_code == 200
    assert 'class="empty"' in said.text or address in ("/centres", "/journal")
