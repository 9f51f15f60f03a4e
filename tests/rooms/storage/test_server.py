"""What a store on a server refuses, and says; what nobody may change there."""

from __future__ import annotations

import traceback
from contextlib import closing
from dataclasses import replace
from urllib.parse import quote

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from intake.model.errors import StoreUnavailable
from intake.model.receipt import Outcome, ReviewAction, ReviewDecision
from intake.model.record import Entry
from intake.storage.database import postgres
from intake.storage.database.tables import metadata
from intake.storage.store import SqlStore
from tests.kit.servers.postgres import OWNER, PASSWORD, SERVER
from tests.rooms.storage.attacks import fill
from tests.rooms.storage.conftest import NOON
from tests.rooms.storage.forms import definitions, loaded, rejected

pytestmark = list(SERVER)


def _open(url, key_file):
    return SqlStore(url, key_file, definitions, lambda: NOON)


def _name(url):
    return url.rpartition("/")[2]


def _other(server, url):
    """Return a connection of the superuser to the same database."""
    known = {"host": str(server.folder), "port": server.port, "user": OWNER}
    return closing(psycopg.connect(**known, dbname=_name(url), autocommit=True))


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(postgres, "PATIENCE", 0.05)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"password": "wrong"}, "server_password"),
        ({"password": None}, "server_no_password"),
        ({"username": "nobody"}, "server_password"),
        ({"port": 1}, "server_absent"),
        ({"host": "no.such.server.invalid"}, "server_absent"),
        ({"query": {"sslmode": "require"}}, "server_absent"),
        ({"query": {"sslmode": "perhaps"}}, "bad_address"),
        ({"query": {"colour": "red"}}, "bad_address"),
        ({"query": {"options": "-csearch_path=nowhere"}}, "server_no_schema"),
    ],
)
def test_what_is_wrong_with_the_address_is_said_and_no_password(
    server, server_url, key_file, changed, told
):
    with pytest.raises(StoreUnavailable, match=told) as refused:
        _open(server.url(_name(server_url), **changed), key_file)

    _require_no_password(refused.value)


def test_a_database_that_is_not_there_is_said(server, key_file):
    with pytest.raises(StoreUnavailable, match=r"server_no_database nowhere") as refused:
        _open(server.url("nowhere"), key_file)

    _require_no_password(refused.value)
    assert not key_file.exists()


def _require_no_password(refused):
    told = "".join(traceback.format_exception(refused)) + repr(refused.context)
    assert PASSWORD not in told
    assert quote(PASSWORD) not in told
    assert refused.__cause__ is None


def test_a_server_that_is_too_old_is_said(server_url, key_file, monkeypatch):
    monkeypatch.setattr(postgres, "OLDEST", 99)

    with pytest.raises(StoreUnavailable, match=r"server_old \d+ 99"):
        _open(server_url, key_file)


def test_a_database_that_cannot_hold_every_text_is_said(server, key_file):
    name = server.new(more="ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")

    with pytest.raises(StoreUnavailable, match="server_encoding LATIN1"):
        _open(server.url(name), key_file)
    server.drop(name)


def test_a_user_who_may_create_nothing_is_told(server, key_file):
    secret = {"password": PASSWORD[:6]}
    server.ask(f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD[:6]}'")
    name = server.new()

    with pytest.raises(StoreUnavailable, match=r"server_no_rights .* reader"):
        _open(server.url(name, username="reader", **secret), key_file)
    server.drop(name)


def test_another_programs_database_is_left_alone(server, key_file):
    name = server.new()
    server.ask("CREATE TABLE invoice (number int)", database=name)

    with pytest.raises(StoreUnavailable, match="something_else"):
        _open(server.url(name), key_file)
    assert server.ask(
        "SELECT count(*) FROM pg_tables WHERE schemaname='public'", database=name
    ) == [(1,)]
    server.drop(name)


