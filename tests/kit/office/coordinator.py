"""The coordinator at work in a real workspace: decisions, refusals, what is left written."""

from __future__ import annotations

import json
import sqlite3
from functools import cache

import pytest

from intake.model.errors import DecisionRefused
from intake.model.receipt import Outcome
from intake.storage.database.packed import Packed
from intake.wiring.app import App
from tests.kit.fakes.inprocess import InProcess
from tests.kit.office import few
from tests.kit.office import office as whole
from tests.kit.office.office import Office
from tests.kit.places import FEW

WHY = "Vérifié par téléphone avec le centre"


@cache
def opened(folder):
    """Open a workspace once for all of a test's decisions."""
    return App.open(folder)


def decide(office, decision, *arguments):
    """Take a decision as a command does, then check that the store still proves itself."""
    app = opened(office.folder)
    try:
        return app.at_work(lambda desk: decision(desk, *arguments), InProcess())
    finally:
        app.store.verify()


def refused(office, decision, *arguments):
    with pytest.raises(DecisionRefused) as problem:
        decide(office, decision, *arguments)
    return problem.value.why


def in_review(office, **changed):
    form = few if office.schema == FEW else whole
    receipt = office.send("fiche.pdf", form.filled(form.demo_answers(**changed)))
    assert receipt.outcome is Outcome.REVIEW
    return receipt


class Copied(Office):
    """A workspace that is there already."""

    def __post_init__(self):
        self.receipts = [stored.receipt for stored in self.app.store.receipts()]


def document(office, receipt):
    path = office.folder / "outbox" / "receipts" / receipt.folder / "receipt.json"
    return json.loads(path.read_text(encoding="utf-8"))


def held_bytes(office):
    """Return the bytes of the store's files, and what its packed texts say."""
    folder = office.folder / "archive"
    raw = b"".join(p.read_bytes() for p in sorted(folder.glob("store.sqlite*")))
    return raw + "\n".join(_UNPACKED(cell, None) for cell in _packed(office)).encode()


def packed_ends(office, *needles):
    """Return the last bytes of each packed text that says one of these words."""
    said = [c for c in _packed(office) if any(n in _UNPACKED(c, None) for n in needles)]
    return [cell[-40:].encode() for cell in said]


_UNPACKED = Packed().process_result_value


def _packed(office):
    with sqlite3.connect(office.folder / "archive" / "store.sqlite") as connection:
        names = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
        wanted = [f'select * from "{name}"' for (name,) in names]  # noqa: S608 - its own tables
        rows = [row for each in wanted for row in connection.execute(each)]
    return [cell for row in rows for cell in row if isinstance(cell, str) and cell[:2] == "z:"]


def written(office):
    found = (p for p in (office.folder / "outbox").rglob("*") if p.is_file())
    return "".join(p.read_text("utf-8") for p in found)
