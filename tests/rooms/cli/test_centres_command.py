"""``centres`` from the command line."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from intake.cli.exit_codes import ExitCode
from intake.cli.main import main
from intake.wiring.study.centre_list import centres_table
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


TABLE = "Identifiant\tLettres\tHôpital\tCourriel\nREI\tREI\tCHU de Reims\trecueil@chu.test\n"


def paste(office, text, *arguments):
    path = office.folder.parent / "tableau.txt"
    path.write_bytes(text.encode("utf-16"))  # as « texte Unicode » of Excel
    return run(office, "paste", str(path), *arguments)


def test_a_table_copied_from_excel_becomes_the_list(office):
    done = paste(office, TABLE)
    assert done.exit_code == ExitCode.DONE, done.stderr
    assert done.stdout.splitlines() == [
        "Centres in the list: 1.",
        "New: REI.",
        "Removed: ZAA, ZBE, ZBE-2, ZOR, ZUN.",
    ]
    assert office.app.centres[0].hospital == "CHU de Reims"
    again = paste(office, TABLE, "--json")
    assert json.loads(again.stdout)["changed"] == []


def test_a_table_is_looked_at_before_it_is_kept(office):
    before = (office.folder / "centres.csv").read_bytes()
    done = paste(office, TABLE, "--look")
    assert "REI  REI  CHU de Reims" in done.stdout
    assert done.exit_code == ExitCode.DONE
    wrong = paste(office, TABLE.replace("REI\tREI", "rei\tREI"))
    assert wrong.exit_code == ExitCode.DEFINITION
    assert '! column id: "rei"' in wrong.stdout
    document = json.loads(paste(office, TABLE, "--look", "--json").stdout)
    assert document["is_right"]
    assert (office.folder / "centres.csv").read_bytes() == before


def test_a_centre_that_has_letters_does_not_vanish_in_silence(office, monkeypatch):
    live = [SimpleNamespace(centre="ZAA")]
    monkeypatch.setattr(
        "intake.wiring.study.centre_list.read_ledger", lambda _: SimpleNamespace(live=live)
    )
    before = (office.folder / "centres.csv").read_bytes()
    done = paste(office, TABLE)
    assert "no longer in the table: ZAA." in done.stderr
    assert done.exit_code == ExitCode.DEFINITION
    assert (office.folder / "centres.csv").read_bytes() == before
    assert "ZAA" in paste(office, TABLE, "--look").stdout
    assert "Removed: ZAA" in paste(office, TABLE, "--without", "ZAA").stdout


def test_an_empty_table_changes_nothing(office):
    done = paste(office, "\t\t\n")
    assert "the list of centres is not changed" in done.stderr
    assert len(office.app.centres) == 5


def test_a_list_that_cannot_be_read_says_why_and_can_be_pasted_anew(office):
    (office.folder / "centres.csv").write_text("who;what\n", encoding="utf-8")
    shown = centres_table(office.app)
    assert shown.table.rows == ()
    assert "who" in shown.said[0]["en"]
    assert paste(office, TABLE).exit_code == ExitCode.DONE
