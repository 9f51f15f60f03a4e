"""A small workspace and a browser on it; files are read in this process."""

from __future__ import annotations

import pytest

from intake.wiring import app
from tests.kit.fakes.inprocess import InProcess
from tests.kit.office.office import Office
from tests.rooms.web.browser import Browser


@pytest.fixture(autouse=True)
def own_settings(tmp_path, monkeypatch):
    """Keep names that tests give out of the account's settings; read in this process."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "réglages"))
    monkeypatch.setattr(app, "limited_executor", lambda _limits: InProcess())


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "étude")


@pytest.fixture
def browser(office):
    """Return a browser on the page of the office, whose dataset is written before it goes."""
    used = Browser(office.folder)
    yield used
    used.page.end()
