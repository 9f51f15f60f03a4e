"""What x-formerly and x-retired say of older versions is so, or is a fault."""

from __future__ import annotations

import pytest

from intake.schema.check.document import check_document
from intake.schema.compile.definition import compile_definition
from intake.schema.versions.formerly import misnamed
from tests.kit.small_document import an_item
from tests.kit.two_versions import codelist, new_document, new_form, old_form

OLD = old_form()


def formerly(**said):
    return {"x-formerly": [{"version": "1.0.0", **said}]}


def problems(document):
    return [
        f"{each.name}: {each.problem}" for each in misnamed(compile_definition(document), [OLD])
    ]


def test_two_versions_that_agree_have_no_fault():
    assert list(misnamed(new_form(), [OLD])) == []


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        (an_item("A03", type="number", **formerly(name="size")), "1.0.0 had no 'size'"),
        (an_item("A03", type="number", **formerly(name="height_cm", code="B09")), "was A03 in"),
        (
            an_item("A03", type="number", **{"x-formerly": [{"version": "1.1.0"}]}),
            "1.1.0, which is no older version",
        ),
        (
            an_item("A03", type="number", **{"x-formerly": [{"version": "0.1.0"}] * 2}),
            "names 0.1.0 twice",
        ),
    ],
)
def test_a_wrong_former_name_is_a_fault(schema, problem):
    found = problems(new_document(height=schema, height_cm=an_item("B01", "two", type="number")))
    assert any(problem in each for each in found), found


def test_two_questions_of_then_cannot_become_one():
    colour = an_item("A04", type="string", oneOf=codelist("blue"), **formerly(name="height_cm"))
    document = new_document(colour=colour, height=an_item("A03", type="number"))
    assert problems(document) == [
        "colour: 'height_cm' and 'colour' of 1.0.0 would both become 'colour'"
    ]


def test_a_former_code_that_was_not_there_or_leads_nowhere_is_a_fault():
    colour = an_item("A04", type="string", oneOf=codelist("crimson", "blue"))
    wrong = {**colour, **formerly(codes={"pink": "crimson", "red": "scarlet"})}
    found = problems(new_document(colour=wrong))
    assert "colour: 'colour' had no code 'pink' in 1.0.0" in found
    assert "colour: x-formerly leads to the code 'scarlet', which this question has not" in found


def test_one_question_of_then_cannot_become_two():
    twin = an_item("B01", "two", type="number", **formerly(name="height_cm"))
    assert problems(new_document(twin=twin)) == [
        "twin: 'height_cm' of 1.0.0 became 'height' already"
    ]


@pytest.mark.parametrize(
    ("retired", "problem"),
    [("visit", "'visit' is still asked"), ("nothing", "was asked by no older version")],
)
def test_only_what_was_asked_and_is_no_more_can_be_retired(retired, problem):
    document = new_document() | {"x-retired": [retired]}
    (found,) = problems(document)
    assert problem in found


def test_a_version_that_is_not_at_hand_cannot_be_wrong():
    document = new_document(
        height=an_item("A03", type="number", **{"x-formerly": [{"version": "0.1.0", "name": "x"}]})
    )
    assert list(misnamed(compile_definition(document), [])) == []


def test_check_schema_places_the_fault_at_the_question():
    document = new_document(height=an_item("A03", type="number", **formerly(name="size")))
    faults = check_document(document, older=[OLD])
    assert "/properties/height" in {fault.pointer for fault in faults}
