from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake.storage.database.tables import metadata
from intake.storage.store import SqlStore
from tests.kit.servers.postgres import SERVER, Server
from tests.rooms.storage.forms import definitions

NOON = dt.datetime(2026, 3, 15, 12, tzinfo=dt.UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/store.sqlite"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "study.key"


@pytest.fixture
def open_store(url: str, key_file: Path) -> Iterator[Callable[[], SqlStore]]:
    """Open the same store any number of times; all are closed at the end."""
    opened: list[SqlStore] = []

    def open_again() -> SqlStore:
        opened.append(SqlStore(url, key_file, definitions, lambda: NOON))
        return opened[-1]

    yield open_again
    for store in opened:
        store.close()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a store that holds nothing, made once: copying it is quicker."""
    folder = tmp_path_factory.mktemp("empty")
    store_in(folder).close()
    return folder


@pytest.fixture
def sql_store(
    empty: Path, tmp_path: Path, key_file: Path, open_store: Callable[[], SqlStore]
) -> SqlStore:
    key_file.parent.mkdir()
    put_in_place(empty, tmp_path, key_file.parent)
    return open_store()


def store_in(folder: Path) -> SqlStore:
    """Open the store of a folder that holds its key too."""
    url = f"sqlite:///{folder}/store.sqlite"
    return SqlStore(url, folder / "study.key", definitions, lambda: NOON)


def put_in_place(made: Path, folder: Path, keys: Path) -> None:
    """Copy a store that was made once, and its key, to where the tests open it."""
    for name in ("study.key", "study.head.json"):
        shutil.copy(made / name, keys / name)
    shutil.copy(made / "store.sqlite", folder / "store.sqlite")


@pytest.fixture(scope="session")
def made_on_server(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Return a database with a store, and the folder of its key; made once."""
    folder, name = tmp_path_factory.mktemp("server"), server.new()
    SqlStore(server.url(name), folder / "study.key", definitions, lambda: NOON).close()
    return name, folder


@pytest.fixture
def server_url(server: Server, made_on_server: tuple[str, Path], key_file: Path) -> str:
    """Return the address of a store that holds nothing, its key being in place.

    It is emptied by the superuser, to whom no trigger applies: a new database costs a tenth of
    a second.
    """
    name, folder = made_on_server
    emptied = [f'DELETE FROM "{table}"' for table in metadata.tables if table != "audit"]  # noqa: S608 our names
    server.ask(
        "SET session_replication_role = replica",
        "; ".join([*emptied, "DELETE FROM audit WHERE seq > 1"]),
        database=name,
    )
    key_file.parent.mkdir(exist_ok=True)
    for each in ("study.key", "study.head.json"):
        shutil.copy(folder / each, key_file.parent / each)
    return server.url(name)


@pytest.fixture
def server_store(server_url: str, key_file: Path) -> Iterator[SqlStore]:
    store = SqlStore(server_url, key_file, definitions, lambda: NOON)
    yield store
    store.close()


@pytest.fixture(params=["sql_store", pytest.param("server_store", marks=SERVER)])
def any_store(request: pytest.FixtureRequest) -> SqlStore:
    """Return a store that holds nothing, of each kind of database."""
    store: SqlStore = request.getfixturevalue(request.param)
    return store
