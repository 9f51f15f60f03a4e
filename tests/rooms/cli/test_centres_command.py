"""``centres`` from the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from intake.cli.exit_codes import ExitCode
from intake.cli.main import main
from tests.kit.office.few import FewOffice

HEADER = "id;letters;hospital;email\n"


@pytest.fixture
def office(tmp_path):
    return FewOffice(tmp_path / "étude")


def run(office, *arguments):
    return CliRunner().invoke(main, ["centres", *arguments, "--workspace", str(office.folder)])


def test_fictional_centres_can_all_be_written_to(office):
    office.fill_in()
    done = run(office, "check")
    assert done.exit_code == ExitCode.DONE
    assert "5 centres: everything can be sent to them." in done.stdout


def test_faults_placeholders_and_doubts_are_told_apart(office):
    text = HEADER + "PAR;PAR;CHU;a@example.org\nPAS;PAS;CHU;b@chu.test\nLYO;LY;CHL;c@chu.test\n"
    (office.folder / "centres.csv").write_bytes(text.encode())
    done = run(office, "check")
    assert done.exit_code == ExitCode.DEFINITION
    order = ["To mend:", "line 4, column letters", "To fill in", "PAR email", "To look at", "2, 3"]
    assert sorted(order, key=done.stdout.index) == order
    document = json.loads(run(office, "check", "--json").stdout)
    assert document["centres"] == 2
    assert "ligne 4, colonne letters" in document["faults"][0]["fr"]
    assert [one["fr"].split(",")[0].strip() for one in document["left"]] == [
        *["study.toml"] * 3,
        "centres.csv",
    ]


def test_the_list_is_given_as_a_table_and_as_data(office):
    office.fill_in()
    done = run(office, "list")
    assert done.stdout.splitlines()[1].split("  ")[0] == "ZBE"
    assert "recueil@hopital-zbe2.test" in done.stdout
    found = json.loads(run(office, "list", "--json").stdout)["centres"]
    assert found[3]["contact"] == "Secrétariat d’hématologie"


def test_a_list_without_centre_says_where_to_add_them(office):
    (office.folder / "centres.csv").write_text(HEADER, encoding="utf-8")
    assert "centres.csv" in run(office, "list").stdout


def test_patients_expected_of_a_centre_that_is_not_listed_are_told(office):
    office.fill_in()
    path = office.folder / "study.toml"
    path.write_text(path.read_text("utf-8") + "\n[expected]\ncentres = { ZAB = 4 }\n", "utf-8")
    assert "ZAB is no centre of centres.csv" in run(office, "check").stdout


def test_a_language_that_the_study_has_not_is_said(office):
    office.fill_in()
    path = office.folder / "centres.csv"
    path.write_text(path.read_text("utf-8").replace(";fr;pdf", ";de;pdf"), "utf-8")
    assert "language de" in run(office, "check").stdout
