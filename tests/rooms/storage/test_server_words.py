"""What is told of a server's refusals, without a server: never a password, nor its own words."""

from __future__ import annotations

import sys

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from intake.model.errors import StoreUnavailable
from intake.storage.database.opening import Database, without_password
from intake.storage.database.postgres import append_only, named
from intake.storage.database.postgres_faults import explain

URL = "postgresql://crf:s3cret@db.hospital.org/study"


class _Refusal(Exception):
    def __init__(self, code):
        super().__init__("FATAL : mot de passe s3cret")
        self.sqlstate = code


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("53100", "disk_full"),
        ("53300", "server_busy"),
        ("55P03", "server_in_use"),
        ("40001", "server_in_use"),
        ("42501", "server_no_rights"),
        ("25006", "server_read_only"),
        ("57P01", "server_lost"),
        ("08006", "server_lost"),
        ("58030", "disk_silent"),
        ("XX001", "damaged"),
        ("3F000", "server_no_schema"),
        ("28000", "server_refuses"),
    ],
)
def test_what_a_person_can_mend_is_told_by_its_code(code, fault):
    told = explain(OperationalError("SELECT", {}, _Refusal(code)), make_url(URL))

    assert str(told) == f"{fault} study (db.hospital.org:5432) crf"


def test_a_fault_of_ours_is_not_dressed_up():
    assert explain(DBAPIError("SELECT", {}, _Refusal("42P01")), make_url(URL)) is None


def test_a_connection_that_broke_is_told_without_a_code():
    broken = OperationalError("SELECT", {}, _Refusal(None), connection_invalidated=True)

    assert str(explain(broken, make_url(URL))).startswith("server_lost")


def test_a_store_is_named_and_shown_without_its_password():
    assert named(make_url(URL)) == "study (db.hospital.org:5432)"
    assert without_password(f"{URL}?password=s3cret") == "postgresql://crf@db.hospital.org/study"
    assert without_password(URL) == "postgresql://crf@db.hospital.org/study"
    assert named(make_url("postgresql:///?host=/run/pg")) == " (/run/pg:5432)"


def test_an_address_that_is_none_is_told():
    with pytest.raises(StoreUnavailable, match="bad_address") as told:
        Database("postgresql://crf:s3cret@host:port/study")

    assert "s3cret" not in str(told.value)


def test_the_part_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(StoreUnavailable, match="server_no_extra"):
        Database(URL)


def test_the_chain_refuses_every_kind_of_change():
    text = "\n".join(append_only("audit"))

    assert all(f"BEFORE {verb} ON audit" in text for verb in ("UPDATE", "DELETE", "TRUNCATE"))
