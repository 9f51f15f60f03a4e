"""Both stores keep a receipt of every outcome."""

from __future__ import annotations

from dataclasses import replace

from intake.model.receipt import Outcome
from tests.rooms.storage.forms import duplicate, in_review, key, loaded, rejected


def test_every_outcome_can_be_saved(store):
    made = {store.save(entry).outcome for entry in _one_of_each()}

    assert made == set(Outcome)


def _one_of_each():
    plain = loaded("e", key("CD"))
    return [
        loaded("a"),
        replace(plain, receipt=replace(plain.receipt, outcome=Outcome.LOADED)),
        rejected("b"),
        in_review("c", None),
        duplicate("d", "000001"),
    ]
