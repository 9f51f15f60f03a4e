"""A fresh workspace for each test, its form cut to few questions."""

from __future__ import annotations

import shutil

import pytest

from tests.kit.office import office as whole
from tests.kit.office.coordinator import Copied, in_review
from tests.kit.office.few import FewOffice, filled
from tests.kit.office.office import Office
from tests.kit.places import FEW


@pytest.fixture
def office(tmp_path):
    return FewOffice(tmp_path / "étude de démonstration")


@pytest.fixture
def whole_office(tmp_path):
    """Return a workspace with the form as it is shipped."""
    return Office(tmp_path / "étude de démonstration")


@pytest.fixture(scope="module")
def waiting_once(tmp_path_factory):
    """A workspace where one form waits because of its letters; made once and copied."""
    made = FewOffice(tmp_path_factory.mktemp("waiting") / "étude")
    in_review(made, id_surname2="ZUKO")
    return made.folder


@pytest.fixture
def waiting(waiting_once, tmp_path):
    folder = tmp_path / "étude"
    shutil.copytree(waiting_once, folder)
    return Copied(folder, schema=FEW)


@pytest.fixture(scope="module")
def holding_once(tmp_path_factory):
    """A workspace that holds the first patient's form; made once and copied."""
    made = FewOffice(tmp_path_factory.mktemp("holding") / "étude de démonstration")
    made.send("first.pdf", filled())
    return made.folder


@pytest.fixture
def holding(holding_once, tmp_path):
    folder = shutil.copytree(holding_once, tmp_path / "étude de démonstration")
    return Copied(folder, dropped=1, schema=FEW)


@pytest.fixture(scope="module")
def whole_holding_once(tmp_path_factory):
    """A workspace that holds the first patient's whole form; made once and copied."""
    made = Office(tmp_path_factory.mktemp("holding") / "étude de démonstration")
    made.send("first.pdf", whole.filled())
    return made.folder


@pytest.fixture
def whole_holding(whole_holding_once, tmp_path):
    folder = shutil.copytree(whole_holding_once, tmp_path / "étude de démonstration")
    return Copied(folder, dropped=1)
