"""From one schema document to one form definition."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal

import pytest

from intake.model.definition import DataType, MissingReason
from intake.model.errors import DefinitionError
from intake.schema.compile.definition import compile_definition
from tests.kit.small_document import a_group, an_item, small_document


def item_of(schema, **more):
    document = small_document(**more)
    document["properties"]["answer"] = schema
    return compile_definition(document).items["answer"]


YES_NO = [
    {"const": "1", "title": "Oui", "x-i18n": {"en": {"title": "Yes"}}},
    {"const": "0", "title": "Non", "x-i18n": {"en": {"title": "No"}}},
    {"const": "8", "title": "?", "x-i18n": {"en": {"title": "?"}}, "x-reason": "UNK"},
]


@pytest.mark.parametrize(
    ("keywords", "kind"),
    [
        ({"type": "string"}, DataType.TEXT),
        ({"type": "integer"}, DataType.INTEGER),
        ({"type": "number"}, DataType.DECIMAL),
        ({"type": "string", "format": "date"}, DataType.DATE),
        ({"type": "string", "format": "partial-date"}, DataType.PARTIAL_DATE),
        ({"type": "string", "oneOf": YES_NO}, DataType.SINGLE_CHOICE),
        ({"type": "array", "items": {"type": "string", "oneOf": YES_NO}}, DataType.MULTIPLE_CHOICE),
    ],
)
def test_the_data_type_comes_from_standard_keywords(keywords, kind):
    assert item_of(an_item("B01", **keywords)).data_type is kind


def test_numbers_keep_the_digits_of_the_schema():
    item = item_of(
        an_item("B01", type="number", minimum=0.1, maximum=22, **{"x-soft": {"max": 9.9}})
    )
    assert (item.limits.low, item.limits.high) == (Decimal("0.1"), Decimal(22))
    assert (item.soft.low, item.soft.high) == (None, Decimal("9.9"))


def test_a_shared_codelist_gives_its_options_and_the_item_keeps_its_own_words():
    document = small_document()
    document["$defs"] = {"yes_no": {"type": "string", "title": "shared", "oneOf": YES_NO}}
    document["properties"]["answer"] = an_item("B01", **{"$ref": "#/$defs/yes_no"})
    item = compile_definition(document).items["answer"]
    assert [option.code for option in item.options] == ["1", "0", "8"]
    assert item.options[2].reason is MissingReason.UNK
    assert item.is_yes_no
    assert item.label == {"fr": "B01 fr", "en": "B01 en"}


def test_required_true_means_whenever_the_question_applies():
    always = item_of(an_item("B01", type="string", **{"x-required": True}))
    sometimes = item_of(
        an_item("B01", type="string", **{"x-required": True, "x-relevant": "has_visit"})
    )
    never = item_of(an_item("B01", type="string"))
    assert (always.required, sometimes.required, never.required) == ("true", "has_visit", None)


def test_a_group_s_condition_is_part_of_the_condition_of_each_of_its_items():
    document = small_document()
    plain = an_item("B01", type="string", **{"x-required": True})
    narrow = an_item("B02", type="string", **{"x-relevant": "has_plain"})
    document["properties"]["rows"] = a_group(plain=plain, narrow=narrow)
    document["properties"]["rows"]["x-relevant"] = "has_visit || has_region"
    form = compile_definition(document)
    assert form.groups["rows"].relevant == "has_visit || has_region"
    assert form.items["plain"].relevant == form.items["plain"].required == "has_visit || has_region"
    assert form.items["narrow"].relevant == "(has_visit || has_region) && (has_plain)"
    assert form.items["narrow"].condition == "has_plain"
    assert form.items["plain"].condition is None


def test_fixed_rows_print_one_value_each():
    document = small_document()
    month = an_item("B01", type="string", oneOf=YES_NO)
    document["properties"]["rows"] = a_group(month=month)
    document["properties"]["rows"]["x-rows"] = {"item": "month", "values": ["1", "0"]}
    group = compile_definition(document).groups["rows"]
    assert (group.rows, group.fixed_item, group.fixed_values) == (2, "month", ("1", "0"))


def test_a_unit_is_the_same_in_every_language_unless_it_is_given_for_each():
    same = item_of(an_item("B01", type="number", **{"x-unit": "kg"}))
    each = item_of(an_item("B01", type="number", **{"x-unit": {"fr": "jours", "en": "days"}}))
    assert same.unit == {"fr": "kg", "en": "kg"}
    assert each.unit == {"fr": "jours", "en": "days"}


def test_a_definition_goes_to_another_process_whole():
    form = compile_definition(small_document())
    assert pickle.loads(pickle.dumps(form)) == form  # noqa: S301 - bytes made on this line


FAULTS = [
    (("x-form",), None, "/: lacks 'x-form'"),
    (("x-form", "languages"), [], "/x-form: needs languages"),
    (("x-form", "languages"), ["fr", "english"], "/x-form/languages: 'english'"),
    (("x-form", "day_zero"), "region", "/x-form/day_zero: region is not a date"),
    (("x-form", "day_zero"), "nothing", "no item outside groups is named 'nothing'"),
    (("title",), None, "/: lacks 'title'"),
    (("x-i18n",), {}, "/x-i18n: lacks 'en'"),
    (("x-sections", 0, "letter"), "", "/x-sections/0/letter: must be text"),
    (("x-sections", 1, "letter"), "A", "section letter 'A' is used 2 times"),
    (("x-sections", 1, "name"), "one", "section 'one' is used 2 times"),
    (("x-identity", "centre"), "visit", "/x-identity/centre: must be one of the items"),
    (("x-eligibility",), {"items": ["nobody"]}, "/x-eligibility/items/0: no item"),
    (
        ("x-eligibility",),
        {"items": [], "objection": {"item": "region", "code": "no"}},
        "/x-eligibility/objection/code: 'no' is not a code of region",
    ),
    (("properties", "visit", "x-code"), "A01", "the x-code 'A01' is used 2 times"),
    (("properties", "visit", "x-section"), "nowhere", "visit: no section is named 'nowhere'"),
    (("properties", "visit", "format"), "time", "/properties/visit/format: must be one of date"),
    (
        ("properties", "visit", "x-latest"),
        "2019-02-30",
        "/properties/visit/x-latest: must be a day",
    ),
    (("properties", "visit", "x-missing"), ["ND"], "/properties/visit/x-missing/0: must be one of"),
    (("properties", "visit", "x-i18n"), {"en": {}}, "/properties/visit/x-i18n/en: lacks 'title'"),
    (("properties", "visit", "description"), "Jour.", "/x-i18n/en: lacks 'description'"),
    (("properties", "region", "type"), "boolean", "/properties/region/type: must be string"),
    (("properties", "region", "$ref"), "#/$defs/lost", "$ref '#/$defs/lost' does not lead"),
    (("properties", "region", "$ref"), "other.json", "$ref 'other.json' does not lead"),
    (("properties", "region", "oneOf"), [], "/properties/region/oneOf: must hold at least one"),
    (("properties", "region", "oneOf"), [YES_NO[0], YES_NO[0]], "holds the code '1' twice"),
    (("properties", "region", "x-identifying"), "yes", "must be true or false"),
    (("properties", "Region"), an_item("B09", type="string"), "'Region' is not a name"),
    (
        ("properties", "much"),
        an_item("B09", type="number", minimum=True),
        "/properties/much/minimum: must be a number",
    ),
    (
        ("properties", "much"),
        an_item("B09", type="number", **{"x-unit-item": "lost"}),
        "much: no item is named 'lost'",
    ),
    (
        ("properties", "much"),
        an_item(
            "B09",
            type="number",
            **{"x-range-message": {"id": "M1", "side": "left", "message": {"fr": "a", "en": "a"}}},
        ),
        "/x-range-message/side: must be one of",
    ),
    (("properties", "~/odd"), {}, "/properties/~0~1odd: lacks"),
    (("properties", "a__b"), an_item("B09", type="string"), "'a__b' is not a name"),
]


@pytest.mark.parametrize(("path", "value", "problem"), FAULTS, ids=[f[2] for f in FAULTS])
def test_a_schema_that_cannot_be_compiled_says_where_and_why(path, value, problem):
    document = copy.deepcopy(small_document())
    *parents, last = path
    place = document
    for step in parents:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    with pytest.raises(DefinitionError) as raised:
        compile_definition(document)
    assert problem in str(raised.value)


ROWS = [
    ({"item": "month", "values": ["1", "lost"]}, "'lost' is not a code of month"),
    ({"item": "month", "values": ["1", "1"]}, "needs values, each once"),
    ({"item": "month", "values": []}, "needs values, each once"),
    ({"item": "lost", "values": ["1"]}, "'lost' is not a single choice of this group"),
    ({"item": "size", "values": ["1"]}, "'size' is not a single choice of this group"),
    (0, "must be a whole number, 1 or more"),
    (True, "must be a whole number, 1 or more"),
]


@pytest.mark.parametrize(("rows", "problem"), ROWS, ids=[row[1] for row in ROWS])
def test_rows_that_cannot_be_printed_are_refused(rows, problem):
    document = small_document()
    month = an_item("B01", type="string", oneOf=YES_NO)
    size = an_item("B02", type="integer")
    document["properties"]["rows"] = a_group(month=month, size=size) | {"x-rows": rows}
    with pytest.raises(DefinitionError) as raised:
        compile_definition(document)
    assert f"/properties/rows/x-rows: {problem}" in str(raised.value)


def with_more(**changed):
    document = small_document()
    more = an_item("A04", type="string", oneOf=YES_NO)
    table = a_group(size=an_item("A05", type="integer")) | {"x-rows": 3}
    asked = {"item": "more", "code": "1", "most": 5} | changed
    document["properties"] |= {"rows": table | {"x-more-rows": asked}, "more": more}
    return document


def test_a_group_holds_the_printed_rows_and_those_that_an_answer_asks_for():
    group = compile_definition(with_more()).groups["rows"]
    assert (len(group.printed), len(group.held), group.further.item) == (3, 5, "more")


def test_how_many_rows_a_record_holds_is_no_part_of_the_fingerprint():
    plain = with_more()
    del plain["properties"]["rows"]["x-more-rows"]
    assert compile_definition(with_more()).fingerprint == compile_definition(plain).fingerprint


@pytest.mark.parametrize(
    ("changed", "where"),
    [({"most": 3}, "/most"), ({"item": "size"}, "/item"), ({"code": "2"}, "/code")],
)
def test_further_rows_that_nothing_asks_for_are_refused(changed, where):
    with pytest.raises(DefinitionError, match=f"/properties/rows/x-more-rows{where}: "):
        compile_definition(with_more(**changed))


def test_an_item_of_a_group_identifies_nobody():
    document = small_document()
    document["properties"]["rows"] = a_group(inside=an_item("B01", type="string"))
    document["x-identity"]["items"].append("inside")
    with pytest.raises(DefinitionError, match="no item outside groups is named 'inside'"):
        compile_definition(document)


def test_one_name_for_two_items_is_refused_across_groups():
    document = small_document()
    document["properties"]["rows"] = a_group(visit=an_item("B01", type="string"))
    with pytest.raises(DefinitionError, match="'visit' is used 2 times"):
        compile_definition(document)


def test_a_shared_part_that_refers_to_itself_is_refused():
    document = small_document()
    document["$defs"] = {"loop": {"$ref": "#/$defs/loop"}}
    document["properties"]["answer"] = an_item("B01", **{"$ref": "#/$defs/loop"})
    with pytest.raises(DefinitionError, match="does not lead"):
        compile_definition(document)


def test_a_list_is_no_schema():
    with pytest.raises(DefinitionError, match="must be a JSON object"):
        compile_definition([])
