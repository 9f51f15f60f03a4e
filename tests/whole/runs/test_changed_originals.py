"""An original whose bytes were changed gives no answer, and stops nobody else's form."""

from __future__ import annotations

import pytest

from intake.model.errors import StoreUnavailable
from intake.model.receipt import Correction, Outcome
from intake.pipeline.returns import show
from intake.pipeline.review import amend
from intake.pipeline.review import decisions as review
from tests.kit.office.coordinator import WHY, decide
from tests.kit.office.few import demo_answers, filled

pytestmark = pytest.mark.slow


def other():
    """Return the form with another answer."""
    return filled(demo_answers(lab_crp_dx="12"))


def _original(office):
    return office.app.archive.path(office.receipts[0].source)


def _overwrite(path):
    path.chmod(0o600)
    path.write_bytes(other())


def test_another_form_beside_the_original_is_not_read_for_it(waiting):
    path = _original(waiting)
    path.with_name(f"{path.stem} (1).pdf").write_bytes(other())
    decide(waiting, amend.set_answer, "000001", Correction("id_surname2", "ZU"), WHY)
    decide(waiting, review.accept, "000001")
    (record,) = waiting.app.store.records()
    assert record.submission.record["lab_crp_dx"] != 12


def test_another_form_in_the_place_of_the_original_is_refused(waiting):
    _overwrite(_original(waiting))
    with pytest.raises(StoreUnavailable, match="original_other"):
        decide(waiting, amend.set_answer, "000001", Correction("id_surname2", "ZU"), WHY)
    assert list(waiting.app.store.records()) == []
    assert waiting.app.store.entry("000001").receipt.decisions == ()


def test_the_inbox_goes_on_when_the_original_of_a_waiting_file_was_changed(waiting, monkeypatch):
    monkeypatch.setattr(show, "_pages_to_see", lambda _entry: frozenset({1}))
    _overwrite(_original(waiting))
    with waiting.app.store._database.writing() as connection:  # as a cut-off run leaves it
        connection.exec_driver_sql("UPDATE receipt SET delivered = NULL")
    receipt = waiting.send("b.pdf", filled(demo_answers("02")))
    assert receipt.outcome in (Outcome.LOADED, Outcome.LOADED_WITH_QUERIES)
    assert waiting.app.store.undelivered() == ()
