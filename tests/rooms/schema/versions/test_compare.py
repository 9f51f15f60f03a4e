"""What differs between two versions is listed; what would lose an answer is refused."""

from __future__ import annotations

import copy

import pytest

from intake.schema.check.document import check_document
from intake.schema.compile.definition import compile_definition
from intake.schema.versions.change import ChangeKind
from intake.schema.versions.compare import compare
from tests.kit.small_document import an_item
from tests.kit.two_versions import codelist, new_document, new_form, old_document, old_form

K = ChangeKind
OLD = old_form()
RULE = {
    "id": "R01",
    "severity": "query",
    "when": "height_cm > 200.0",
    "items": ["height_cm"],
    "message": {"fr": "Grand ?", "en": "Tall?"},
}


def listed(new, old=OLD):
    return {(change.kind, change.name): change for change in compare(old, new)}


def kinds_about(name, new, old=OLD):
    return {kind for kind, about in listed(new, old) if about.partition("=")[0] == name}


def changed(**changes):
    """Return the next version of the old form with some of its questions changed."""
    document = old_document()
    document["x-form"]["version"] = "1.1.0"
    document["properties"] |= changes
    return document


def compiled(**changes):
    return compile_definition(changed(**changes))


def test_a_version_that_only_has_another_number_changes_nothing():
    assert compare(OLD, compiled()) == ()


def test_what_was_renamed_or_added_is_listed_and_none_of_it_refused():
    found = listed(new_form())
    assert (K.ITEM_RENAMED, "height") in found
    assert (K.CODE_RENAMED, "colour=crimson") in found
    assert (K.CODE_ADDED, "colour=green") in found
    assert (K.CODE_RENAMED, "signs=skin") in found
    assert (K.ITEM_ADDED, "weight") in found
    assert found[K.VISIBLE_CODE, "stay_days"].before == {"": "A06"}
    assert not any(change.is_refused for change in found.values())


def test_a_question_that_is_gone_is_refused_unless_it_is_said_to_be_retired():
    document = changed()
    del document["properties"]["height_cm"]
    (gone,) = compare(OLD, compile_definition(document))
    assert (gone.kind, gone.name, gone.code, gone.is_refused) == (
        K.ITEM_REMOVED,
        "height_cm",
        "A03",
        True,
    )
    assert gone.before == {"fr": "A03 fr", "en": "A03 en"}
    retired = compile_definition(document | {"x-retired": ["height_cm"]})
    assert [(c.kind, c.is_refused) for c in compare(OLD, retired)] == [(K.ITEM_RETIRED, False)]


def test_a_code_that_is_gone_is_refused_unless_it_is_said_to_be_retired():
    document = changed(colour=an_item("A04", type="string", oneOf=codelist("blue")))
    (gone,) = compare(OLD, compile_definition(document))
    assert (gone.kind, gone.name, gone.is_refused) == (K.CODE_REMOVED, "colour=red", True)
    retired = compile_definition(document | {"x-retired": ["colour=red"]})
    assert [(c.kind, c.is_refused) for c in compare(OLD, retired)] == [(K.CODE_RETIRED, False)]


HEIGHT = {"type": "number", "minimum": 30, "maximum": 250, "x-unit": "cm"}


@pytest.mark.parametrize(
    ("keywords", "kind", "refused"),
    [
        ({"x-unit": "m"}, K.UNIT, True),
        ({"type": "string", "minimum": None, "maximum": None, "x-unit": None}, K.TYPE, True),
        ({"x-unit": {"fr": "cm", "en": "centimetres"}}, K.UNIT_WORDS, False),
        ({"maximum": 230}, K.BOUNDS, False),
        ({"x-soft": {"max": 200}}, K.USUAL_BOUNDS, False),
        ({"title": "Taille"}, K.LABEL, False),
        (
            {"description": "Nu", "x-i18n": {"en": {"title": "A03 en", "description": "Bare"}}},
            K.HELP,
            False,
        ),
        ({"x-required": True}, K.REQUIRED, False),
        ({"x-relevant": "has_visit"}, K.RELEVANT, False),
        ({"x-missing": ["NAV"]}, K.REASONS, False),
        ({"x-identifying": True}, K.IDENTIFYING, False),
        ({"x-section": "two", "x-code": "B01"}, K.SECTION, False),
    ],
)
def test_each_change_of_a_question_has_its_kind(keywords, kind, refused):
    kept = {key: value for key, value in {**HEIGHT, **keywords}.items() if value is not None}
    code, section = kept.pop("x-code", "A03"), kept.pop("x-section", "one")
    change = listed(compiled(height_cm=an_item(code, section, **kept)))[kind, "height_cm"]
    assert change.is_refused is refused
    assert change.before != change.after


def test_a_question_that_leaves_its_table_is_refused():
    document = changed()
    document["properties"]["stay_days"] = an_item("A06", type="integer")
    stay = document["properties"].pop("stay")
    del stay["items"]["properties"]["stay_days"]
    assert K.ITEM_MOVED in kinds_about("stay_days", compile_definition(document))


