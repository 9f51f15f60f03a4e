"""The demo's patients, before somebody who has every form, every receipt and the calendar."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from intake.cli.demo import prepare
from tests.kit.analysis_reader import columns_that_date, rows_linked

# The demonstration is read once: no other worker reads it again.
pytestmark = [pytest.mark.slow, pytest.mark.long(20), pytest.mark.xdist_group("reader")]


def files_below(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    prepared = prepare(tmp_path_factory.mktemp("reader") / "démo")
    prepared.app.process(lambda _receipt, _total: None)
    return prepared.app


def test_the_demo_s_reader_links_no_row_and_finds_no_date(app):
    files = files_below(app.places.outbox / "dataset")
    receipts = [stored.receipt for stored in app.store.receipts()]
    records = list(app.store.records(app.study.form))
    assert len(records) >= 8
    assert rows_linked(files, receipts) == []
    whole = dt.date.fromisoformat
    zero = {r.record_id: whole(r.submission.record["mas_dx_date"]) for r in records}
    calendar = app.study.calendar
    assert columns_that_date(files, zero, (calendar.opens, calendar.closes)) == set()


def test_what_goes_to_a_centre_names_no_record_of_the_dataset(app):
    ids = {record.record_id for record in app.store.records(app.study.form)}
    pages = [path for path in app.places.receipts.rglob("*") if path.is_file()]
    assert len(pages) > 2 * len(ids)
    for page in pages:
        assert not [one for one in ids if one in page.read_text("utf-8")], page.name
    for stored in app.store.receipts():
        told = json.loads(
            (app.places.receipts / stored.receipt.folder / "receipt.json").read_text()
        )
        assert "record_id" not in told
