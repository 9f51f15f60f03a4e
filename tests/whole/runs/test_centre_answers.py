"""What the list of centres says of a centre, as answers of its form."""

from __future__ import annotations

import pytest

from intake.pipeline.forms.centre_answers import centre_answers
from intake.schema.check.document import check_document
from intake.schema.compile.definition import compile_definition
from intake.study.centres import Centre
from tests.kit.fillers.forms import OTHER, SHIPPED, definition
from tests.kit.small_document import a_group, an_item, small_document


def centre(specialty: str = "", letters: str = "PAR") -> Centre:
    return Centre(id="PAR-2", letters=letters, hospital="Centre fictif", specialty=specialty)


@pytest.mark.parametrize(
    "words", ["Médecine interne", "medecine  INTERNE", "Internal medicine", "int", "INT"]
)
def test_a_specialty_is_matched_by_label_or_code(words):
    found = centre_answers(definition(SHIPPED), centre(words))
    assert found.record == {"centre3": "PAR", "dept_specialty": "int"}
    assert found.unmatched == ()


def test_a_specialty_that_is_no_answer_is_left_blank_and_said():
    found = centre_answers(definition(SHIPPED), centre("néphrologie"))
    assert found.record == {"centre3": "PAR"}
    (left,) = found.unmatched
    assert (left.item.name, left.column, left.text) == (
        "dept_specialty",
        "specialty",
        "néphrologie",
    )


def test_an_empty_cell_says_nothing():
    assert centre_answers(definition(SHIPPED), centre()).unmatched == ()


def test_a_study_that_asks_no_specialty_takes_the_letters_only():
    assert centre_answers(definition(OTHER), centre("dermatologie")).record == {"region": "PAR"}


def with_prefill(**keywords):
    document = small_document()
    document["properties"] |= {"town": an_item("A09", **keywords)}
    return document


def test_a_text_takes_the_name_of_the_centre_if_it_fits():
    wide = with_prefill(type="string", maxLength=40, **{"x-prefill": "name"})
    narrow = with_prefill(type="string", maxLength=5, **{"x-prefill": "name"})
    assert centre_answers(compile_definition(wide), centre()).record["town"] == "Centre fictif"
    found = centre_answers(compile_definition(narrow), centre())
    assert "town" not in found.record
    assert [left.item.name for left in found.unmatched] == ["town"]


def test_only_a_text_or_a_single_choice_outside_groups_takes_a_column():
    in_a_row = small_document()
    in_a_row["properties"] |= {
        "rows": a_group(town=an_item("A09", type="string", **{"x-prefill": "name"}))
    }
    number = with_prefill(type="integer", **{"x-prefill": "specialty"})
    for document in (in_a_row, number):
        pointers = [fault.pointer for fault in check_document(document)]
        assert any(pointer.endswith("/town/x-prefill") for pointer in pointers)
