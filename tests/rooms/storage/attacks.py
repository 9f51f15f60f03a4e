"""What somebody who may write the store, and has no key, can do to it: each with plain SQL.

They drop the triggers, and compute the chain anew by the rule that needs no key. Receipts of
the attacked store: 1 and 4 are one patient's revisions, 2 is refused, 3 another patient, 5
waits, 6 is a third patient of another centre, 7 the first centre's newest patient.
"""

# ruff: noqa: S608 - names of tables and columns are written here, and nowhere else

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping

from intake.storage.proof.audit import FIRST, plain_link
from intake.storage.store import SqlStore
from tests.rooms.storage.forms import asking, in_review, key, loaded, rejected

Attack = Callable[[sqlite3.Connection], None]
_ROWS = ("seq", "at", "event", "receipt", "subject", "body")
_TABLES = ("query_step", "query", "identifying", "block", "decision", "submission")


def fill(store: SqlStore) -> None:
    """Save what is attacked, the newest event an export."""
    store.save(asking(loaded("a")))
    store.save(rejected("b"))
    store.save(loaded("c", key("CD"), "7.25"))
    store.save(asking(loaded("d", height="13.00"), 2))
    store.save(in_review("e", key("EF")))
    store.save(loaded("f", key("GH", place="PAR")))
    store.save(loaded("g", key("IJ")))
    store.note("export", {"profile": "full", "format": "csv"})


def _chain_anew(raw: sqlite3.Connection) -> None:
    """Number and link the rows again, as anybody can."""
    rows = raw.execute(f"SELECT {', '.join(_ROWS)} FROM audit ORDER BY seq").fetchall()
    raw.execute("DELETE FROM audit")
    prev = FIRST
    for seq, row in enumerate(rows, start=1):
        content = dict(zip(_ROWS, (seq, *row[1:]), strict=True))
        link = plain_link(prev, content)
        raw.execute("INSERT INTO audit VALUES (?,?,?,?,?,?,?,?)", (*content.values(), prev, link))
        prev = link


def _sql(*statements: str, chain_anew: bool = False) -> Attack:
    def attack(raw: sqlite3.Connection) -> None:
        for statement in statements:
            assert raw.execute(statement).rowcount > 0, statement
        if chain_anew:
            _chain_anew(raw)

    return attack


def _remove(receipt: int, *, chain_anew: bool) -> Attack:
    """Remove a receipt, its patient and its event, as if they had never come."""

    def attack(raw: sqlite3.Connection) -> None:
        wanted = "SELECT record_id FROM receipt WHERE number = ?"
        (record,) = raw.execute(wanted, (receipt,)).fetchone()
        for table in _TABLES:
            raw.execute(f"DELETE FROM {table} WHERE receipt = ?", (receipt,))
        raw.execute("DELETE FROM receipt WHERE number = ?", (receipt,))
        assert raw.execute("DELETE FROM record WHERE record_id = ?", (record,)).rowcount == 1
        assert raw.execute("DELETE FROM audit WHERE receipt = ?", (receipt,)).rowcount > 0
        if chain_anew:
            _chain_anew(raw)

    return attack


def _remove_newest(raw: sqlite3.Connection) -> None:
    raw.execute("DELETE FROM audit WHERE event = 'export'")
    _remove(7, chain_anew=False)(raw)


def _forge_forgetting(raw: sqlite3.Connection) -> None:
    (seq, prev) = raw.execute("SELECT seq, hash FROM audit ORDER BY seq DESC").fetchone()
    content = {"seq": seq + 1, "at": "2026-03-15T12:00:00+00:00", "event": "forgotten"}
    content |= {"receipt": None, "subject": None, "body": '{"receipts":["000003"]}'}
    row = (*content.values(), prev, plain_link(prev, content))
    raw.execute("INSERT INTO audit VALUES (?,?,?,?,?,?,?,?)", row)
    raw.execute(
        "UPDATE submission SET payload = replace(payload, '7.25', '9.99') WHERE receipt = 3"
    )