def test_two_studies_share_a_database_each_in_its_schema(server, tmp_path):
    name = server.new()
    server.ask("CREATE SCHEMA one", "CREATE SCHEMA two", database=name)
    stores = [
        _open(
            server.url(name, query={"options": f"-csearch_path={each}"}), tmp_path / each / "a.key"
        )
        for each in ("one", "two")
    ]

    with stores[0].only_run(), stores[1].only_run(), stores[0].together():
        stores[0].save(loaded("a"))
        stores[1].save(rejected("b"))  # neither waits for the other
    assert [len(list(store.receipts())) for store in stores] == [1, 1]
    for store in stores:
        store.verify()
        store.close()
    server.drop(name)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET body = '{}' WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 1",
        "TRUNCATE audit",
    ],
)
def test_the_audit_chain_takes_no_change_from_anybody(server, server_url, change):
    with (
        _other(server, server_url) as other,
        pytest.raises(psycopg.errors.RaiseException, match="append-only"),
    ):
        other.execute(change)


def test_the_migrations_make_the_tables_the_program_uses(server_store):
    lengths = {"compare_type": False}  # no text has one here: see below
    with server_store._database.reading() as connection:
        context = MigrationContext.configure(connection, opts=lengths)
        assert compare_metadata(context, metadata) == []


def test_a_text_is_as_long_as_it_is_and_ordered_by_its_bytes(server, server_url):
    wanted = (
        "SELECT count(*), count(character_maximum_length), min(collation_name), max(collation_name)"
        " FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text'"
    )
    with _other(server, server_url) as other:
        count, limited, *collations = other.execute(wanted).fetchone()

    assert count > 30
    assert (limited, collations) == (0, ["C", "C"])


def test_a_second_writer_is_told_and_readers_are_not_kept_waiting(
    server_store, server_url, key_file, impatient
):
    with closing(_open(server_url, key_file)) as second:
        with server_store.together():
            server_store.save(loaded("a"))
            with pytest.raises(StoreUnavailable, match="server_in_use"):
                second.save(rejected("b"))
            assert second.undelivered() == ()
        assert second.save(rejected("b")).id == "000002"


def test_a_second_run_is_told_wherever_it_is(server_store, server_url, key_file):
    with closing(_open(server_url, key_file)) as second:
        with (
            server_store.only_run(),
            pytest.raises(StoreUnavailable, match="server_run_elsewhere"),
            second.only_run(),
        ):
            pass
        with second.only_run():
            second.save(loaded("a"))


def test_a_connection_that_is_lost_is_said_and_the_next_one_works(server, server_store, caplog):
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'store%'"

    def save_two():
        with server_store.together():
            server_store.save(loaded("a"))
            server.ask(cut)
            server_store.save(loaded("b"))

    with pytest.raises(StoreUnavailable, match="server_lost"):
        save_two()

    assert list(server_store.receipts()) == []
    server.ask(cut)
    assert server_store.save(loaded("c")).id == "000001"  # an idle one is made again unseen
    assert caplog.records == []


def test_a_number_that_no_receipt_has_is_no_fault(server_store):
    with pytest.raises(KeyError):
        server_store.entry("99999999999999")
    assert not server_store.holds("999999999999999999-9f2a41c07be1")


def test_after_an_objection_no_row_holds_what_was_said(server, server_store, server_url):
    receipt = server_store.save(loaded("a"))
    held = _all_rows(server, server_url)
    assert "QUZX" in held
    assert "Wqrtz" in held

    decision = ReviewDecision(action=ReviewAction.OBJECTION, at=NOON)
    emptied = replace(receipt, outcome=Outcome.REJECTED, decisions=(decision,))
    server_store.decide(Entry(receipt=emptied))

    held = _all_rows(server, server_url)
    assert "QUZX" not in held
    assert "Wqrtz" not in held
    server_store.verify()


def _all_rows(server, url):
    with _other(server, url) as other:
        return "\n".join(
            str(row)
            for table in metadata.tables
            for row in other.execute(f'SELECT * FROM "{table}"')  # noqa: S608 our own names
        )


def test_a_large_store_verifies_in_parts(server_store):
    """More rows than a server gives at once, with questions asked in between."""
    fill(server_store)
    with server_store.together():
        for number in range(250):
            server_store.save(rejected(str(number)))
    server_store.verify()
    assert len(list(server_store.receipts())) == 257
