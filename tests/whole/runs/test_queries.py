"""A conversation with a centre through real files: asked, confirmed, corrected, proved."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing

import pytest

from intake.model.errors import StoreUnavailable
from intake.model.finding import Severity
from intake.model.receipt import Outcome
from intake.wiring import queries
from tests.kit.office.few import demo_answers, filled
from tests.rooms.storage.attacks import plant

HIGH = {"lab_bili_dx": "900", "lab_crp_dx": "800"}
"""Both are unusual, and each is then higher than the worst that the form gives."""


def send(office, number, **changed):
    answers = demo_answers(**{**HIGH, "form_date": f"{number:02d}/10/2026"} | changed)
    return office.send(f"{number}.pdf", filled(answers))


def told(office):
    found = queries.query_list(office.app)
    return {(one["code"], one["items"][0]): one["how"] or one["state"] for one in found}


def named(office, code, item):
    (found,) = [
        one
        for one in queries.query_list(office.app)
        if (one["code"], one["items"][0]) == (code, item) and one["state"] != "closed"
    ]
    return found["id"]


def status_of(office, item):
    rows = csv.DictReader(io.StringIO(office.dataset("values.csv")))
    (row,) = [row for row in rows if row["item"] == item]
    return row["status"]


def severities(receipt, item):
    return [f.severity for f in receipt.findings if f.code == "RANGE_SOFT" and f.item == item]


def test_a_conversation_asks_each_question_once_and_proves_it(office):
    assert send(office, 1).outcome is Outcome.LOADED_WITH_QUERIES
    assert told(office) == {
        ("RANGE_SOFT", "lab_bili_dx"): "asked",
        ("RANGE_SOFT", "lab_crp_dx"): "asked",
        ("R33", "lab_bili_worst"): "asked",
        ("R33", "lab_crp_worst"): "asked",
    }
    assert status_of(office, "lab_bili_dx") == "queried"

    queries.confirm(office.app, named(office, "RANGE_SOFT", "lab_bili_dx"), "vu au téléphone")
    queries.confirm(office.app, named(office, "R33", "lab_bili_worst"))
    assert status_of(office, "lab_bili_dx") == "confirmed"

    corrected = send(office, 2, lab_crp_dx="80")

    assert corrected.outcome is Outcome.LOADED
    assert severities(corrected, "lab_bili_dx") == [Severity.NOTE]
    assert told(office) == {
        ("RANGE_SOFT", "lab_bili_dx"): "confirmed",
        ("RANGE_SOFT", "lab_crp_dx"): "changed",
        ("R33", "lab_bili_worst"): "confirmed",
        ("R33", "lab_crp_worst"): "changed",
    }
    assert status_of(office, "lab_bili_dx") == "confirmed"

    another = send(office, 3, lab_crp_dx="80", lab_bili_dx="800")

    assert severities(another, "lab_bili_dx") == [Severity.QUERY]
    assert named(office, "RANGE_SOFT", "lab_bili_dx") == "ZAA-001-5"
    assert status_of(office, "lab_bili_dx") == "queried"
    assert office.app.status()["open_queries"]["total"] == 2
    office.app.store.verify()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE query SET state = 'closed', how = 'confirmed' WHERE number = 1",
        "UPDATE query SET revision = 2 WHERE number = 1",
        "UPDATE query SET payload = replace(payload, 'RANGE_SOFT', 'RANGE_HARD')",
        "DELETE FROM query WHERE number = 2",
        "UPDATE query_step SET by = 'someone'",
        "DELETE FROM query_step WHERE number = 3",
        "UPDATE query_step SET at = replace(at, '20', '19')",
    ],
)
def test_a_query_changed_behind_the_program_is_found(office, statement):
    send(office, 1)
    office.app.store.verify()
    with closing(sqlite3.connect(office.folder / "archive" / "store.sqlite")) as raw:
        plant(raw, lambda connection: connection.execute(statement))
        raw.commit()

    with pytest.raises(StoreUnavailable, match=r"chain_rows.*query.*000001"):
        office.app.store.verify()
