"""Rules, computed values, scores and tables as a definition keeps them."""

from __future__ import annotations

import pickle

import pytest

from intake.model.computed import DerivedType, TableType
from intake.model.errors import DefinitionError
from intake.model.finding import Severity
from intake.schema.compile.definition import compile_definition
from intake.schema.compile.each import expanded, holes
from tests.kit.small_document import a_group, an_item, small_document

WORDS = {"title": "Valeur", "x-i18n": {"en": {"title": "Value"}}}
MESSAGE = {"fr": "{visit} ?", "en": "{visit}?"}


def a_rule(**members):
    rule = {"id": "A1", "severity": "query", "when": "has_visit", "items": ["visit"]}
    return rule | {"message": MESSAGE} | members


def test_each_fills_every_text_and_key_and_leaves_other_braces():
    entry = {
        "each": [{"l": "hb", "n": 3, "on": True}],
        "name": "v_{l}",
        "deep": [{"{l}": "{l} {lab_{l}} {other} {n} {on}"}],
        "range": [0, 3],
    }
    (filled,) = expanded(entry)
    assert filled == {
        "name": "v_hb",
        "deep": [{"hb": "hb {lab_hb} {other} 3 true"}],
        "range": [0, 3],
    }
    assert list(expanded({"name": "{l}"})) == [{"name": "{l}"}]
    assert holes("{a} {b_1} { c } {D}") == ("a", "b_1")


def test_rules_of_a_form_and_of_its_rows_are_kept_in_order():
    group = a_group(height=an_item("A03", type="number"))
    group["items"]["x-rules"] = [a_rule(id="B1", items=["height"])]
    document = small_document()
    properties = {**document["properties"], "rows": group}
    levels = [{"s": "query", "b": 3}, {"s": "error", "b": 30}]
    first = a_rule(each=levels, severity="{s}", when="row > {b}", hides=["B1"])
    form = compile_definition({**document, "properties": properties, "x-rules": [first]})
    assert [(r.id, r.severity, r.when, r.group) for r in form.rules] == [
        ("A1", Severity.QUERY, "row > 3", None),
        ("A1", Severity.ERROR, "row > 30", None),
        ("B1", Severity.QUERY, "has_visit", "rows"),
    ]
    assert form.rules[0].hides == ("B1",)
    assert form.rules[0].message["en"] == "{visit}?"


def test_values_scores_and_tables_are_typed():
    part = {"id": "one", **WORDS, "points": "1", "range": [0, 2]}
    form = compile_definition(
        small_document(
            **{
                "x-derived": [
                    {"name": "c", "type": "list of string", "expression": "[]", **WORDS},
                    {"name": "d", "type": "number", "expression": "1.0", **WORDS, "unit": "kg"},
                ],
                "x-scores": [{"name": "s", **WORDS, "parts": [part], "internal": True}],
                "x-tables": {
                    "m": {"type": "number by text", "values": {"a": 2}},
                    "t": {"type": "list of text by text", "values": {"a": ["b", "c"]}},
                    "n": {"type": "list of integer", "values": [1, 2]},
                },
            }
        )
    )
    assert [(each.name, each.type) for each in form.derived] == [
        ("c", DerivedType.STRINGS),
        ("d", DerivedType.NUMBER),
    ]
    assert form.derived[1].unit == {"fr": "kg", "en": "kg"}
    (score,) = form.scores
    assert score.totals == ("s_min", "s_max", "s_known")
    assert (score.part_name(score.parts[0]), score.internal) == ("s_one", True)
    numbers, texts, whole = form.tables
    assert (numbers.type, dict(numbers.by_key)) == (TableType.NUMBER_BY_TEXT, {"a": 2.0})
    assert dict(texts.by_key) == {"a": ("b", "c")}
    assert whole.numbers == (1, 2)
    assert pickle.loads(pickle.dumps(form)).scores == form.scores  # noqa: S301 - our own bytes


PART = {"id": "one", **WORDS, "points": "1"}


@pytest.mark.parametrize(
    ("keyword", "value", "words"),
    [
        ("x-rules", [a_rule(items=["nobody"])], "no item is named 'nobody'"),
        ("x-rules", [a_rule(items=[])], "needs items"),
        ("x-rules", [a_rule(severity="grave")], "must be one of note, query, error"),
        ("x-rules", [a_rule(message={"fr": "a"})], "lacks 'en'"),
        ("x-derived", [{"name": "c", "type": "date", "expression": "1", **WORDS}], "must be one"),
        ("x-scores", [{"name": "s", **WORDS, "parts": [PART | {"range": [3, 1]}]}], "the least"),
        ("x-tables", {"m": {"type": "number by text", "values": {"a": "b"}}}, "must be a number"),
        ("x-tables", {"m": {"type": "numbers", "values": []}}, "must be one of"),
    ],
)
def test_what_cannot_be_used_is_refused(keyword, value, words):
    with pytest.raises(DefinitionError, match=words):
        compile_definition(small_document(**{keyword: value}))
