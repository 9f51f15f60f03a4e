"""Use cases in this process: a form is written once, files are read without children."""

from __future__ import annotations

import pytest

from intake.wiring import app
from tests.kit.fakes.inprocess import InProcess
from tests.kit.fakes.kept_writers import written_once
from tests.kit.office.few import FewOffice


@pytest.fixture(autouse=True, scope="session")
def forms_written_once():
    """Write a form once for all tests and workers."""
    with written_once():
        yield


@pytest.fixture(autouse=True)
def own_settings(tmp_path, monkeypatch):
    """Keep names that tests give out of the account's settings; read in this process."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "réglages"))
    monkeypatch.setattr(app, "limited_executor", lambda _limits: InProcess())


@pytest.fixture
def office(tmp_path):
    return FewOffice(tmp_path / "étude")
