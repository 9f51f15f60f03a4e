"""The dataset brought up to date by what changed is the one made anew, whatever happened."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from intake.channels.folder.record_files import RecordFiles
from intake.exports.dataset import Dataset, Profile, dataset_files, dataset_of
from intake.exports.refresh import refresh, write_all
from intake.model.query import Query, QueryAction, QueryEnd, QueryStep
from intake.model.receipt import Outcome, ReviewAction, ReviewDecision
from intake.model.record import Entry
from intake.model.submission import Submission, Value
from intake.storage.store import SqlStore
from tests.kit.fakes.inprocess import InProcess
from tests.kit.office.office import Office
from tests.rooms.storage.forms import (
    DEFINITION,
    FORM,
    RECEIVED,
    definitions,
    in_review,
    key,
    loaded,
    note,
    query,
    rejected,
    rule,
    submission,
)

SECRET = "Quarrivol"  # noqa: S105 -- an answer
PEOPLE = ("AB", "CD", "EF", "GH", "IJ", "KL")


def answers(letters: str, height: str) -> Submission:
    """Return what a patient's form says, in values and record alike."""
    whole = submission(key(letters), height)
    own = [v for v in whole.values if v.item in ("letters", "born", "place", "height")]
    remark = Value(item="remark", value=f"{SECRET} {letters}", raw="remark")
    record = {name: whole.record[name] for name in ("letters", "born", "place")}
    record |= {"height": float(Decimal(height)), "remark": remark.value}
    return replace(whole, values=(*own, remark), record=record)


class Course:
    """A study in which anything happens, told by a chance."""

    def __init__(self, store: SqlStore, chance: random.Random) -> None:
        self.store, self.chance = store, chance
        self.files = 0

    def step(self) -> None:
        """Let one thing happen, if it can."""
        acts = (self.load, self.load, self.wait, self.refuse, self.accept, self.undo)
        self.chance.choice((*acts, self.withdraw, self.object, self.ask, self.recheck, self.send))()

    def _entry(self, make) -> Entry:
        self.files += 1
        letters = self.chance.choice(PEOPLE)
        entry = make(f"{self.files}", key(letters))
        return replace(entry, submission=answers(letters, f"{self.chance.randrange(10, 90)}.50"))

    def load(self) -> None:
        self.store.save(self._entry(loaded))

    def wait(self) -> None:
        self.store.save(self._entry(in_review))

    def refuse(self) -> None:
        self.files += 1
        self.store.save(rejected(f"{self.files}"))

    def accept(self) -> None:
        self._decide(self._waiting(), ReviewAction.ACCEPT, Outcome.LOADED)

    def undo(self) -> None:
        self._decide(self._current(), ReviewAction.UNDO, Outcome.REVIEW, revision=None)

    def withdraw(self) -> None:
        self._decide(self._current(), ReviewAction.WITHDRAW, None)

    def object(self) -> None:
        if self.chance.random() < 0.5:
            self._decide(self._waiting(), ReviewAction.OBJECTION, Outcome.REJECTED)
            return
        for record in self._one_record():
            for receipt in self.store.receipts_of(record.record_id):
                if receipt.outcome.is_loaded:
                    self._decide(receipt, ReviewAction.OBJECTION, Outcome.REJECTED)

    def ask(self) -> None:
        for record in self._one_record():
            known = list(self.store.queries(record.record_id))
            stepped = self._stepped(self.chance.choice(known)) if known else None
            asked = replace(query(len(known) + 1, rule(), record.revision))
            named = {"record_id": record.record_id, "subject": record.subject}
            self.store.step(stepped or replace(asked, **named))

    def _stepped(self, known: Query) -> Query | None:
        if self.chance.random() < 0.4:
            return None
        how = self.chance.choice((QueryEnd.CONFIRMED, QueryEnd.WITHDRAWN))
        action = QueryAction.REOPENED if known.how else QueryAction.CLOSED
        step = QueryStep(action=action, at=RECEIVED, how=None if known.how else how)
        return replace(known, steps=(*known.steps, step))

    def recheck(self) -> None:
        for record in self._one_record():
            found = self.chance.choice(((), (rule(),), (note(), rule())))
            said = replace(record.submission, findings=found, rechecked="1.0.0")
            self.store.recheck(record.record_id, said, {"appeared": len(found)})

    def send(self) -> None:
        self.store.note("export", {"profile": "analysis"})

    def _one_record(self) -> Iterator:
        every = list(self.store.records(FORM))
        if every:
            yield self.chance.choice(every)

    def _current(self):
        return next((self.store.kept(r.receipt).receipt for r in self._one_record()), None)

    def _waiting(self):
        every = [s.receipt for s in self.store.receipts() if s.receipt.outcome is Outcome.REVIEW]
        return self.chance.choice(every) if every else None

    def _decide(self, receipt, action: ReviewAction, outcome: Outcome | None, **more) -> None:
        if receipt is None:
            return
        entry = self.store.kept(receipt.id)
        decisions = (*receipt.decisions, ReviewDecision(action=action, at=RECEIVED))
        more |= {"decisions": decisions, "outcome": outcome or receipt.outcome}
        if action is ReviewAction.UNDO:
            more |= {"record_id": None, "subject": None}
        if action is ReviewAction.OBJECTION:
            entry = Entry(receipt=receipt)
        self.store.decide(replace(entry, receipt=replace(receipt, **more)))


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: None)
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    opened = SqlStore(url, tmp_path / "keys" / "study.key", definitions, lambda: RECEIVED)
    yield opened
    opened.close()


