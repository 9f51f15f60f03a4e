"""The screens where the coordinator decides: what they show, what they do, what they refuse."""

from __future__ import annotations

import re

import pytest

from intake.model.receipt import Outcome
from intake.wiring.page.deciding import pictures
from tests.rooms.web.browser import words

WHY = "Vérifié avec le centre"


@pytest.fixture
def waiting(office):
    return office.receipts[1:]


def outcome(office, receipt):
    return office.app.store.kept(receipt.id).receipt.outcome


def test_the_list_leads_to_the_oldest_by_one_key(browser, waiting):
    html = browser.get("/decide").text
    assert f'href="/decide/{waiting[0].id}" data-key="Enter"' in html
    assert "2 files wait" in words(html)


def test_a_file_is_shown_with_its_crop_its_field_and_its_decisions(browser, waiting):
    html = browser.get(f"/decide/{waiting[0].id}").text
    assert f'src="/decide/{waiting[0].id}/crop/id_surname2.png"' in html
    assert 'name="answer:id_surname2"' in html
    assert 'data-key="Enter"' not in html  # of whom it is stands nowhere yet
    assert "ZUKO" not in html
    assert browser.get(f"/decide/{waiting[0].id}/crop/id_surname2.png").content[:4] == b"\x89PNG"
    assert browser.get(f"/decide/{waiting[0].id}/page/1.png").content[:4] == b"\x89PNG"
    assert browser.get(f"/decide/{waiting[0].id}/page/99.png").status_code == 404
    assert browser.get(f"/decide/{waiting[0].id}/crop/none.png").status_code == 404


def test_two_patients_are_shown_side_by_side_and_no_key_accepts(browser, waiting):
    html = browser.get(f"/decide/{waiting[1].id}").text
    assert "<mark>7</mark>" in html
    assert "<mark>3</mark>" in html
    assert 'data-key="Enter"' not in html
    assert re.search(r'data-key="1"[^>]*>It is patient ZAA-001', html)


def test_nothing_that_tells_who_the_patient_is_stands_in_an_address_or_a_title(browser, waiting):
    html = browser.get(f"/decide/{waiting[1].id}").text
    assert re.search(r"<title>(.*?)</title>", html).group(1) == f"File {waiting[1].id}"
    linked = " ".join(re.findall(r'(?:href|src|action)="([^"]*)"', html))
    assert "1961" not in linked


def test_accepting_leads_to_the_next_file_with_a_way_back(browser, office, waiting):
    first, second = waiting
    browser.post(f"/decide/{first.id}/give", {"answer:id_surname2": "ZU", "reason": WHY})
    assert re.search(r'data-key="Enter"[^>]*>Accept ', browser.get(f"/decide/{first.id}").text)
    answer = browser.post(f"/decide/{first.id}/accept", {"reason": WHY})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/decide/{second.id}")
    assert outcome(office, first).is_loaded
    html = browser.get(answer.headers["location"]).text
    assert f'action="/decide/{first.id}/undo"' in html
    back = browser.post(f"/decide/{first.id}/undo")
    assert back.headers["location"] == f"/decide/{first.id}"
    assert outcome(office, first) is Outcome.REVIEW


def test_answers_are_given_and_accepted_in_one_go(browser, office, waiting):
    first, second = waiting
    typed = {"answer:id_surname2": "ZU", "reason": WHY, "then": "accept"}
    answer = browser.post(f"/decide/{first.id}/give", typed)
    assert answer.headers["location"] == f"/decide/{second.id}"
    actions = [d.action.value for d in office.app.store.kept(first.id).receipt.decisions]
    assert actions == ["set", "accept"]


def test_a_refusal_is_said_on_the_same_screen_and_what_was_typed_stays(browser, office, waiting):
    typed = {"act": "give", "answer:birth_date": "the day after", "reason": WHY}
    answer = browser.post(f"/decide/{waiting[0].id}/give", typed)
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    assert 'value="the day after"' in answer.text
    assert f'value="{WHY}"' in answer.text
    assert not office.app.store.kept(waiting[0].id).receipt.decisions


@pytest.mark.parametrize("name", ["reject", "give"])
def test_a_reason_that_lacks_is_asked_for_in_the_words_of_the_page(browser, waiting, name):
    answer = browser.post(f"/decide/{waiting[0].id}/{name}", {"answer:id_surname2": "ZU"})
    assert answer.status_code == 409
    assert "--reason" not in answer.text
    assert "needs a reason" in words(answer.text)


