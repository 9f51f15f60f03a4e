"""What holds for every test: the order, what the disk is asked, what garbage is looked for."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest

from tests.kit.servers.postgres import Server, running_server

os.environ.setdefault("CRF_INTAKE_LANG", "en")  # what tests read, whatever the computer speaks


def pytest_configure() -> None:
    """Wait for no disk: no test cuts its power. A descriptor that is none still fails."""
    os.fsync = os.fstat


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker waits for another at the end."""
    items.sort(key=_seconds, reverse=True)


def _seconds(item: pytest.Item) -> int:
    marker = item.get_closest_marker("long")
    return 0 if marker is None else int(marker.args[0])


def pytest_sessionstart() -> None:
    """Look for no garbage among thousands of tests while they are collected."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Leave what was collected out of every later look for garbage: it lives on."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Return a PostgreSQL server, the same for all tests of a program."""
    with running_server() as started:
        yield started
