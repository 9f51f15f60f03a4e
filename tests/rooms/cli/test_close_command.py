"""``close``: nothing while something is pending; a frozen copy that is numbered and proved."""

from __future__ import annotations

import hashlib
import json

import pytest
from click.testing import CliRunner

from intake.cli.exit_codes import ExitCode
from intake.cli.main import main
from intake.model.errors import StoreUnavailable
from intake.storage.store import SqlStore
from intake.wiring.conduct.freezing import frozen_copies
from tests.kit.office.few import FewOffice, codes, demo_answers, filled


@pytest.fixture
def office(tmp_path):
    office = FewOffice(tmp_path / "étude")
    office.fill_in()
    return office


def run(office, *arguments):
    command = ["close", *arguments, "--workspace", str(office.folder), "--json"]
    done = CliRunner().invoke(main, command)
    return done.exit_code, json.loads(done.stdout)


def freezes(office):
    return sorted(path.name for path in (office.folder / "outbox" / "freezes").glob("*"))


def test_nothing_is_frozen_while_something_is_pending(office):
    code, told = run(office)
    assert (code, told["closed"]) == (ExitCode.TO_REVIEW, False)
    assert told["pending"][0]["what"] == "open"
    assert freezes(office) == []


def test_a_freeze_is_numbered_whole_and_only_read(office):
    (office.folder / "inbox" / "a.txt").write_text("x")
    first = run(office, "--anyway")[1]
    second = run(office, "--anyway")[1]
    assert (first["freeze"], second["freeze"]) == (1, 2)
    assert {"what": "process", "count": 1} in run(office)[1]["pending"]
    folder = office.folder / "outbox" / "freezes" / freezes(office)[0]
    manifest = (folder / "manifest.json").read_bytes()
    assert hashlib.sha256(manifest).hexdigest() == first["manifest_sha256"]
    told = json.loads(manifest)["files"]
    assert set(told) == {path.name for path in folder.iterdir()} - {"manifest.json"}
    for name, one in told.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == one["sha256"]
        assert not (folder / name).stat().st_mode & 0o222
    assert len(list((office.folder / "outbox" / "report").glob("closing-*.pdf"))) == 2


def test_a_freeze_that_was_cut_off_before_it_was_noted_gives_its_number_again(office, monkeypatch):
    def cut(*_arguments: object) -> None:
        raise StoreUnavailable.__new__(StoreUnavailable)

    with monkeypatch.context() as patched:
        patched.setattr(SqlStore, "note", cut)
        CliRunner().invoke(main, ["close", "--anyway", "--workspace", str(office.folder)])
    assert len(freezes(office)) == 1
    assert run(office, "--anyway")[1]["freeze"] == 1
    assert len(freezes(office)) == 1


def test_frozen_copies_that_hold_a_record_are_named(tmp_path):
    rows = {
        "001-20270405": "a1,2\r\nb2,1\r\n",
        "002-20270406": "ba1,1\n",
        ".003-20270407": "a1,1\n",
    }
    for name, row in rows.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "records.csv").write_text(f"\ufeffrecord_id,revision\r\n{row}", "utf-8")
    assert [path.name for path in frozen_copies(tmp_path, "a1")] == ["001-20270405"]


@pytest.mark.slow
def test_what_came_after_the_closing_date_loads_with_a_mark_and_stays_out_unless_asked(office):
    office.send("a.pdf", filled(demo_answers(lab_hb_dx="8,5")))
    office.change_study(opens="2020-01-01", closes="2020-06-30", reminder="2020-03-31")
    late = office.send("b.pdf", filled(demo_answers("02")))
    again = office.send("c.pdf", filled(demo_answers(lab_hb_dx="8,9", form_date="09/10/2026")))
    assert late.outcome.is_loaded
    assert again.revision == 2
    assert "LATE" in codes(late)
    assert "LATE" in codes(again)

    told = run(office, "--anyway")[1]
    assert (told["frozen"], told["late"]) == (1, [late.subject])
    assert told["cut_back"] == [again.subject]
    folder = office.folder / "outbox" / "freezes" / freezes(office)[0]
    assert ",8.5," in (folder / "records.csv").read_text("utf-8-sig")

    told = run(office, "--anyway", "--with-late")[1]
    assert (told["frozen"], told["late"], told["cut_back"]) == (2, [], [])
