"""Commands that read files in this process, where a test does not ask for real children."""

from __future__ import annotations

import pytest

from intake.wiring import app, inspection
from tests.kit.fakes.inprocess import InProcess
from tests.kit.fakes.kept_writers import written_once


@pytest.fixture(autouse=True, scope="session")
def forms_written_once():
    """Write a form once for all tests and workers."""
    with written_once():
        yield


@pytest.fixture
def in_children():
    """Leave the commands their pool of limited children: a second for each command."""


@pytest.fixture(autouse=True)
def own_settings(tmp_path, monkeypatch):
    """Keep names that tests give out of the account's settings."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "réglages"))


@pytest.fixture(autouse=True)
def limits_asked(request, monkeypatch):
    """Return the limits that each command asked its executor for."""
    asked = []

    def executor(limits):
        asked.append(limits)
        return InProcess()

    if "in_children" not in request.fixturenames:
        for module in (app, inspection):
            monkeypatch.setattr(module, "limited_executor", executor)
    return asked
