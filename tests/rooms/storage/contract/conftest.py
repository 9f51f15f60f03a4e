"""What is promised of a store is tried on both: the one in a database and the one in memory."""

from __future__ import annotations

import pytest

from intake.ports import Store
from tests.kit.fakes.memory_store import MemoryStore


@pytest.fixture(params=["database", "memory"])
def store(request) -> Store:
    if request.param == "memory":
        return MemoryStore()
    return request.getfixturevalue("sql_store")
