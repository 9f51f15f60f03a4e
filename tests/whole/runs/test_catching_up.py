"""Decisions that put the dataset off: said beside it, made up for by whoever is next."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import replace

import pytest

from intake.model.errors import StoreUnavailable
from intake.wiring.app import App
from intake.wiring.study import turns
from intake.wiring.study.catching_up import CatchingUp, catch_up
from intake.workspace.lock import in_turn, only_one
from tests.kit.office.office import Office


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path / "study")
    made.app.refresh()
    return made


def decide(office, *, later=True):
    """Change the store under the workspace's lock, as a decision does."""
    app = replace(office.app, puts_off=later)
    with app.acting():
        app.store.note("decision", {"action": "accept"})
    app.store.close()


@contextmanager
def opened(office):
    app = App.open(office.folder)
    yield app
    app.store.close()


def is_behind(office):
    with opened(office) as app:
        return app.is_behind


def test_a_decision_that_waits_is_said_beside_the_dataset_until_it_is_there(office):
    note = office.app.places.behind
    assert not is_behind(office)
    decide(office)
    assert is_behind(office)
    assert "n'est pas à jour" in note.read_text("utf-8")
    with opened(office) as app:
        assert catch_up(app)
    assert not is_behind(office)
    assert not note.exists()


def test_without_putting_off_a_decision_ends_with_the_dataset(office):
    decide(office)
    decide(office, later=False)
    assert not is_behind(office)
    assert not office.app.places.behind.exists()


def test_a_run_makes_up_for_what_nobody_caught_up_with(office):
    decide(office)
    with opened(office) as app, app.locked():
        app.refresh()
    assert not is_behind(office)
    assert not office.app.places.behind.exists()


def test_what_is_decided_while_the_files_are_written_stays_said(office, monkeypatch):
    decide(office)
    whole = App.rewrite

    def slow(app):
        whole(app)
        decide(office)

    monkeypatch.setattr(App, "rewrite", slow)
    with opened(office) as app:
        assert not catch_up(app)
    assert office.app.places.behind.exists()
    assert is_behind(office)


def test_the_note_stays_while_somebody_decides(office):
    decide(office)
    lock = office.app.places.archive / turns.RUN_LOCK
    with opened(office) as app, only_one(lock):
        assert not catch_up(app)
    assert office.app.places.behind.exists()


def test_many_decisions_are_caught_up_with_at_once(office, monkeypatch):
    times, whole = [], App.rewrite
    monkeypatch.setattr(App, "rewrite", lambda app: (times.append(1), whole(app)))
    catching = CatchingUp(lambda: opened(office), quiet=60.0)
    for _ in range(3):
        decide(office)
        catching.ask()
    assert catching.is_behind
    assert catching.close(30.0)
    assert len(times) == 1
    assert not is_behind(office)


def test_what_does_not_work_is_told_and_tried_again(office):
    tries = []

    @contextmanager
    def closed_at_first():
        tries.append(1)
        if len(tries) == 1:
            raise OSError("no room")
        with opened(office) as app:
            yield app
        done.set()

    done = threading.Event()
    decide(office)
    catching = CatchingUp(closed_at_first, quiet=0.0, pause=0.01)
    catching.ask()
    assert done.wait(30.0)
    assert catching.close(30.0)
    assert catching.problem is None
    assert not is_behind(office)


def test_a_cut_off_refresh_is_swept_by_the_next_one_and_a_whole_one_looks_for_nothing(office):
    places = office.app.places
    half = places.dataset / ".4711.0.beside.tmp"
    with turns.outbox_turn(places):
        half.write_bytes(b"half")
    with turns.outbox_turn(places):
        assert half.exists()  # nothing was cut off: nothing is looked for
    with pytest.raises(OSError, match="cut"), turns.outbox_turn(places):
        raise OSError("cut")
    with turns.outbox_turn(places):
        assert not half.exists()


def test_a_run_cut_off_at_any_depth_is_swept_by_the_next_one(office):
    places = office.app.places
    half = places.receipts / "20260101-000001" / ".4711.beside.tmp"
    half.parent.mkdir(parents=True)
    killed = (
        "import os, sys; from pathlib import Path; from intake.wiring.app import App\n"
        "app = App.open(Path(sys.argv[1]))\n"
        "with app.locked(): Path(sys.argv[2]).write_bytes(b'half'); os._exit(9)"
    )
    command = [sys.executable, "-c", killed, str(office.folder), str(half)]
    assert subprocess.run(command, check=False).returncode == 9
    assert half.exists()
    with opened(office) as app, app.locked():
        assert not half.exists()


def test_a_run_waits_for_the_outbox_and_another_run_does_not_wait(tmp_path):
    held, order = tmp_path / "outbox.lock", []

    def second():
        with in_turn(held):
            order.append("second")

    with in_turn(held):
        other = threading.Thread(target=second)
        other.start()
        order.append("first")
    other.join(10.0)
    assert order == ["first", "second"]
    with only_one(held), pytest.raises(StoreUnavailable), only_one(held):
        pass
