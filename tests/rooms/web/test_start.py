"""The start page: what to do now, who decides, in which language; and files that are dropped."""

from __future__ import annotations

from tests.rooms.web.browser import Browser


def test_a_folder_without_a_study_opens_the_first_start(tmp_path):
    answer = Browser(tmp_path).get("/")
    assert answer.url.path == "/first"
    assert str(tmp_path) in answer.text


def test_the_start_page_says_what_to_do_in_order(browser):
    said = browser.text("/")
    tasks = ("8 lines of the settings", "5 centres have not had their forms")
    assert [said.index(task) for task in tasks] == sorted(said.index(task) for task in tasks)
    assert "0 of 5" in said


def test_the_page_speaks_the_language_that_is_chosen(browser):
    assert browser.post("/language", {"language": "fr", "back": "/"}).status_code == 303
    assert "À faire maintenant" in browser.text("/")
    browser.post("/language", {"language": "tlh", "back": "/"})
    assert "À faire maintenant" in browser.text("/")


def test_who_decides_is_asked_once(browser):
    assert 'name="name"' in browser.get("/").text
    browser.post("/name", {"name": "A. Coordinator", "back": "/"})
    after = browser.get("/").text
    assert 'name="name"' not in after
    assert "A. Coordinator" in after


def test_a_dropped_file_is_read_and_told_of_until_it_was_seen(browser, office):
    files = {"file": ("../../vide.pdf", b"%PDF-1.4 nothing\n%%EOF\n", "application/pdf")}
    assert browser.post("/drop", files=files).headers["location"] == "/#files"
    browser.wait()
    part = browser.get("/files/progress").text
    assert "vide.pdf" in part
    assert len(list((office.folder / "outbox" / "receipts").glob("*/receipt.json"))) == 1
    key = part.partition('name="key" value="')[2][:24]
    assert "vide.pdf" in Browser(office.folder).get("/files/progress").text  # after a restart
    browser.post("/files/seen", {"key": key})
    assert "vide.pdf" not in browser.get("/files/progress").text


def test_a_dropped_file_takes_no_other_s_place(browser, office, monkeypatch):
    monkeypatch.setattr("intake.web.screens.drop._read", lambda _page: None)
    for content in (b"one", b"two"):
        browser.post("/drop", files={"file": ("fiche.pdf", content, "application/pdf")})
    kept = {path.name: path.read_bytes() for path in (office.folder / "inbox").glob("*.pdf")}
    assert kept == {"fiche.pdf": b"one", "fiche (2).pdf": b"two"}
    assert "2 files" in browser.text("/files/progress")
