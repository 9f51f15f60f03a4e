"""What is promised of a store is tried on all: in a file, on a server, in memory."""

from __future__ import annotations

import pytest

from intake.ports import Store
from tests.kit.fakes.memory_store import MemoryStore
from tests.kit.servers.postgres import SERVER

FIXTURES = {"database": "sql_store", "server": "server_store"}


@pytest.fixture(params=["database", pytest.param("server", marks=SERVER), "memory"])
def store(request) -> Store:
    if request.param == "memory":
        return MemoryStore()
    return request.getfixturevalue(FIXTURES[request.param])