def _move_dates(raw: sqlite3.Connection) -> None:
    for table, column in (("audit", "at"), ("receipt", "received"), ("query_step", "at")):
        raw.execute(f"UPDATE {table} SET {column} = replace({column}, '2026-03', '2026-02')")
    raw.execute("UPDATE receipt SET body = replace(body, '2026-03', '2026-02')")
    _chain_anew(raw)


def _exchange(table: str, column: str, row: str, both: tuple[int | str, int | str]) -> Attack:
    """Exchange what two rows hold in a column, over a value that no row has."""

    def attack(raw: sqlite3.Connection) -> None:
        wanted = f"SELECT {column} FROM {table} WHERE {row} = ?"
        first, second = (raw.execute(wanted, (one,)).fetchone()[0] for one in both)
        assert first != second
        for one, new in ((both[0], -1), (both[1], first), (both[0], second)):
            raw.execute(f"UPDATE {table} SET {column} = ? WHERE {row} = ?", (new, one))

    return attack


def _exchange_numbers(raw: sqlite3.Connection) -> None:
    wanted = "SELECT record_id FROM receipt WHERE number IN (1, 3) ORDER BY number"
    (first,), (second,) = raw.execute(wanted).fetchall()
    for column in ("number", "subject"):
        _exchange("record", column, "record_id", (first, second))(raw)


SEEN_BEFORE: Mapping[str, Attack] = {
    "an answer changed": _sql(
        "UPDATE submission SET payload = replace(payload, '7.25', '9.99') WHERE receipt = 3"
    ),
    "an event changed": _sql("UPDATE audit SET body = replace(body, 'full', 'some')"),
    "an event removed from the middle": _sql("DELETE FROM audit WHERE seq = 3"),
}
VERIFIED_BEFORE: Mapping[str, Attack] = {
    "the last event removed": _sql("DELETE FROM audit WHERE event = 'export'"),
    "an event removed from the middle, the chain computed anew": _sql(
        "DELETE FROM audit WHERE event = 'export'", chain_anew=True
    ),
    "the last receipt, its patient and its event removed": _remove_newest,
    "a patient in the middle removed likewise": _remove(3, chain_anew=True),
    "all dates moved by a month": _move_dates,
    "an answer changed behind a forged forgetting": _forge_forgetting,
    "an older revision's answers put back": _sql(
        "UPDATE submission SET state = 'superseded' WHERE receipt = 4",
        "UPDATE submission SET state = 'current' WHERE receipt = 1",
    ),
    "the revision's number": _sql("UPDATE record SET revision = 3 WHERE revision = 2"),
    "two patients' numbers exchanged": _exchange_numbers,
    "two patients' answers exchanged": _exchange("submission", "payload", "receipt", (3, 6)),
    "one patient taken out of the dataset": _sql(
        "UPDATE submission SET state = 'superseded' WHERE receipt = 3"
    ),
    "all queries closed": _sql("UPDATE query SET state = 'closed', how = 'withdrawn'"),
    "a step of a query removed": _sql("DELETE FROM query_step WHERE action = 'closed'"),
    "a reason put in a person's mouth": _sql("UPDATE query_step SET reason = 'asked'"),
    "a question asked of another answer": _sql(
        "UPDATE query SET payload = replace(payload, 'filled', 'height')"
    ),
    "a patient who is not recognised any more": _sql("DELETE FROM block WHERE receipt = 3"),
    "a patient taken for another": _sql("UPDATE block SET hash = hash + 1 WHERE receipt = 6"),
    "outcome and subject of a receipt changed": _sql(
        "UPDATE receipt SET outcome = 'rejected', subject = NULL WHERE number = 3"
    ),
}
"""With the store of the day before, which is no SQL, the nineteen that were verified once."""


def plant(raw: sqlite3.Connection, attack: Attack) -> None:
    """Carry out an attack; afterwards the triggers are there again, as if nothing had been."""
    raw.execute("PRAGMA foreign_keys=OFF")
    triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        raw.execute(f"DROP TRIGGER {name}")
    before = list(raw.iterdump())
    attack(raw)
    assert list(raw.iterdump()) != before
    for _, statement in triggers:
        raw.execute(statement)
    assert json.loads(raw.execute("SELECT body FROM audit").fetchone()[0])
