"""Numbers in addresses and forms: what is none, or has no end, is a screen and never a fault."""

from __future__ import annotations

import pytest

from intake.web.asked import whole_number

ENDLESS = "9" * 5000


@pytest.mark.parametrize("text", ["", "-1", "1.5", "²", "٣", " 1", "1" * 10, ENDLESS])
def test_what_is_no_number_that_something_may_have_is_none(text):
    assert whole_number(text) is None


@pytest.mark.parametrize("text", ["0", "7", "999999999"])
def test_a_number_is_read(text):
    assert whole_number(text) == int(text)


@pytest.mark.parametrize("number", ["0", "-1", "abc", "9" * 30, ENDLESS])
@pytest.mark.parametrize("address", ["/job/{}", "/decide/000001/page/{}.png"])
def test_a_number_that_nothing_has_is_not_found(browser, address, number):
    assert browser.get(address.format(number)).status_code in (404, 409)


@pytest.mark.parametrize("number", ["-1", "²", "9" * 30, ENDLESS])
@pytest.mark.parametrize("address", ["/decide", "/files", "/queries", "/journal", "/letters"])
def test_a_page_that_no_list_has_is_the_first(browser, address, number):
    assert browser.get(address, params={"page": number}).status_code == 200


@pytest.mark.parametrize("count", ["9" * 20, ENDLESS])
@pytest.mark.parametrize("address", ["/queries/withdraw", "/letters/sent"])
def test_a_count_without_end_is_a_count_of_none(browser, address, count):
    answer = browser.post(address, {"count": count, "reason": "Relu"})
    assert answer.status_code == 303


def test_two_exports_that_wait_are_both_written(browser, tmp_path):
    folders = [tmp_path / name for name in ("one", "two", "three")]
    with browser.page._own_turn(1):
        for folder in folders:
            given = {"folder": str(folder), "profile": "analysis"}
            assert browser.post("/dataset/export", given).status_code == 303
    browser.wait()
    assert all(any(folder.glob("*.csv")) for folder in folders)