def test_a_form_that_becomes_a_known_patients_asks_for_its_number(browser, office, waiting):
    whole = {"id_surname2": "QA", "id_firstname2": "XI", "birth_date": "17/04/1961"}
    typed = {"act": "give", "reason": WHY, **{f"answer:{k}": v for k, v in whole.items()}}
    answer = browser.post(f"/decide/{waiting[0].id}/give", typed)
    assert answer.status_code == 409
    assert "ZAA-001" in words(answer.text)
    assert "--moves-to" not in answer.text
    moved = browser.post(f"/decide/{waiting[0].id}/give", {**typed, "moves_to": "ZAA-001"})
    assert moved.status_code == 303


def test_what_is_saved_before_a_refusal_is_not_said_to_be_lost(browser, office, waiting):
    near = {"id_surname2": "QO", "id_firstname2": "XI", "birth_date": "17/04/1961"}
    typed = {"reason": WHY, "then": "accept", **{f"answer:{k}": v for k, v in near.items()}}
    answer = browser.post(f"/decide/{waiting[0].id}/give", typed)
    assert answer.headers["location"] == f"/decide/{waiting[0].id}"
    said = browser.text(answer.headers["location"])
    assert "3 answers saved. It is not accepted yet." in said


@pytest.mark.parametrize("act", ["same-as", "split"])
def test_whose_form_it_is_is_decided(browser, office, waiting, act):
    answer = browser.post(f"/decide/{waiting[1].id}/{act}", {"about": "ZAA-001", "reason": WHY})
    assert answer.headers["location"] == f"/decide/{waiting[0].id}"
    assert (
        office.app.store.kept(waiting[1].id).receipt.subject
        in {
            "same-as": ["ZAA-001"],
            "split": ["ZAA-002"],
        }[act]
    )


def test_the_last_file_leads_to_the_empty_list(browser, office, waiting):
    for receipt in waiting:
        answer = browser.post(f"/decide/{receipt.id}/reject", {"reason": WHY})
    assert answer.headers["location"] == "/decide"
    said = browser.text("/decide")
    assert "No file is waiting" in said
    assert "first screen" in said
    assert f"File {waiting[1].id} set aside." in said


def test_an_objection_has_no_way_back_and_leaves_no_picture(browser, office, waiting):
    assert browser.get(f"/decide/{waiting[0].id}/page/1.png").status_code == 200
    assert pictures._KEPT.has(waiting[0].source.sha256, 1)
    answer = browser.post(f"/decide/{waiting[0].id}/objection")
    assert f"/decide/{waiting[0].id}/undo" not in browser.get(answer.headers["location"]).text
    assert not pictures._KEPT.has(waiting[0].source.sha256, 1)


def test_a_file_that_waits_no_more_leads_to_the_list(browser, waiting):
    browser.post(f"/decide/{waiting[0].id}/reject", {"reason": WHY})
    answer = browser.client.get(f"/decide/{waiting[0].id}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/decide")
    assert browser.post(f"/decide/{waiting[0].id}/accept").status_code == 409


@pytest.mark.parametrize("number", ["999999", "x", "%2e%2e", "1' or '1"])
def test_a_number_of_no_file_is_no_fault_of_ours(browser, waiting, number):
    assert browser.get(f"/decide/{number}").status_code in (404, 409)


def test_a_form_is_typed_from_its_pages(browser, office, waiting):
    receipt = waiting[0]
    html = browser.get(f"/decide/{receipt.id}/type").text
    assert f'src="/decide/{receipt.id}/page/15.png"' in html
    names = dict.fromkeys(re.findall(r'name="(answer:[^"]+)"', html))
    assert len(names) > 150
    typed = {"answer:id_surname2": "ZU", "answer:comorbidities": ["", "hta", "diabete"]}
    answer = browser.post(f"/decide/{receipt.id}/type", {**typed, "reason": WHY, "then": "accept"})
    assert answer.status_code == 303, words(answer.text)[:900]
    assert outcome(office, receipt).is_loaded


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_word_of_the_screens_is_there(browser, waiting, language):
    browser.post("/language", {"language": language})
    for address in (
        "/decide",
        *(f"/decide/{r.id}" for r in waiting),
        f"/decide/{waiting[0].id}/type",
    ):
        answer = browser.get(address)
        assert answer.status_code == 200
        assert f'lang="{language}"' in answer.text
        assert "web." not in words(answer.text)
