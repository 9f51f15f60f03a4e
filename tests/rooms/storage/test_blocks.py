"""Patients found by what near keys share: the answers of comparing with everybody."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import event

from intake.checks.patient.near_keys import may_be_meant
from intake.model.receipt import Outcome, ReviewAction, ReviewDecision
from intake.model.record import Clues, Entry, PatientKey
from intake.storage.proof.pseudonym import Pseudonyms
from intake.storage.rows.blocks import blocks
from tests.rooms.storage.forms import FORM, RECEIVED, key, loaded

PSEUDONYMS = Pseudonyms(b"\x05" * 32)
LETTERS, CENTRES = "ABC", ("REI", "PAR", "LYO", "AB")


def random_key(chance: random.Random) -> PatientKey:
    """Return a key of few letters, days and centres, so that many are near."""
    surname, first = ("".join(chance.choices(LETTERS, k=2)) for _ in range(2))
    born = f"19{chance.randrange(50, 54)}-{chance.randrange(1, 4):02}-{chance.randrange(1, 4):02}"
    centre = chance.choice(CENTRES)
    return PatientKey((surname, first, born, centre), centre)


def small_key(chance: random.Random) -> PatientKey:
    """Return a key of the small form: letters, day and centre."""
    surname, _, born, centre = random_key(chance).parts
    return PatientKey((surname, born, centre), centre)


def odd_key(chance: random.Random) -> PatientKey:
    """Return a key as other studies may have one: numbers, codes, cut dates, few parts."""
    parts = [
        chance.choice(("AB", "BA", "12", "13", "A-B", "A-B-C", "A-C-C", "", "1950-01")),
        chance.choice(("1950-01-02", "1950-01", "1950-02-02", "1951-01-02", "AB")),
        chance.choice(("AB", "AC", "PAR-2", "12")),
    ][: chance.randrange(1, 4)]
    centre = chance.choice(("PAR", "LYO", "12", "AB"))
    return PatientKey((*parts, centre), centre)


def near_everybody(key: PatientKey, everybody: list[PatientKey]) -> set[int]:
    clues = Clues(FORM, key)
    return {n for n, other in enumerate(everybody) if may_be_meant(clues, other, "")}


def missed(asked: list[PatientKey], everybody: list[PatientKey]) -> list[tuple[object, object]]:
    """Return the pairs that comparing with everybody finds, and the hashes do not."""
    hashes = [blocks(PSEUDONYMS, FORM, each) for each in everybody]
    found = []
    for one in asked:
        own = blocks(PSEUDONYMS, FORM, one)
        near = near_everybody(one, everybody)
        found += [(one.parts, everybody[n].parts) for n in near if own.isdisjoint(hashes[n])]
    return found


@pytest.mark.parametrize("make", [random_key, odd_key])
def test_no_near_key_is_missed(make):
    chance = random.Random(7)
    everybody = [make(chance) for _ in range(500)]

    asked = everybody[:60]
    assert any(len(near_everybody(one, everybody)) > 3 for one in asked)
    assert missed(asked, everybody) == []


@pytest.mark.slow
def test_no_near_key_is_missed_among_twenty_thousand():
    chance = random.Random(11)
    everybody = [random_key(chance) for _ in range(20_000)]

    assert missed(everybody[:100], everybody) == []


def test_the_store_proposes_what_comparing_with_everybody_does(sql_store):
    chance = random.Random(3)
    everybody = list(dict.fromkeys(small_key(chance) for _ in range(40)))
    ids = [sql_store.save(loaded(str(n), each)).record_id for n, each in enumerate(everybody)]

    for one in (*everybody[:10], *(small_key(chance) for _ in range(30))):
        found = sql_store.candidates(Clues(FORM, one)).records
        assert {r.record_id for r in found} == {ids[n] for n in near_everybody(one, everybody)}


def test_few_keys_are_compared(sql_store, monkeypatch):
    compared = []

    def counting(*arguments):
        compared.append(arguments)
        return may_be_meant(*arguments)

    monkeypatch.setattr("intake.storage.rows.known.may_be_meant", counting)
    for n, letters in enumerate(("AB", "CD", "EF", "GH", "IJ", "KL")):
        sql_store.save(
            loaded(str(n), key(letters, place=f"P{letters}", born=f"195{n}-0{n + 1}-02"))
        )

    sql_store.candidates(Clues(FORM, key("AB", place="PAB", born="1950-01-03")))

    assert len(compared) == 1


def test_the_hashes_need_the_key_and_tell_forms_apart():
    one = key()
    other = Pseudonyms(b"\x06" * 32)
    assert blocks(PSEUDONYMS, FORM, one).isdisjoint(blocks(other, FORM, one))
    assert blocks(PSEUDONYMS, FORM, one).isdisjoint(blocks(PSEUDONYMS, "another", one))
    assert blocks(PSEUDONYMS, FORM, None) == frozenset()


def test_nothing_is_left_to_find_a_patient_who_objected(sql_store, tmp_path):
    kept = sql_store.save(loaded("a"))
    sql_store.save(loaded("b", key("CD")))

    objection = (ReviewDecision(action=ReviewAction.OBJECTION, at=RECEIVED),)
    emptied = replace(kept, outcome=Outcome.REJECTED, decisions=objection)
    sql_store.decide(Entry(receipt=emptied))

    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as raw:
        assert raw.execute("SELECT DISTINCT receipt FROM block").fetchall() == [(2,)]
    assert sql_store.candidates(Clues(FORM, key())).records == ()
    sql_store.verify()


def test_a_patient_is_found_again_where_all_hashes_were_lost(sql_store, tmp_path, open_store):
    sql_store.save(loaded("a"))
    sql_store.close()
    with closing(sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)) as raw:
        raw.execute("DELETE FROM block")

    again = open_store()

    assert len(again.candidates(Clues(FORM, key())).records) == 1
    again.verify()


def test_finding_a_patient_scans_no_table(sql_store):
    for n in range(3):
        sql_store.save(loaded(str(n), key("AB" * (n + 1))))
    plans = []

    def explain(connection, _cursor, statement, parameters, *_):
        if statement.lstrip().upper().startswith("SELECT"):
            rows = connection.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.extend(row[3] for row in rows)

    engine = sql_store._database.engine
    event.listen(engine, "before_cursor_execute", explain)
    sql_store.candidates(Clues(FORM, key(), "likeness"))
    event.remove(engine, "before_cursor_execute", explain)

    assert plans
    assert {plan for plan in plans if plan.startswith("SCAN")} <= {
        "SCAN CONSTANT ROW",
        "SCAN (subquery-1)",  # no rows are asked for at all
    }
