"""centres.csv: what is read, and how each fault is told."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.model.errors import StudyError
from intake.study.centre_file import COLUMNS
from intake.study.centres import Centre, load_centres, parse_centres
from tests.kit.places import ROOT

HEADER = "id;letters;name;specialty;email\n"  # as it was before other columns came


def fault(text: str) -> str:
    with pytest.raises(StudyError) as caught:
        parse_centres(text.encode())
    return str(caught.value)


def test_the_example_holds_five_fictional_centres_two_of_one_town():
    centres = load_centres(ROOT / "centres.example.csv")
    assert [centre.id for centre in centres] == ["ZAA", "ZBE", "ZBE-2", "ZOR", "ZUN"]
    assert [centre.letters for centre in centres].count("ZBE") == 2
    assert all(centre.email.endswith("@example.org") for centre in centres)
    assert all("fictif" in centre.hospital for centre in centres)


def test_no_file_is_no_centre(tmp_path):
    assert load_centres(tmp_path / "centres.csv") == ()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("separator", [";", ","])
def test_semicolons_commas_byte_order_mark_and_windows_lines_are_read(mark, end, separator):
    text = f'{HEADER}ZAA;ZAA;"Un nom cité";dermatologie;a@example.org\n\n;;;;\n'
    content = mark + text.replace(";", separator).replace("\n", end).encode()
    assert parse_centres(content) == (
        Centre("ZAA", "ZAA", "Un nom cité", "dermatologie", "a@example.org"),
    )


def test_an_address_may_be_left_empty_but_not_a_name():
    assert parse_centres((HEADER + "ZAA;ZAA;Nom;;").encode())[0].email == ""
    assert "line 2, column hospital: is empty" in fault(HEADER + "ZAA;ZAA;;;")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Zaa;ZAA;N;;", 'line 2, column id: "Zaa" is not three capitals'),
        ("ZAA-;ZAA;N;;", 'line 2, column id: "ZAA-"'),
        ("ZAA\u0663;ZAA;N;;", "line 2, column id: "),
        ("ZAA;ZÉA;N;;", 'line 2, column letters: "ZÉA" is not three capitals A-Z'),
        ("ZAA;ZAA;N;;nobody", 'line 2, column email: "nobody" is not one e-mail address'),
        ("ZAA;ZAA;N;;a@b.org,c@d.org", "line 2, column email"),
        ("ZAA;ZAA;N;;a@b..org", "line 2, column email"),
        ("ZAA;ZAA;N;;;x", "line 2, has 11 cells"),
        ("ZAA;ZAA;N;;\nZAA;ZAA;M;;", "line 3, column id: ZAA is already on line 2; write another"),
    ],
)
def test_each_fault_names_its_line_and_column(line, told):
    assert told in fault(HEADER + line)


def test_the_number_proposed_for_a_repeated_id_is_free():
    text = HEADER + "ZAA;ZAA;N;;\nZAA-2;ZAA;M;;\nZAA;ZAA;O;;"
    assert "such as ZAA-3" in fault(text)


def test_every_fault_is_told_at_once():
    told = fault(HEADER + "1;ZAA;N;;\nZAA;2;N;;")
    assert "line 2" in told
    assert "line 3" in told


def test_other_columns_an_open_quote_an_empty_file_and_an_encoding_are_told():
    assert "(id, letters, hospital at least)" in fault("id;name\n")
    assert "the columns are id, letters, name, adresse" in fault("id;letters;name;adresse\n")
    assert "double quote" in fault(HEADER + 'ZAA;ZAA;"N;;\n')
    assert "Its first line is" in fault("")
    with pytest.raises(StudyError, match="CSV UTF-8"):
        parse_centres((HEADER + "ZAA;ZAA;Été;;").encode("cp1252") + b"\x81")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_every_way_in_which_excel_saves_a_table_is_read(encoding):
    cells = (
        "ZAA",
        "ZAA",
        "Hôpital d’Été",
        "Œdèmes",
        "",
        "Zaaville",
        "Mme Ça",
        "a@b.test",
        "fr",
        "pdf",
    )
    separator = "\t" if encoding == "utf-16" else ";"
    text = "sep=;\r\n" if encoding == "cp1252" else ""
    text += separator.join(COLUMNS) + "\r\n" + separator.join(cells) + "\r\n"
    (centre,) = parse_centres(text.encode(encoding))
    assert centre.name == "Hôpital d’Été, Œdèmes"
    assert (centre.contact, centre.language, centre.format) == ("Mme Ça", "fr", "pdf")


def test_columns_stand_in_any_order_and_empty_cells_at_the_end_may_be_left_out():
    (centre,) = parse_centres(b"hospital;email;letters;id;format\nNom;;ZAA;ZAA-2")
    assert (centre.id, centre.letters, centre.hospital, centre.format) == (
        "ZAA-2",
        "ZAA",
        "Nom",
        "",
    )


@pytest.mark.parametrize(
    ("column", "text"), [("language", "français"), ("format", "papier"), ("format", "image")]
)
def test_a_language_or_a_format_that_is_none_is_told(column, text):
    told = fault(f"id;letters;hospital;{column}\nZAA;ZAA;Nom;{text}\n")
    assert f'line 2, column {column}: "{text}"' in told


def test_a_fault_is_told_in_french_too():
    with pytest.raises(StudyError) as caught:
        parse_centres((HEADER + "ZAA;ZAA;N;;x").encode(), "centres.csv")
    assert caught.value.text["fr"].startswith(
        "centres.csv, ligne 2, colonne email : « x » n’est pas"
    )


@given(st.text(max_size=80))
def test_any_text_is_centres_or_a_study_error(text):
    with contextlib.suppress(StudyError):
        parse_centres((HEADER + text).encode("utf-8", "surrogatepass"))
