"""All that is particular to SQLite: connecting, locking, triggers, the errors to be mended."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.util import LRUCache

from intake.model.errors import StoreFault, StoreUnavailable
from intake.storage.database.dialect import PATIENCE, WRITES

_FAULTS = {
    "SQLITE_BUSY": StoreFault.IN_USE,
    "SQLITE_LOCKED": StoreFault.IN_USE,
    "SQLITE_READONLY": StoreFault.READ_ONLY,
    "SQLITE_PERM": StoreFault.NO_PERMISSION,
    "SQLITE_CANTOPEN": StoreFault.CANNOT_OPEN,
    "SQLITE_NOTADB": StoreFault.NOT_A_STORE,
    "SQLITE_CORRUPT": StoreFault.DAMAGED,
    "SQLITE_FULL": StoreFault.DISK_FULL,
    "SQLITE_IOERR": StoreFault.DISK_SILENT,
}
"""The errors that a person can mend, by how their names begin."""

_DRIVER = "sqlite+alike"
_COMPILED: LRUCache[object, object] = LRUCache(500)
"""The statements compiled for any store of this process: compiling takes longer than asking."""


class Alike(SQLiteDialect_pysqlite):
    """SQLite as SQLAlchemy speaks it; equal for all stores, so that they share statements."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        """Say that what is compiled for one file serves another: the library is the same."""
        return isinstance(other, Alike)

    def __hash__(self) -> int:
        """Return one number for all."""
        return hash(Alike)


registry.register(_DRIVER.replace("+", "."), __name__, Alike.__name__)


def make_engine(url: URL) -> Engine:
    """Return an engine for the store's URL. Raises StoreUnavailable before any connection."""
    _require_place(url)
    # hide_parameters: an error of the database must never show an answer in a log.
    engine = create_engine(
        url.set(drivername=_DRIVER),
        hide_parameters=True,
        connect_args=_connect_arguments(url),
        execution_options={"compiled_cache": _COMPILED},
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def explain(problem: DBAPIError, url: URL) -> StoreUnavailable | None:
    """Return an error that a person can mend, None for our own faults."""
    name = getattr(problem.orig, "sqlite_errorname", "")
    fault = next((fault for code, fault in _FAULTS.items() if name.startswith(code)), None)
    return StoreUnavailable(fault, store=named(url)) if fault else None


def named(url: URL) -> str:
    """Return how messages name a store: its file."""
    return str(url.database)


def is_there(url: URL) -> bool:
    """Say whether the file of a store is there."""
    return not _is_file(url) or Path(str(url.database)).is_file()


def append_only(table: str) -> tuple[str, ...]:
    """Return the statements that make a table refuse changes. Used by migrations: stays as is."""
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("update", "delete")
    )


def empty_log(engine: Engine) -> None:
    """Write the log of changes into the database and empty it: old pages stand in it.

    Not done while another program reads the store: then its closing does it.
    """
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


@contextlib.contextmanager
def only_run(_engine: Engine, _url: URL) -> Iterator[None]:
    """Ask for nothing: a file of a workspace is kept by the workspace's own lock."""
    yield


def _is_file(url: URL) -> bool:
    return bool(url.database) and not str(url.database).startswith((":memory:", "file:"))


def _require_place(url: URL) -> None:
    if _is_file(url):
        folder = Path(str(url.database)).parent
        if not folder.is_dir():
            raise StoreUnavailable(StoreFault.NO_FOLDER, folder=str(folder))
        with contextlib.suppress(OSError):  # connecting says it better
            Path(str(url.database)).touch(mode=0o600)  # a new one is its owner's alone


def _connect_arguments(url: URL) -> dict[str, object]:
    """Leave transactions to us (no implicit BEGIN), and wait for another writer."""
    patience = {} if "timeout" in url.query else {"timeout": PATIENCE}
    return {"isolation_level": None, **patience}


def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
    """Ask for durability over speed; readers and one writer do not wait for each other."""
    connection.execute("PRAGMA foreign_keys=ON")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten


def _on_begin(connection: Connection) -> None:
    """Take the write lock at once: a lock taken later could fail half-way."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
