"""What centres.csv holds that a person should look at again."""

from __future__ import annotations

import pytest

from intake.study.centre_file import COLUMNS, centre_rows
from intake.study.doubts import centre_doubts
from intake.study.placeholders import is_placeholder

WHOLE = {"hospital": "CHU", "email": "{id}@chu.test"}


def doubts(*centres):
    """Return kind and lines of each doubt about centres, given by their columns."""
    lines = [";".join(COLUMNS)]
    for centre in centres:
        cells = {"letters": centre["id"][:3], "department": centre["id"], **WHOLE, **centre}
        lines.append(";".join(cells.get(name, "").format(id=cells["id"]) for name in COLUMNS))
    rows = centre_rows("\n".join(lines).encode(), "centres.csv")
    return [(doubt.kind.value, doubt.lines) for doubt in centre_doubts(rows)]


def test_a_list_without_doubt_is_silent_numbers_of_one_town_included():
    assert doubts({"id": "PAR"}, {"id": "PAR-2"}, {"id": "PAR-3"}, {"id": "LYO"}) == []


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ({"id": "PAR"}, {"id": "PAS"}, "near_id"),
        ({"id": "PAR"}, {"id": "PRA"}, "near_id"),
        ({"id": "PAR-2"}, {"id": "BAR-2"}, "near_id"),
        ({"id": "PAR"}, {"id": "LYO", "email": "Par@CHU.test"}, "same_email"),
        (
            {"id": "PAR", "department": "Médecine"},
            {"id": "LYO", "department": "MEDECINE"},
            "same_place",
        ),
    ],
)
def test_two_lines_that_may_be_one_are_shown_together(one, other, kind):
    assert (kind, (2, 3)) in doubts(one | {"email": "par@chu.test"}, other)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"letters": "LYO"}, "other_letters"),
        ({"email": ""}, "no_email"),
        ({"email": "dr.who@gmail.com"}, "public_email"),
        ({"hospital": "HÃ´pital"}, "lettering"),
    ],
)
def test_one_line_to_look_at_is_named(cells, kind):
    assert doubts({"id": "PAR"} | cells) == [(kind, (2,))]


@pytest.mark.parametrize("text", ["Hôpital de l’Âge", "ÂGE", "Hôtel-Dieu Ãlvaro"])
def test_accents_that_are_right_are_no_doubt(text):
    assert doubts({"id": "PAR", "hospital": text}) == []


@pytest.mark.parametrize(
    "text",
    [
        "Service (à compléter)",
        "A COMPLETER",
        "a\u0300 comple\u0301ter",
        "À remplir",
        "moi@exemple.fr",
        "to be completed",
        "TODO",
        "xxx",
        "a@example.org",
        "a@mail.Example.COM",
    ],
)
def test_a_text_that_waits_for_another_is_a_placeholder(text):
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text", ["a@chu-zor.test", "Hôpital Todorov", "a@myexample.org.fr", "complété", ""]
)
def test_a_text_that_says_something_is_none(text):
    assert not is_placeholder(text)
