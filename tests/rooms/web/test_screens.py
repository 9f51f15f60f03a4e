"""What holds for every screen: errors that say what was not lost, long acts, the end."""

from __future__ import annotations

import threading

import pytest

from intake.model.errors import DecisionRefused, Refusal, StoreFault, StoreUnavailable
from intake.web.acting import refused
from intake.web.jobs import Done, Job, Jobs, State
from intake.web.page import Busy, Page
from intake.web.safety.entry import Entry
from intake.web.screens import start
from intake.wiring.page import agenda as agendas
from intake.words.catalogue import words_of
from tests.rooms.web.browser import PORT, words

EN = words_of("en")


@pytest.mark.parametrize("address", ["/no-such", "/job/99", "/job/first"])
def test_an_address_that_leads_nowhere_says_so(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 404
    assert "Nothing is lost" in words(answer.text)


def test_a_method_that_is_not_meant_says_so(browser):
    answer = browser.get("/drop")
    assert answer.status_code == 405
    assert "Nothing was changed" in words(answer.text)


def test_a_fault_of_ours_is_told_and_never_quoted(browser, monkeypatch, caplog):
    def fails(_app):
        raise ValueError("Durand, Marie, 1951")

    monkeypatch.setattr(start, "agenda", fails)
    answer = browser.get("/")
    assert answer.status_code == 500
    assert "What was saved before stays saved" in words(answer.text)
    assert "ValueError at fails:" in caplog.text
    assert "Durand" not in answer.text + caplog.text


def test_a_store_out_of_reach_is_a_sentence(browser, monkeypatch):
    def fails(_app):
        raise StoreUnavailable(StoreFault.RUN_UNDER_WAY)

    monkeypatch.setattr(start, "agenda", fails)
    answer = browser.get("/")
    assert answer.status_code == 422
    assert EN.text("cli.store.run_under_way") in words(answer.text)


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (DecisionRefused(Refusal.NOT_A_TABLE, line="3"), 409),
        (StoreUnavailable(StoreFault.RUN_UNDER_WAY), 422),
        (Busy(), 409),
        (ValueError("Durand"), 500),
    ],
)
def test_each_refusal_is_a_sentence_and_a_status(problem, status):
    said = refused(problem, EN)
    assert said.status == status
    assert said.said.endswith(".")
    assert "Durand" not in said.said


def test_an_act_waits_for_the_one_before_it_and_no_longer_than_is_patient(tmp_path):
    page = Page(tmp_path, Entry(PORT), patience=0.01)
    with page._own_turn(1), pytest.raises(Busy):
        page.act_without_study(lambda folder: folder)
    assert page.act_without_study(lambda folder: folder) == tmp_path


def test_what_was_done_is_said_once(browser):
    browser.page.flash(Done("It was done.", undo="/undo"))
    said = browser.get("/first").text
    assert "It was done." in said
    assert 'action="/undo"' in said
    assert "It was done." not in browser.get("/first").text


def test_jobs_are_done_one_after_the_other_and_a_waiting_one_is_not_begun_twice():
    jobs, go, order = Jobs(), threading.Event(), []

    def work(tell):
        tell("half")
        go.wait(5)
        order.append(len(order))
        return Done("done")

    first = jobs.start(Job(0, "a", "A"), work)
    second, third = (jobs.start(Job(0, "a", "A"), work) for _ in range(2))
    assert second is third
    assert second.state is State.WAITING
    assert jobs.under_way is first
    go.set()
    first._future.result(5)
    second._future.result(5)
    assert (first.state, first.progress, order) == (State.DONE, "half", [0, 1])
    assert jobs.under_way is None
    jobs.end()


def test_a_job_that_fails_is_told_without_the_fault_s_text(browser):
    def work(_app, _tell):
        raise ValueError("Durand, Marie")

    browser.page.start(Job(0, "x", "Long work", then="/study"), work)
    browser.wait()
    answer = browser.get("/job/1?part")
    assert "Not done" in words(answer.text)
    assert 'href="/study"' in answer.text
    assert "Durand" not in answer.text


def test_the_end_is_said_and_begun(browser):
    ended = []
    browser.page.stop = lambda: ended.append(1)
    answer = browser.post("/stop")
    assert "Nothing is lost" in words(answer.text)
    assert ended == [1]


def test_the_start_page_opens_no_record_and_names_the_first_only(browser, office, monkeypatch):
    def opened(*_):
        raise AssertionError

    for name in ("records", "records_by_id"):
        monkeypatch.setattr(type(office.app.store), name, opened)
    monkeypatch.setattr(agendas, "_FEW", 2)
    said = browser.text("/")
    assert "ZAA ZBE and 3 more" in said


def test_an_act_answers_before_the_dataset_is_written(browser, office):
    asked = []
    browser.page.catching_up.ask = lambda: asked.append(1)
    browser.page.act(lambda app: asked.append(app.puts_off))
    assert asked == [True, 1]
