"""A fresh workspace for each test."""

from __future__ import annotations

import pytest

from tests.pipeline.office import Office


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "étude de démonstration")
