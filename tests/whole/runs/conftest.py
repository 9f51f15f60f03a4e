"""A fresh workspace for each test."""

from __future__ import annotations

import shutil

import pytest

from tests.kit.office.coordinator import Copied, in_review
from tests.kit.office.office import Office, filled


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "étude de démonstration")


@pytest.fixture(scope="module")
def waiting_once(tmp_path_factory):
    """A workspace where one form waits because of its letters; made once and copied."""
    made = Office(tmp_path_factory.mktemp("waiting") / "étude")
    in_review(made, id_surname2="ZUKO")
    return made.folder


@pytest.fixture
def waiting(waiting_once, tmp_path):
    folder = tmp_path / "étude"
    shutil.copytree(waiting_once, folder)
    return Copied(folder)


@pytest.fixture(scope="module")
def holding_once(tmp_path_factory):
    """A workspace that holds the first patient's form; made once and copied."""
    made = Office(tmp_path_factory.mktemp("holding") / "étude de démonstration")
    made.send("first.pdf", filled())
    return made.folder


@pytest.fixture
def holding(holding_once, tmp_path):
    return Copied(shutil.copytree(holding_once, tmp_path / "étude de démonstration"), dropped=1)
