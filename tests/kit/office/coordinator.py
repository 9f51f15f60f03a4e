"""The coordinator at work in a real workspace: decisions, refusals, what is left written."""

from __future__ import annotations

import json
from functools import cache

import pytest

from intake.model.errors import DecisionRefused
from intake.model.receipt import Outcome
from intake.wiring.app import App
from tests.kit.fakes.inprocess import InProcess
from tests.kit.office.office import Office, demo_answers, filled

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
    receipt = office.send("fiche.pdf", filled(demo_answers(**changed)))
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
    folder = office.folder / "archive"
    return b"".join(p.read_bytes() for p in sorted(folder.glob("store.sqlite*")))


def written(office):
    found = (p for p in (office.folder / "outbox").rglob("*") if p.is_file())
    return "".join(p.read_text("utf-8") for p in found)
