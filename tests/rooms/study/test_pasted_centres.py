"""A table of centres as it is pasted: where its columns end, and which row is the heading."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.study.centre_file import COLUMNS, centre_file, centre_rows
from intake.study.centre_table import centre_table
from intake.study.centres import parse_centres
from intake.study.pasted_centres import read_pasted

NBSP = "\N{NO-BREAK SPACE}"


def cells(text, *names):
    return [tuple(row.cells[name] for name in names) for row in read_pasted(text).rows]


def test_a_french_heading_says_where_the_columns_are():
    text = (
        f"Ville\tHôpital\tCode{NBSP}centre\tLettres\tAdresse e-mail\n"
        'Reims\t"CHU de Reims\nhôpital Debré"\tREI\tREI\trecueil@chu-reims.fr\n'
    )
    pasted = read_pasted(text)
    assert pasted.has_heading
    assert cells(text, "id", "hospital", "town", "email") == [
        ("REI", "CHU de Reims hôpital Debré", "Reims", "recueil@chu-reims.fr")
    ]


def test_without_a_heading_the_columns_are_in_the_usual_order():
    assert not read_pasted("REI\tREI\tCHU de Reims").has_heading
    assert cells("REI\tREI\tCHU de Reims", "id", "letters", "hospital") == [
        ("REI", "REI", "CHU de Reims")
    ]


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_a_selection_with_empty_rows_and_columns_is_cut_to_what_is_filled(separator):
    text = "\ufeffid;letters;hospital;;\r\n;;;;\r\nREI;REI;CHU;;\r\n;;;;\r\n\r\n"
    pasted = read_pasted(text.replace(";", separator))
    assert cells(text.replace(";", separator), "id", "hospital") == [("REI", "CHU")]
    assert pasted.rows[0].extra == 0
    assert pasted.left_out == ()


def test_spaces_that_nobody_sees_are_not_kept():
    text = f"\u200bREI{NBSP}\tREI \tCHU{NBSP}{NBSP}de Reims\ufeff"
    assert cells(text, "id", "letters", "hospital") == [("REI", "REI", "CHU de Reims")]


def test_columns_that_have_no_place_are_named_and_so_are_those_named_twice():
    pasted = read_pasted(
        "id\tlettres\thôpital\tNombre de lits\tVille\tville\nREI\tREI\tCHU\t9\ta\tb"
    )
    assert pasted.left_out == ("Nombre de lits",)
    assert pasted.twice == ("town",)
    assert pasted.rows[0].cells["town"] == "a"
    assert pasted.rows[0].extra == 0


def test_a_quote_that_never_closes_is_a_letter_like_others():
    text = 'REI\tREI\t"CHU\nPAR\tPAR\tHôpital "Nord"'
    assert cells(text, "id", "hospital") == [("REI", '"CHU'), ("PAR", 'Hôpital "Nord"')]


def test_more_cells_than_columns_are_a_fault_of_their_line():
    table = centre_table(read_pasted("\t".join(["REI", "REI", "CHU", *["x"] * 12])).rows)
    assert not table.is_right
    assert "columns" in table.rows[0].faults[0]["en"]


@pytest.mark.parametrize("text", ["", "\n\n", "\t\t\n", "\ufeff", "\x00"])
def test_nothing_pasted_is_no_row(text):
    assert read_pasted(text).rows == ()


@settings(deadline=None)
@given(st.text())
def test_whatever_is_pasted_has_an_end(text):
    for row in read_pasted(text).rows:
        assert set(row.cells) == set(COLUMNS)


WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=8)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, WORDS)), max_size=4))
def test_what_is_written_as_centres_csv_is_read_back(rows):
    kept = [row for row in rows if any(row.values())]
    read = centre_rows(centre_file(kept), "centres.csv")
    assert [dict(row.cells) for row in read] == kept


def test_faults_and_doubts_stand_in_their_cells():
    rows = read_pasted(
        "id;letters;hospital;email;language\n"
        "rei;REI;CHU;x;de\nPAR;PAR;CHU A;a@gmail.com;\nPAR;PAS;à compléter;;fr\n"
    ).rows
    table = centre_table(rows, ("fr",))
    found = {
        (row.line, cell.column): (len(cell.faults), len(cell.warnings))
        for row in table.rows
        for cell in row.cells
        if cell.faults or cell.warnings
    }
    assert found == {
        (2, "id"): (1, 0),
        (2, "letters"): (0, 1),
        (2, "email"): (1, 0),
        (2, "language"): (0, 1),
        (3, "email"): (0, 1),
        (4, "id"): (1, 0),
        (4, "letters"): (0, 1),
        (4, "hospital"): (0, 1),
        (4, "email"): (0, 1),
    }
    assert not table.is_right


def test_an_accent_stays_as_excel_saves_it():
    content = centre_file([{"id": "REI", "letters": "REI", "hospital": "Hôpital ; « Nord »"}])
    assert content.startswith(b"\xef\xbb\xbfid;letters;")
    assert parse_centres(content)[0].hospital == "Hôpital ; « Nord »"