def test_a_choice_that_becomes_several_is_another_kind_of_answer():
    several = an_item("A04", type="array", items={"type": "string", "oneOf": codelist("red")})
    assert K.TYPE in kinds_about("colour", compiled(colour=several))


def test_other_words_or_another_role_of_a_code_are_listed():
    options = copy.deepcopy(old_document()["properties"]["colour"]["oneOf"])
    options[0]["title"] = "rouge"
    options[1]["x-reason"] = "UNK"
    found = listed(compiled(colour=an_item("A04", type="string", oneOf=options)))
    assert found[K.CODE_LABEL, "colour=red"].after["fr"] == "rouge"
    assert found[K.CODE_ROLE, "colour=blue"].after == {"": "UNK"}


def fixed(*codes):
    document = old_document()
    group = document["properties"]["stay"]
    inner = group["items"]["properties"]
    inner["month"] = an_item("A08", type="string", oneOf=codelist("d3", "d7", "m1"))
    group["x-rows"] = {"item": "month", "values": list(codes)}
    return document


@pytest.mark.parametrize(
    ("codes", "kinds"),
    [
        (["d3", "d7"], set()),
        (["d3", "d7", "m1"], {K.ROWS}),
        (["d3", "m1", "d7"], {K.ROWS, K.FIXED_ROWS}),
    ],
)
def test_a_printed_row_that_became_another_is_refused(codes, kinds):
    old, new = (compile_definition(fixed(*each)) for each in (["d3", "d7"], codes))
    found = compare(old, new)
    assert {change.kind for change in found} == kinds
    assert any(change.is_refused for change in found) is (K.FIXED_ROWS in kinds)


def held_in_all(most):
    document = changed()
    more = {"item": "colour", "code": "blue", "most": most}
    group = document["properties"]["stay"]
    document["properties"]["stay"] = {**group, "x-more-rows": more} if most else group
    return compile_definition(document)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [(0, 6, K.MORE_ROWS), (6, 8, K.MORE_ROWS), (8, 6, K.FEWER_ROWS), (6, 0, K.FEWER_ROWS)],
)
def test_rows_that_a_record_may_hold_become_more_and_never_fewer(before, after, kind):
    (found,) = compare(held_in_all(before), held_in_all(after))
    assert (found.kind, found.name) == (kind, "stay")
    assert found.is_refused is (kind is K.FEWER_ROWS)


def test_rules_are_compared_by_their_words_their_level_and_when_they_fire():
    old = compile_definition(old_document() | {"x-rules": [RULE, {**RULE, "id": "R03"}]})
    other = {**RULE, "severity": "note", "when": "height_cm > 210.0"}
    other["message"] = {"fr": "Très grand ?", "en": "Very tall?"}
    new = compile_definition(changed() | {"x-rules": [other, {**RULE, "id": "R02"}]})
    found = compare(old, new)
    assert [(change.kind, change.name) for change in found] == [
        (K.RULE_SEVERITY, "R01"),
        (K.RULE_WORDS, "R01"),
        (K.RULE_CONDITION, "R01"),
        (K.RULE_ADDED, "R02"),
        (K.RULE_REMOVED, "R03"),
    ]
    assert not any(change.is_refused for change in found)


def test_computed_values_are_compared():
    tall = {"name": "d_tall", "type": "boolean", "expression": "height_cm > 180.0", "title": "T"}
    tall["x-i18n"] = {"en": {"title": "T"}}
    old = compile_definition(old_document() | {"x-derived": [tall, {**tall, "name": "d_gone"}]})
    new = {**tall, "expression": "height_cm > 190.0"}
    found = compare(old, compile_definition(changed() | {"x-derived": [new]}))
    assert [(change.kind, change.name) for change in found] == [
        (K.COMPUTED_CHANGED, "d_tall"),
        (K.COMPUTED_REMOVED, "d_gone"),
    ]


def test_another_patient_key_or_another_day_zero_is_refused():
    document = changed()
    document["properties"]["seen"] = an_item("A09", type="string", format="date")
    document["x-form"]["day_zero"] = "seen"
    document["x-identity"] = {"items": ["region", "colour"], "centre": "region"}
    found = listed(compile_definition(document))
    assert found[K.DAY_ZERO, "small"].is_refused
    assert found[K.IDENTITY, "small"].is_refused


def test_check_schema_refuses_what_would_lose_answers_of_a_version_beside():
    document = changed()
    del document["properties"]["height_cm"]
    assert "/properties" not in {fault.pointer for fault in check_document(document)}
    (fault,) = (f for f in check_document(document, older=[OLD]) if f.pointer == "/properties")
    assert "since 1.0.0: item removed height_cm" in fault.problem


def test_a_version_whose_changes_are_all_said_has_no_fault_of_versions():
    faults = check_document(new_document(), older=[OLD])
    assert not [fault for fault in faults if "1.0.0" in fault.problem]
