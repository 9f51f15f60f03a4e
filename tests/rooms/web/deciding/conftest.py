"""A study where a known patient's form is loaded and two forms wait, made once."""

from __future__ import annotations

import shutil

import pytest

from intake.wiring.page.deciding import pictures
from tests.kit.fakes.inprocess import InProcess
from tests.kit.office.coordinator import Copied, in_review
from tests.kit.office.office import Office, filled

OTHER = {
    "id_firstname2": "MO",
    "birth_date": "02/02/1950",
    "lab_hb_dx": "9,9",
    "sex": "m",
    "comments": "vu avec le service",
}


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    made = Office(tmp_path_factory.mktemp("deciding") / "étude")
    made.send("known.pdf", filled())
    in_review(made, id_surname2="ZUKO", **OTHER)
    in_review(made, birth_date="13/04/1961")
    made.app.store.close()
    return made.folder


@pytest.fixture(scope="session")
def looked_at(prepared, tmp_path_factory):
    """Return the study for tests that change nothing."""
    folder = tmp_path_factory.mktemp("looked") / "étude"
    shutil.copytree(prepared, folder)
    return Copied(folder)


@pytest.fixture
def office(prepared, tmp_path):
    shutil.copytree(prepared, tmp_path / "étude")
    return Copied(tmp_path / "étude")


@pytest.fixture(autouse=True)
def drawing_here(monkeypatch):
    monkeypatch.setattr(pictures, "drawing_executor", lambda _limits: InProcess())
    pictures.forget()
    yield
    pictures.forget()
