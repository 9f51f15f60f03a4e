"""A study whose store is on a server: moved there, worked on, and moved back."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from intake.cli.main import main
from intake.model.receipt import Outcome
from intake.wiring import decisions
from intake.wiring.app import App
from tests.kit.office.few import FewOffice, demo_answers, filled
from tests.kit.servers.postgres import PASSWORD, SERVER

pytestmark = list(SERVER)
FILE = "archive/store.sqlite"


@pytest.fixture
def office(tmp_path):
    """Return a study with one patient."""
    found = FewOffice(tmp_path / "office")
    found.send("a.pdf", filled())
    return found


def _work_on(office, url):
    """Write the store's address into the settings, as a person does."""
    office.app.store.close()
    office.__dict__.pop("app", None)
    settings = office.folder / "study.toml"
    text = re.sub(r'(?m)^url = ".*"$', lambda _: f'url = "{url}"', settings.read_text("utf-8"))
    settings.write_text(text, "utf-8")


def _command(office, *words):
    done = CliRunner().invoke(main, [*words, "--workspace", str(office.folder)])
    assert PASSWORD not in done.output
    return done


def _dataset(office):
    return {p.name: p.read_bytes() for p in (office.folder / "outbox" / "dataset").iterdir()}


def test_a_study_is_moved_to_a_server_worked_on_and_moved_back(office, server):
    name = server.new()
    url, before = server.url(name), _dataset(office)

    there = _command(office, "store", "copy", FILE, url, "--json")
    assert there.exit_code == 0, there.output
    assert json.loads(there.stdout)["records"] == 1
    _work_on(office, url)
    office.run()
    assert _dataset(office) == before

    assert office.send("again.pdf", filled()).outcome is Outcome.DUPLICATE
    near = filled(demo_answers("01", id_surname2="DV"))
    waiting = office.send("near.pdf", near)
    assert waiting.outcome is Outcome.REVIEW
    assert decisions.split(office.app, waiting.id).outcome.is_loaded
    for words in (["audit"], ["status"], ["review", "list"], ["queries", "list"]):
        assert _command(office, *words).exit_code == 0, words
    after = _dataset(office)
    assert after != before

    with App.open(office.folder).store.only_run():
        refused = CliRunner().invoke(main, ["process", "--workspace", str(office.folder)])
        assert (refused.exit_code, "another computer" in refused.output) == (4, True)

    back = _command(office, "store", "copy", url, "archive/back.sqlite")
    assert back.exit_code == 0, back.output
    _work_on(office, "archive/back.sqlite")
    office.run()
    assert _dataset(office) == after
    assert _command(office, "audit").exit_code == 0
    assert _command(office, "store", "copy", "archive/back.sqlite", url).exit_code == 4
    server.drop(name)
