"""Who may ask the page, from where, for how much, and what an answer lets a browser do."""

from __future__ import annotations

import pytest

from intake.web.page import Page
from intake.web.safety import limits
from intake.web.safety.entry import Entry
from intake.web.safety.headers import POLICY
from tests.rooms.web.browser import HERE, OWN, PORT, Browser, stranger

POST = ("/language", {"language": "fr"})


@pytest.fixture
def page(tmp_path):
    return Page(tmp_path, Entry(PORT))


@pytest.fixture
def browser(tmp_path):
    return Browser(tmp_path)  # no study: these rules know none


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"evil.example:{PORT}",
        "127.0.0.1",
        f"127.0.0.1:{PORT + 1}",
        f"127.0.0.1.evil.example:{PORT}",
        f"127.0.0.1:{PORT}@evil.example",
        "",
    ],
)
def test_another_host_or_port_is_refused_before_anything_else(browser, host):
    answer = browser.get(f"/?t={browser.page.entry.token}", headers={"Host": host})
    assert answer.status_code == 421
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"LOCALHOST:{PORT}", f"[::1]:{PORT}"])
def test_the_computers_own_names_are_answered(page, host):
    answer = stranger(page).get("/static/page.css", headers={"Host": host})
    assert answer.status_code == 200


def test_the_token_opens_once_and_leads_to_a_clean_address(page):
    client = stranger(page)
    opened = client.get(f"/?t={page.entry.token}", follow_redirects=False)
    assert (opened.status_code, opened.headers["location"]) == (303, "/")
    cookie = opened.headers["set-cookie"]
    assert cookie.startswith(f"crf-intake-{PORT}=")
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert page.entry.token not in cookie
    assert client.get("/first").status_code == 200
    again = client.get(f"/?t={page.entry.token}", follow_redirects=False)
    assert (again.status_code, "set-cookie" in again.headers) == (303, False)
    assert stranger(page).get(f"/?t={page.entry.token}").status_code == 403


@pytest.mark.parametrize("address", ["/", "/first", "/files/progress", "/no-such", "/?t=", "/?t=x"])
def test_who_has_not_entered_sees_nothing_of_the_study(page, address):
    answer = stranger(page).get(address)
    assert answer.status_code == 403
    assert str(page.folder) not in answer.text


@pytest.mark.parametrize("cookie", ["", "x", "é"])
def test_a_wrong_cookie_is_none(page, cookie):
    sent = f"crf-intake-{PORT}={cookie}".encode()
    assert stranger(page).get("/first", headers={"Cookie": sent}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Origin": HERE},
        {"Origin": "http://evil.example"},
        {"Origin": f"http://127.0.0.1:{PORT + 1}"},
        {"Origin": "null"},
    ],
)
def test_what_another_site_asks_for_changes_nothing(browser, headers):
    answer = browser.post(*POST, headers=headers)
    assert answer.status_code == 403
    assert browser.page.language == ""


@pytest.mark.parametrize("headers", [OWN, {"Origin": HERE}])
def test_what_the_page_itself_asks_for_is_done(browser, headers):
    assert browser.post(*POST, headers=headers).status_code == 303
    assert browser.page.language == "fr"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_every_other_method_is_held_to_the_same(browser, method):
    assert browser.client.request(method, "/language").status_code == 403


@pytest.mark.parametrize("address", ["/first", "/no-such", "/static/page.css", "/static/none"])
def test_every_answer_says_what_the_browser_may_do(browser, address):
    headers = browser.get(address).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in POLICY
    assert "unsafe" not in POLICY


def test_a_refusal_says_it_too(page):
    assert stranger(page).get("/").headers["content-security-policy"] == POLICY


def test_a_body_longer_than_allowed_is_refused_by_what_it_says(browser, monkeypatch):
    monkeypatch.setattr(limits, "MOST_TEXT", 50)
    answer = browser.post("/language", {"language": "fr", "back": "x" * 100})
    assert answer.status_code == 413
    assert browser.page.language == ""


@pytest.mark.parametrize("told", ["9" * 5000, "-1", "x", str(1 << 40)])
def test_a_length_that_is_none_is_refused(browser, told):
    answer = browser.client.post("/language", headers={**OWN, "Content-Length": told})
    assert answer.status_code == 413


def test_a_body_longer_than_it_says_is_refused_too(browser, monkeypatch):
    monkeypatch.setattr(limits, "MOST_TEXT", 50)
    pieces = (piece for piece in [b"language=fr&back=", b"x" * 100])
    form = {**OWN, "Content-Type": "application/x-www-form-urlencoded"}
    answer = browser.client.post("/language", content=pieces, headers=form)
    assert answer.status_code == 413
    assert browser.page.language == ""


def test_more_files_than_allowed_are_refused(browser, monkeypatch):
    monkeypatch.setattr(limits, "MOST_FILES", 1)
    files = [("file", (f"{n}.pdf", b"x")) for n in range(2)]
    assert browser.post("/drop", files=files).status_code == 413


@pytest.mark.parametrize(
    "path", ["/static/../page.py", "/static/%2e%2e/page.py", "/static/..%2fpage.py", "/static//etc"]
)
def test_no_path_leads_out_of_the_static_folder(browser, path):
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_no_form_leads_to_another_site(browser, back):
    answer = browser.post("/language", {"language": "fr", "back": back})
    assert answer.headers["location"] == "/"
