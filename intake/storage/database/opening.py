"""Opening a store: engine, migrations, transactions whose errors are sentences."""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from intake.model.errors import StoreFault, StoreUnavailable
from intake.storage.database import sqlite as dialect

NEWEST = "0006"
"""The newest migration (a test compares); spares loading the migration tool at every start."""

MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """One store's engine; every transaction passes through here."""

    def __init__(self, url: str) -> None:
        """Open the store, creating or upgrading its tables. Raises StoreUnavailable."""
        self.url = _parsed(url)
        self.engine: Engine = dialect.make_engine(self.url)
        self._shared: Connection | None = None
        self._has_deleted = False
        self._closing = weakref.finalize(self, self.engine.dispose)
        with self.reading() as connection:
            found = _version(connection, self.url)
        if found != NEWEST:
            with self.writing() as connection:
                _migrate(connection, self.url)

    @property
    def is_shared(self) -> bool:
        """Say whether a transaction of several calls is under way."""
        return self._shared is not None

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees the store as it is now, whatever is written meanwhile."""
        if self._shared is not None:
            with self._words_for_errors():
                yield self._shared
            return
        with self._words_for_errors(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the only connection that writes; all of it is saved, or nothing."""
        if self._shared is not None:
            with self._words_for_errors():
                yield self._shared
            return
        with self._words_for_errors(), self.engine.connect() as plain:
            connection = plain.execution_options(**{dialect.WRITES: True})
            with connection.begin():
                yield connection

    def empty_log(self) -> None:
        """Leave in the database's files nothing of what was deleted, after the transaction."""
        self._has_deleted = self._shared is not None
        if self._has_deleted:
            return
        with self._words_for_errors():
            dialect.empty_log(self.engine)

    @contextlib.contextmanager
    def together(self) -> Iterator[Connection]:
        """Make one transaction of all that is read and written inside, by one thread."""
        with self.writing() as connection:
            self._shared = connection
            try:
                yield connection
            finally:
                self._shared = None
        if self._has_deleted:
            self.empty_log()

    def close(self) -> None:
        """Close every connection; done at the latest when the program ends."""
        self._closing()

    @contextlib.contextmanager
    def _words_for_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as problem:
            explained = dialect.explain(problem, self.url)
            if explained is None:
                raise
            raise explained from problem


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError as problem:
        raise StoreUnavailable(StoreFault.BAD_ADDRESS) from problem


def _migrate(connection: Connection, url: URL) -> None:
    """Bring the tables to the newest migration, within the given transaction."""
    found = _version(connection, url)
    if found == NEWEST:
        return
    # Imported here: the migration tool doubles the start time and is rarely needed.
    from alembic import command  # noqa: PLC0415 see above
    from alembic.config import Config  # noqa: PLC0415 see above
    from alembic.script import ScriptDirectory  # noqa: PLC0415 see above

    config = Config()
    config.set_main_option("script_location", MIGRATIONS.as_posix().replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StoreUnavailable(StoreFault.NEWER, store=str(url.database))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _version(connection: Connection, url: URL) -> str | None:
    """Return the store's migration, None for an empty database."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise StoreUnavailable(StoreFault.SOMETHING_ELSE, store=str(url.database))
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)
