"""Opening a store: engine, migrations, transactions whose errors are sentences."""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from intake.model.errors import StoreFault, StoreUnavailable
from intake.storage.database import postgres, sqlite
from intake.storage.database.dialect import WRITES, Dialect
from intake.storage.database.parts import IN_PARTS

NEWEST = "0006"
"""The newest migration (a test compares); spares loading the migration tool at every start."""

MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """One store's engine; every transaction passes through here."""

    def __init__(self, url: str, *, may_begin: bool = True) -> None:
        """Open the store, creating or upgrading its tables. Raises StoreUnavailable.

        Unless it ``may_begin``, a store that is not there yet is not made.
        """
        self.url = _parsed(url)
        self._dialect = dialect_of(self.url.get_backend_name())
        if not may_begin and not self._dialect.is_there(self.url):
            raise self._absent()
        self.engine: Engine = self._dialect.make_engine(self.url)
        self._shared: Connection | None = None
        self._has_deleted = False
        self._closing = weakref.finalize(self, self.engine.dispose)
        with contextlib.ExitStack() as unless_opened:
            unless_opened.callback(self.close)
            self._bring_up_to_date(may_begin=may_begin)
            unless_opened.pop_all()

    def _bring_up_to_date(self, *, may_begin: bool) -> None:
        with self.reading() as connection:
            found = _version(connection, self.name)
        if found is None and not may_begin:
            raise self._absent()
        if found != NEWEST:
            with self.writing() as connection:
                _migrate(connection, self.name)

    @property
    def name(self) -> str:
        """Return how messages name the store."""
        return self._dialect.named(self.url)

    @property
    def is_shared(self) -> bool:
        """Say whether a transaction of several calls is under way."""
        return self._shared is not None

    @contextlib.contextmanager
    def reading(self, *, in_parts: bool = False) -> Iterator[Connection]:
        """Give a connection that sees the store as it is now, whatever is written meanwhile.

        ``in_parts``: what is asked for is long, and taken from a server as it is used.
        """
        if self._shared is not None:
            with self._words_for_errors():
                yield self._shared
            return
        with self._words_for_errors(), self.engine.connect() as plain:
            connection = plain.execution_options(**{IN_PARTS: in_parts})
            with connection.begin():
                yield connection

    @contextlib.contextmanager
    def writing(self, *, in_parts: bool = False) -> Iterator[Connection]:
        """Give the only connection that writes; all of it is saved, or nothing."""
        if self._shared is not None:
            with self._words_for_errors():
                yield self._shared
            return
        with self._words_for_errors(), self.engine.connect() as plain:
            connection = plain.execution_options(**{WRITES: True, IN_PARTS: in_parts})
            with connection.begin():
                yield connection

    def empty_log(self) -> None:
        """Leave in the database's files nothing of what was deleted, after the transaction."""
        self._has_deleted = self._shared is not None
        if self._has_deleted:
            return
        with self._words_for_errors():
            self._dialect.empty_log(self.engine)

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

    @contextlib.contextmanager
    def only_run(self) -> Iterator[None]:
        """Be the only run that works on the store. Raises StoreUnavailable when one does."""
        with self._words_for_errors(), self._dialect.only_run(self.engine, self.url):
            yield

    def close(self) -> None:
        """Close every connection; done at the latest when the program ends."""
        self._closing()

    @contextlib.contextmanager
    def _words_for_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as problem:
            explained = self._dialect.explain(problem, self.url)
            if explained is None:
                raise
            # None: what the server said may quote the address, or an answer.
            raise explained from None

    def _absent(self) -> StoreUnavailable:
        return StoreUnavailable(StoreFault.NO_STORE, store=self.name)


def dialect_of(kind: str) -> Dialect:
    """Return what does a kind of database's part. Raises StoreUnavailable for another kind."""
    match kind:
        case "sqlite":
            return sqlite
        case "postgresql" | "postgres":
            return postgres
        case _:
            raise StoreUnavailable(StoreFault.UNSUPPORTED, kind=kind)


def without_password(url: str) -> str:
    """Return an address as it may be shown. Raises StoreUnavailable."""
    parsed = _parsed(url).difference_update_query(("password", "sslpassword"))
    return parsed._replace(password=None).render_as_string()


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):  # a port that is no number
        raise StoreUnavailable(StoreFault.BAD_ADDRESS) from None


def _migrate(connection: Connection, name: str) -> None:
    """Bring the tables to the newest migration, within the given transaction."""
    found = _version(connection, name)
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
        raise StoreUnavailable(StoreFault.NEWER, store=name)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _version(connection: Connection, name: str) -> str | None:
    """Return the store's migration, None for an empty database."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise StoreUnavailable(StoreFault.SOMETHING_ELSE, store=name)
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)
