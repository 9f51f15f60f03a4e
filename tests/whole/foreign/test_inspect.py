"""``inspect`` sees what stands in forms made by others, whatever they are built of."""

from __future__ import annotations

import shutil

import pytest

from intake.wiring import inspection
from tests.kit.fillers import pdf_lib, with_pypdf
from tests.kit.fillers.process import run
from tests.whole.clients import libreoffice
from tests.whole.foreign import pdf_by_hand, word_by_hand, workbook

pytestmark = pytest.mark.slow

NODE = pytest.mark.skipif(pdf_lib.missing() is not None, reason=str(pdf_lib.missing()))
OFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def inspected(folder, name, content):
    """Return all that is seen of a file."""
    path = folder / name
    path.write_bytes(content)
    document = inspection.inspected(path, folder, with_values=True)
    assert document["format"]
    return document


def values(document):
    """Return the values by address; each address has to be there once."""
    fields = document["fields"]
    assert len({field["address"] for field in fields}) == len(fields)
    return {field["address"]: field["value"] for field in fields}


def made(folder, program):
    """Return the file that one of the JavaScript programs makes."""
    target = folder / "made"
    run(["node", str(pdf_lib.PROGRAMS / program), str(target)])
    return target.read_bytes()


def test_a_pdf_with_shapes_that_ours_avoid(tmp_path):
    document = inspected(tmp_path, "a.pdf", pdf_by_hand.form())
    assert values(document) == pdf_by_hand.VALUES
    ticks = {field["address"] for field in document["fields"] if field["kind"] == "tick"}
    assert ticks == pdf_by_hand.TICKS
    assert document["notes"] == []
    assert document["stamp"] is None


def test_a_pdf_of_another_filled_by_a_program(tmp_path):
    changed = {"visite.patient.nom": "Élève", "service": "Chirurgie", "texte": "≥ 88 µg"}
    filled = with_pypdf.fill(pdf_by_hand.form(), changed)
    found = values(inspected(tmp_path, "a.pdf", filled))
    assert {name: found[name] for name in changed} == changed


@NODE
@pytest.mark.programs
def test_a_pdf_of_pdf_lib_whose_buttons_are_numbered(tmp_path):
    document = inspected(tmp_path, "a.pdf", made(tmp_path, "make_form_pdf_lib.mjs"))
    assert values(document) == {
        "patient.nom": "Élève, 72,5 kg",
        "sexe": "femme",
        "vide": "",
        "accord": "Yes",
        "refus": "",
        "service": "Chirurgie",
        "signes": "fièvre;éruption",
    }
    assert document["notes"] == []


def test_a_word_document_with_controls_of_every_kind_and_old_fields(tmp_path):
    document = inspected(tmp_path, "a.docx", word_by_hand.form())
    found = values(document)
    assert found == word_by_hand.VALUES
    assert document["notes"] == []


@OFFICE
@pytest.mark.programs
def test_a_word_document_of_another_saved_by_libreoffice_keeps_what_it_still_names(tmp_path):
    saved = libreoffice.converted(word_by_hand.form(), "docx", "docx")
    found = values(inspected(tmp_path, "a.docx", saved))
    kept = ("Ville", "AncienTexte")
    assert {name: found.get(name) for name in kept} == {n: word_by_hand.VALUES[n] for n in kept}


def test_a_workbook_with_names(tmp_path):
    document = inspected(tmp_path, "a.xlsx", workbook.form())
    assert values(document) == workbook.VALUES
    assert document["fields"][0]["location"] == {"sheet": "Fiche n° 1", "cell": "B2"}


@OFFICE
@pytest.mark.programs
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_workbook_with_names_saved_by_libreoffice(tmp_path, kind):
    saved = libreoffice.converted(
        workbook.form(), "xlsx", *([kind] if kind != "xlsx" else []), "xlsx"
    )
    assert values(inspected(tmp_path, "a.xlsx", saved)) == workbook.VALUES


def test_a_workbook_without_names_is_shown_cell_by_cell(tmp_path):
    document = inspected(tmp_path, "a.xlsx", workbook.form(named=False))
    found = values(document)
    expected = {f"Fiche n° 1!{workbook.CELLS[n][0]}": t for n, t in workbook.VALUES.items() if t}
    assert {address: found.get(address) for address in expected} == expected
    assert found["Fiche n° 1!A3"] == "poids"


@NODE
@pytest.mark.programs
def test_a_workbook_of_exceljs(tmp_path):
    document = inspected(tmp_path, "a.xlsx", made(tmp_path, "make_workbook_exceljs.mjs"))
    assert values(document) == {
        "nom_patient": "Œdème d’été",
        "poids": "72.5",
        "ville": "Nîmes",
        "somme": "2",
        "vide": "",
    }


def test_a_list_of_export_names_goes_by_the_place_of_each_button(tmp_path):
    """A program that keeps the states ``1`` and ``0`` and names them in order means that order."""
    found = values(inspected(tmp_path, "a.pdf", pdf_by_hand.form()))
    assert (found["reponse"], found["numero"]) == ("0", "femme")


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.xlsx"])
def test_what_stands_in_another_s_form_is_not_told_unasked(tmp_path, name):
    makers = {"a.pdf": pdf_by_hand.form, "a.docx": word_by_hand.form, "a.xlsx": workbook.form}
    (tmp_path / name).write_bytes(makers[name]())
    document = inspection.inspected(tmp_path / name, tmp_path)
    assert {field["value"] for field in document["fields"]} == {None, ""}
    measured = [field for field in document["fields"] if field["length"]]
    assert all(field["kind"] == "text" and field["filled"] for field in measured)
    assert measured
