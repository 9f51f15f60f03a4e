"""``status`` from the command line, and the page that every run and decision refreshes."""

from __future__ import annotations

import datetime as dt
import json
import stat
import sys
from dataclasses import replace

import click
import pytest
from click.testing import CliRunner

from intake.cli.exit_codes import ExitCode
from intake.cli.main import main
from intake.model.receipt import ReviewAction, ReviewDecision
from intake.model.record import StoredReceipt
from intake.model.tally import Newest, ReceiptLine
from intake.wiring.conduct.account import unanswered
from tests.kit.office.few import FewOffice
from tests.rooms.reports.samples import LOADED, QUERIED, REVIEW

NOON = dt.datetime(2027, 1, 10, 12, tzinfo=dt.UTC)
CORRECTED = ReviewDecision(action=ReviewAction.CORRECT, at=NOON)


@pytest.fixture
def office(tmp_path):
    return FewOffice(tmp_path / "étude")


def run(office, *arguments):
    return CliRunner().invoke(main, ["status", *arguments, "--workspace", str(office.folder)])


def test_what_is_left_to_do_is_said_before_anything_else(office):
    done = run(office)
    assert done.exit_code == ExitCode.DONE
    told = done.stdout
    assert told.index("What is left to do") < told.index("1. 8 lines to fill in")
    assert told.index("8 lines") < told.index("Returned files")
    assert told.splitlines()[-1].endswith("status.html")


def test_the_same_is_given_as_data(office):
    office.fill_in()
    document = json.loads(run(office, "--json").stdout)
    assert [task["what"] for task in document["to_do"]] == ["pack"]
    assert [centre["silent"] for centre in document["centres"]] == [True] * 5
    assert document["to_complete"] == []


def test_a_run_writes_the_page_and_the_list_for_their_owner_alone(office):
    office.run()
    for path in (office.app.places.status, office.app.places.receipts / "index.html"):
        assert path.is_file()
        if sys.platform != "win32":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_number_of_patients_expected_is_counted_against(office):
    path = office.folder / "study.toml"
    text = path.read_text("utf-8") + "\n[expected]\npatients = 60\ncentres = { ZAA = 4 }\n"
    path.write_text(text, "utf-8")
    told = run(office).stdout
    assert "0 / 60" in told
    assert "ZAA: 0 / 4, silent" in told


def test_the_page_is_opened_when_it_is_asked_for(office, monkeypatch):
    opened = []
    monkeypatch.setattr(click, "launch", opened.append)
    run(office)
    assert opened == []
    run(office, "--open")
    assert opened == [str(office.app.places.status)]


def test_a_page_that_cannot_be_written_hides_nothing(office):
    (office.folder / "outbox" / "status.html").mkdir()
    done = run(office)
    assert done.exit_code == ExitCode.DONE
    assert "What is left to do" in done.stdout
    assert "could not be written" in done.stderr


class FewReceipts:
    """Give samples by their numbers, as the store does, and remember which were opened."""

    def __init__(self, *receipts):
        self.known = {receipt.id: receipt for receipt in receipts}
        self.opened = []
        self.counts = self

    def receipts(self, numbers):
        self.opened += numbers
        return [StoredReceipt(receipt=self.known[number], delivered=True) for number in numbers]

    def newest(self, count):
        lines = [
            ReceiptLine(
                receipt=one.id,
                parent=one.parent,
                outcome=one.outcome,
                arrived=NOON,
                is_superseded=False,
            )
            for one in list(self.known.values())[-count:]
        ]
        return Newest(tuple(lines), len(self.known))


def test_a_file_is_unanswered_until_its_centre_is_told_of_it_as_it_is_now():
    own = replace(LOADED, id="R-9", decisions=(CORRECTED,))
    store = FewReceipts(LOADED, QUERIED, REVIEW, own)
    assert unanswered(store, {}) == 2
    assert "R-000004" not in store.opened  # it waits: it is told of when it is decided
    assert unanswered(store, {LOADED.id: "loaded", QUERIED.id: "review"}) == 1
    assert unanswered(store, {LOADED.id: "loaded", QUERIED.id: "loaded_with_queries"}) == 0


def test_an_email_is_answered_by_the_files_that_it_held():
    store = FewReceipts(replace(LOADED, id="R-8"), replace(LOADED, id="R-9", parent="R-8"))
    unanswered(store, {})
    assert store.opened == ["R-9"]


def test_a_dataset_that_is_older_than_the_store_is_told(office):
    def is_behind():
        return json.loads(run(office, "--json").stdout)["dataset_is_behind"]

    office.run()
    assert not is_behind()
    office.app.store.note("decision", {"action": "accept"})
    assert is_behind()


def test_each_patient_is_told_as_data_after_what_was_counted(office):
    document = json.loads(run(office, "--json").stdout)
    assert document["owed"] == []
    assert list(document)[-1] == "owed"