@pytest.fixture
def dataset() -> Dataset:
    return dataset_of([DEFINITION], Profile.FULL)


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def anew(store) -> dict[str, bytes]:
    receipts = store.receipts()
    return dict(dataset_files(store.records(FORM), receipts, [DEFINITION], profile="full"))


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 9))]
)
def test_whatever_happens_the_refreshed_dataset_is_the_one_made_anew(
    store, dataset, tmp_path, monkeypatch, seed
):
    folder = tmp_path / "dataset"
    files = RecordFiles(folder, tmp_path / "parts")
    chance = random.Random(seed)
    course = Course(store, chance)
    refresh(dataset, store, files)
    monkeypatch.setattr(RecordFiles, "write", None)  # from now on by what changed alone
    for _ in range(40):
        for _ in range(chance.choice((1, 1, 1, 4))):
            course.step()
        refresh(dataset, store, files)
        assert held(folder) == anew(store)
    store.verify()


def test_nothing_is_made_or_written_when_nothing_changed(store, dataset, tmp_path, monkeypatch):
    files = RecordFiles(tmp_path / "dataset", tmp_path / "parts")
    store.save(replace(loaded("a"), submission=answers("AB", "12.50")))
    refresh(dataset, store, files)

    for name in ("write", "rewrite"):
        monkeypatch.setattr(RecordFiles, name, None)
    refresh(dataset, store, files)


def test_one_change_makes_the_rows_of_one_record(store, dataset, tmp_path, monkeypatch):
    files = RecordFiles(tmp_path / "dataset", tmp_path / "parts")
    for letters in PEOPLE:
        entry = loaded(letters, key(letters))
        store.save(replace(entry, submission=answers(letters, "12.50")))
    refresh(dataset, store, files)
    made = []
    parts = Dataset.parts
    monkeypatch.setattr(Dataset, "parts", lambda self, *of: made.append(of) or parts(self, *of))

    store.save(replace(loaded("z", key("CD")), submission=answers("CD", "13.50")))
    refresh(dataset, store, files)

    assert [(stored.subject, stored.revision) for stored, _ in made] == [("REI-002", 2)]
    assert held(tmp_path / "dataset") == anew(store)


@pytest.mark.parametrize("harm", ["a file", "the list", "another store", "another program"])
def test_where_it_is_not_known_what_changed_all_is_made_anew(
    store, dataset, tmp_path, monkeypatch, harm
):
    folder = tmp_path / "dataset"
    files = RecordFiles(folder, tmp_path / "parts")
    store.save(replace(loaded("a"), submission=answers("AB", "12.50")))
    refresh(dataset, store, files)
    stale = folder / "values.csv"
    match harm:
        case "a file":
            stale.write_bytes(stale.read_bytes().replace(b"12.5", b"99.5"))
        case "the list":
            (tmp_path / "parts").unlink()
        case "another store":
            monkeypatch.setattr(SqlStore, "changed_since", lambda _self, _head: None)
        case "another program":
            monkeypatch.setattr("intake.exports.refresh.program_digest", lambda: "another")
    store.save(replace(loaded("b", key("CD")), submission=answers("CD", "13.50")))
    monkeypatch.setattr(RecordFiles, "rewrite", lambda *_: False)

    refresh(dataset, store, files)

    assert held(folder) == anew(store)


def test_nothing_of_a_patient_who_objected_is_left_beside_the_store(store, dataset, tmp_path):
    files = RecordFiles(tmp_path / "dataset", tmp_path / "parts")
    receipts = [
        store.save(replace(loaded(letters, key(letters)), submission=answers(letters, "12.50")))
        for letters in PEOPLE
    ]
    refresh(dataset, store, files)
    gone = receipts[2]
    objection = (ReviewDecision(action=ReviewAction.OBJECTION, at=RECEIVED),)
    told = replace(gone, outcome=Outcome.REJECTED, decisions=objection)

    store.decide(Entry(receipt=told))
    refresh(dataset, store, files)

    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert f"{SECRET} AB".encode() in left
    assert f"{SECRET} EF".encode() not in left
    assert held(tmp_path / "dataset") == anew(store)


def test_an_export_is_all_records_whatever_stood_there(store, dataset, tmp_path):
    store.save(replace(loaded("a"), submission=answers("AB", "12.50")))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "values.csv").write_text("old")

    names = write_all(dataset, store, RecordFiles(tmp_path / "out"))

    assert held(tmp_path / "out") == anew(store)
    assert set(names) == set(anew(store))


def test_a_run_without_files_writes_nothing(tmp_path, monkeypatch):
    office = Office(tmp_path / "office")
    office.app.process(lambda *_: None, InProcess())
    outbox = office.folder / "outbox"
    before = {path: path.stat().st_ino for path in outbox.rglob("*") if path.is_file()}
    assert office.app.places.status in before

    office.app.process(lambda *_: None, InProcess())
    assert {path: path.stat().st_ino for path in outbox.rglob("*") if path.is_file()} == before

    monkeypatch.setattr("intake.wiring.app.now", lambda: RECEIVED)  # another day
    office.app.process(lambda *_: None, InProcess())
    assert office.app.places.status.stat().st_ino != before[office.app.places.status]
