"""An act of the page leaves the store as the command leaves it, byte for byte."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import shutil
import sqlite3

import pytest
from click.testing import CliRunner

from intake.cli.main import main
from intake.storage.proof import seals
from intake.wiring import app
from tests.rooms.web.browser import Browser

WHY = "Vérifié avec le centre"
NOON = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)
TOO_LONG, NEAR = "000002", "000003"


@pytest.fixture
def begin_again(monkeypatch):
    """Let time stand still, and give what lets a run draw the same numbers as the one before."""
    monkeypatch.setattr(app, "now", lambda: NOON)

    def again():
        drawn = itertools.count()

        def token(size):
            return hashlib.sha256(b"%d" % next(drawn)).hexdigest()[: 2 * size]

        monkeypatch.setattr(seals.secrets, "token_hex", token)

    return again


def told(folder):
    """Return all that the store says, and what stands in the outbox."""
    with sqlite3.connect(folder / "archive" / "store.sqlite") as connection:
        store = "\n".join(connection.iterdump())
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted((folder / "outbox").rglob("*"))
        if path.is_file()
    }
    return store, files


ACTS = {
    "accept after an answer": (
        [("set", TOO_LONG, "A01", "ZU", "--reason", WHY), ("accept", TOO_LONG, "--reason", WHY)],
        [(TOO_LONG, "give", {"answer:id_surname2": "ZU", "reason": WHY, "then": "accept"})],
    ),
    "same-as": (
        [("same-as", NEAR, "ZAA-001")],
        [(NEAR, "same-as", {"about": "ZAA-001"})],
    ),
    "split": ([("split", NEAR)], [(NEAR, "split", {})]),
    "reject": (
        [("reject", NEAR, "--reason", WHY)],
        [(NEAR, "reject", {"reason": WHY})],
    ),
    "objection": ([("objection", NEAR)], [(NEAR, "objection", {})]),
    "undone": (
        [("split", NEAR), ("undo", NEAR)],
        [(NEAR, "split", {}), (NEAR, "undo", {})],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", ACTS)
def test_the_store_is_that_of_the_commands(what, prepared, tmp_path, begin_again):
    commands, posts = ACTS[what]
    by_command, by_page = tmp_path / "command" / "étude", tmp_path / "page" / "étude"
    for folder in (by_command, by_page):
        shutil.copytree(prepared, folder)

    begin_again()
    for command in commands:
        done = CliRunner().invoke(main, ["review", *command, "--workspace", str(by_command)])
        assert done.exit_code == 0, done.output
    begin_again()
    browser = Browser(by_page)
    for receipt, act, data in posts:
        assert browser.post(f"/decide/{receipt}/{act}", data).status_code == 303
    browser.page.end()  # what was put off is written
    (store, files), (store_of_page, files_of_page) = told(by_command), told(by_page)
    assert store_of_page == store
    assert files_of_page == files
