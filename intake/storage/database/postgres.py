"""All that is particular to PostgreSQL: connecting, locking, triggers, room given back.

A store is all tables of one schema (the first of the search path), in a database whose text is
UTF-8. Several studies may share a database, each in a schema of its own. What goes wrong is told
in ``postgres_faults``.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateColumn
from sqlalchemy.sql.compiler import DDLCompiler

from intake.model.errors import StoreFault, StoreUnavailable
from intake.storage.database.dialect import PATIENCE, WRITES
from intake.storage.database.postgres_faults import explain, named

if TYPE_CHECKING:
    import psycopg

__all__ = ["append_only", "empty_log", "explain", "is_there", "make_engine", "named", "only_run"]

OLDEST = 13
"""The oldest server that is tried; its makers mend no older one."""

_CONNECTING = 10
"""Seconds to wait for a server that does not answer."""
_LOCK_OF_STORE = "hashtext('crf-intake ' || current_schema())"
_WRITER, _RUN = 1, 2
_CHANGED = "identifying, submission, block, lookup, receipt, query, query_step, decision"
_DRIVER = "postgresql+psycopg"
_SIZED_TEXT = re.compile(r" (?:VARCHAR\(\d+\)|TEXT\b)")

# A commit is on the server's disk when it returns; a computer that vanished lets its locks go.
_SESSION = (
    "SELECT set_config('synchronous_commit', 'on', false)"
    " WHERE current_setting('synchronous_commit') = 'off'",
    "SET tcp_keepalives_idle = 60",
    "SET tcp_keepalives_interval = 10",
    "SET tcp_keepalives_count = 6",
)


def make_engine(url: URL) -> Engine:
    """Return an engine for a store's URL. Raises StoreUnavailable before any connection."""
    known = {"connect_timeout": _CONNECTING, "application_name": "crf-intake"}
    try:
        # hide_parameters: an error of the database must never show an answer in a log.
        engine = create_engine(
            url.set(drivername=_DRIVER),
            hide_parameters=True,
            paramstyle="format",
            pool_pre_ping=True,
            connect_args={key: held for key, held in known.items() if key not in url.query},
        )
    except ModuleNotFoundError as problem:
        raise StoreUnavailable(StoreFault.SERVER_NO_EXTRA) from problem
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def is_there(_url: URL) -> bool:
    """Say whether something may stand at an address: only connecting tells."""
    return True


def append_only(table: str) -> tuple[str, ...]:
    """Return the statements that make a table refuse changes. Used by migrations: stays as is."""
    refusal = f"{table}_is_append_only"
    return (
        f"CREATE FUNCTION {refusal}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
        *(
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {refusal}()"
            for verb in ("update", "delete", "truncate")
        ),
    )


def empty_log(engine: Engine) -> None:
    """Give back the room of deleted rows; what logs and backups of the server hold, stays."""
    with _by_itself(engine) as connection:
        connection.exec_driver_sql(f"VACUUM {_CHANGED}")


@contextlib.contextmanager
def only_run(engine: Engine, url: URL) -> Iterator[None]:
    """Be the only run that works on a store, of all computers. Raises StoreUnavailable."""
    with _by_itself(engine) as connection:
        asked = f"SELECT pg_try_advisory_lock({_RUN}, {_LOCK_OF_STORE})"
        if not connection.exec_driver_sql(asked).scalar():
            raise StoreUnavailable(StoreFault.SERVER_RUN_ELSEWHERE, store=named(url))
        try:
            yield
        finally:
            connection.invalidate()  # with the connection the lock ends, whatever happened to it


@compiles(CreateColumn, "postgresql")
def _any_text(element: CreateColumn, compiler: DDLCompiler, **more: object) -> str:
    """Make every column of text as long as it is in SQLite, and ordered as there: by its bytes."""
    written = str(compiler.visit_create_column(element, **more))  # type: ignore[no-untyped-call]
    return _SIZED_TEXT.sub(' TEXT COLLATE "C"', written, count=1)


@contextlib.contextmanager
def _by_itself(engine: Engine) -> Iterator[Connection]:
    """Give a connection outside all transactions."""
    with engine.connect() as plain:
        yield plain.execution_options(isolation_level="AUTOCOMMIT")


def _on_connect(connection: psycopg.Connection, _record: object) -> None:
    """Refuse a server on which a store would not be what it promises; set up the others."""
    version, encoding = connection.info.server_version, connection.info.parameter_status
    if version < OLDEST * 10_000:
        told = {"found": str(version // 10_000), "oldest": str(OLDEST)}
        raise StoreUnavailable(StoreFault.SERVER_OLD, **told)
    if encoding("server_encoding") != "UTF8":
        raise StoreUnavailable(
            StoreFault.SERVER_ENCODING,
            found=str(encoding("server_encoding")),
            database=connection.info.dbname,
        )
    for statement in _SESSION:
        connection.execute(statement)
    connection.commit()


def _on_begin(connection: Connection) -> None:
    """Take the write lock at once, or see one state of the store until the end."""
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    if options.get(WRITES, False):
        statements: tuple[str, ...] = (
            f"SET LOCAL lock_timeout = '{PATIENCE * 1000:.0f}ms'",
            f"SELECT pg_advisory_xact_lock({_WRITER}, {_LOCK_OF_STORE})",
        )
    else:
        statements = ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",)
    for statement in statements:
        connection.exec_driver_sql(statement)
