"""The metaschema: both studies pass, and one slip anywhere is seen."""

from __future__ import annotations

import copy
import json
import re
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from intake.schema.compile.definition import compile_definition
from intake.schema.validate import structure_errors
from tests.kit.places import HIVE, ROOT, SCHEMAS
from tests.kit.small_document import a_group, an_item, small_document

METASCHEMA = json.loads(files("intake.schema").joinpath("metaschema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(METASCHEMA)
PUBLISHED = [
    *sorted(SCHEMAS.glob("*/*.json")),
    HIVE,
]


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.parent.name)
def test_every_published_schema_passes(path):
    assert list(VALIDATOR.iter_errors(json.loads(path.read_text(encoding="utf-8")))) == []


def test_is_a_valid_schema_itself():
    Draft202012Validator.check_schema(METASCHEMA)


def rich_document():
    document = small_document()
    option = {"const": "a", "title": "A", "x-i18n": {"en": {"title": "A"}}}
    document["properties"] |= {
        "weight": an_item("B01", "two", type="number", **{"x-unit": "kg"}),
        "since": an_item("B02", "two", type="string", format="partial-date", pattern="^.*$"),
        "kind": an_item("B03", "two", type="string", oneOf=[option]),
        "rows": a_group(inside=an_item("B04", type="string")),
    }
    document["x-rules"] = [
        {
            "id": "W{n}".replace("{n}", "1"),
            "severity": "query",
            "when": "weight > 3.0",
            "items": ["weight"],
            "message": {"fr": "Lourd.", "en": "Heavy."},
            "each": [{"n": 1}],
        }
    ]
    document["x-derived"] = [
        {"name": "d_heavy", "type": "boolean", "expression": "weight > 9.0", "title": "Lourd"}
    ]
    document["x-scores"] = [
        {
            "name": "d_sum",
            "title": "Somme",
            "parts": [{"id": "one", "title": "Un", "points": "1", "range": [0, 1]}],
        }
    ]
    document["x-tables"] = {"most": {"type": "number by text", "values": {"a": 2}}}
    return document


def test_rules_derived_values_scores_and_tables_have_their_place():
    assert list(VALIDATOR.iter_errors(rich_document())) == []


SLIPS = [
    (("x-rulez",), []),
    (("x-form", "languages"), ["fr", "English"]),
    (("x-form", "version"), "1"),
    (("x-sections", 0, "colour"), "red"),
    (("properties", "weight", "x-requird"), True),
    (
        ("properties", "weight", "x-required"),
        "",
    ),
    (("properties", "weight", "minimun"), 3),
    (("properties", "weight", "x-soft"), {"low": 3}),
    (("properties", "weight", "x-soft"), {"min": "2019-01-01"}),
    (("properties", "weight", "x-accepted-units"), [{"unit": "g", "exact": True}]),
    (("properties", "weight", "x-accepted-units"), [{"unit": "g", "factor": "1/0", "exact": True}]),
    (("properties", "weight", "x-earliest"), "2019-01-01"),
    (("properties", "weight", "x-code"), "weight"),
    (("properties", "weight", "x-missing"), ["ERR"]),
    (("properties", "since", "x-soft"), {"min": 3}),
    (("properties", "since", "x-unit"), "kg"),
    (("properties", "since", "x-latest"), "now"),
    (("properties", "visit", "x-day-wanted"), True),
    (("properties", "kind", "oneOf", 0, "const"), "Off"),
    (("properties", "kind", "oneOf", 0, "const"), "a__b"),
    (("properties", "kind", "oneOf", 0, "x-exclusif"), True),
    (("properties", "kind", "oneOf", 0, "x-reason"), "ND"),
    (("properties", "rows", "x-row"), 3),
    (("properties", "rows", "x-rows"), 0),
    (("properties", "rows", "items", "additionalProperties"), True),
    (("properties", "rows", "items", "properties", "inside", "x-requird"), True),
    (("properties", "rows", "items", "x-rules"), [{"id": "R1"}]),
    (("properties", "Weight"), {"type": "number"}),
    (("x-rules", 0, "severity"), "fatal"),
    (("x-rules", 0, "rule"), "weight < 3.0"),
    (("x-derived", 0, "type"), "float"),
    (("x-scores", 0, "parts", 0, "range"), [1]),
    (("x-tables", "most", "type"), "anything"),
    (("additionalProperties",), True),
    (("$defs",), {"a": {"x-requird": True}}),
]


@pytest.mark.parametrize(("path", "value"), SLIPS, ids=["/".join(map(str, s[0])) for s in SLIPS])
def test_a_slip_is_refused(path, value):
    document = copy.deepcopy(rich_document())
    *parents, last = path
    place = document
    for step in parents:
        place = place[step]
    place[last] = value
    assert list(VALIDATOR.iter_errors(document))


def test_every_keyword_has_its_line_on_the_page_for_data_managers():
    page = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")

    def keywords(node):
        if isinstance(node, dict):
            named = node.get("properties", {})
            yield from (key for key in named if key.startswith("x-"))
            for member in node.values():
                yield from keywords(member)
        elif isinstance(node, list):
            for member in node:
                yield from keywords(member)

    assert {key for key in keywords(METASCHEMA) if f"`{key}`" not in page} == set()


def test_the_example_of_the_page_is_a_form_and_its_record_is_valid():
    page = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")
    document, record, *entries = map(json.loads, re.findall(r"```json\n(.*?)```", page, re.DOTALL))
    assert list(VALIDATOR.iter_errors(document)) == []
    assert structure_errors(compile_definition(document), record) == []
    kinds = {"when": "x-rules", "expression": "x-derived", "parts": "x-scores"}
    for entry in entries:
        (keyword,) = (kinds[key] for key in kinds if key in entry)
        assert list(VALIDATOR.iter_errors(document | {keyword: [entry]})) == []
    assert len(entries) == 4
