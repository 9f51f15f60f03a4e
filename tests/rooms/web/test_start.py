"""The start page: what to do now, who decides, in which language."""

from __future__ import annotations

from tests.rooms.web.browser import OWN, Browser


def test_a_folder_without_a_study_opens_the_first_start(tmp_path):
    answer = Browser(tmp_path).get("/")
    assert answer.url.path == "/first"
    assert str(tmp_path) in answer.text


def test_the_start_page_says_what_to_do_in_order(browser, office):
    said = browser.text("/")
    assert "What to do now" in said
    print(said)
    assert 0
