from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake.storage.store import SqlStore
from tests.storage.forms import definitions

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


@pytest.fixture
def sql_store(open_store: Callable[[], SqlStore]) -> SqlStore:
    return open_store()
