"""Random records are valid, varied, and respect relevance when they are not full."""

from __future__ import annotations

import json
import re
from random import Random

import pytest

from intake.expressions.bind import bind
from intake.expressions.program import compile_program
from intake.schema.compile.definition import compile_definition
from intake.schema.sample.record import sample_record
from intake.schema.sample.text import UnsupportedPattern, sample_matching
from intake.schema.validate import structure_errors
from tests.kit import places
from tests.kit.small_document import an_item, small_document

HIVE = compile_definition(json.loads(places.HIVE.read_text("utf-8")))


def titled(code, title):
    return {"const": code, "title": title, "x-i18n": {"en": {"title": title}}}


def records(count, *, full):
    rng = Random(11)
    return [sample_record(HIVE, rng, full=full) for _ in range(count)]


def holders(record):
    """Return (items, answers, row or None) of the record and of each row."""
    rows = [
        (group.items, row, row)
        for name, group in HIVE.groups.items()
        for row in record.get(name, [])
    ]
    return [(HIVE.single_items, record, None), *rows]


@pytest.mark.parametrize("full", [True, False])
def test_every_random_record_is_valid(full):
    for record in records(60, full=full):
        assert structure_errors(HIVE, record) == []


def test_a_full_record_answers_every_item_of_every_row_with_no_reason():
    for record in records(20, full=True):
        for items, answers, _ in holders(record):
            assert {item.name for item in items} <= set(answers)
            assert not {"_missing", "_bound"} & set(answers)
            for item in items:
                codes = [answers[item.name]] if not item.is_choice else answers[item.name]
                for code in codes if isinstance(codes, list) else [codes]:
                    option = item.option(code) if item.is_choice else None
                    assert option is None or option.reason is None
        assert [len(record[name]) for name in HIVE.groups] == [g.rows for g in HIVE.groups.values()]


def test_a_plausible_record_has_blanks_reasons_bounds_and_missing_rows():
    made = records(150, full=False)
    reasons = {
        reason
        for record in made
        for _, answers, _ in holders(record)
        for reason in answers.get("_missing", {}).values()
    }

    assert reasons >= {"UNK", "NOTDONE", "NA"}
    assert any("_bound" in record for record in made)
    assert any(item.name not in record for record in made for item in HIVE.single_items)
    assert {len(record.get("treatment", [])) for record in made} >= {0, 1, 2}
    assert any(row["_row"] == 3 for record in made for row in record.get("treatment", []))


def test_what_is_not_relevant_is_marked_and_nothing_else_is():
    for record in records(80, full=False):
        for items, answers, row in holders(record):
            for item in items:
                hidden = answers.get("_missing", {}).get(item.name) == "NA"
                if item.relevant is None:
                    assert not hidden
                    continue
                program = compile_program(HIVE, item.relevant, group=item.group, returns=bool)
                found = program.evaluate(bind(HIVE, record, row))
                assert hidden if found.is_false else not (hidden and found.is_true)


def test_a_question_that_depends_on_a_hidden_one_is_hidden_too():
    made = records(80, full=False)
    hidden = [r for r in made if r.get("_missing", {}).get("loss_causes") == "NA"]

    assert hidden
    assert {record["_missing"].get("loss_detail") for record in hidden} == {"NA"}
    unknown = [r for r in made if r.get("loss_causes") == ["nk"]]
    assert any(record.get("_missing", {}).get("loss_detail") != "NA" for record in unknown)


def test_conditions_that_read_later_items_are_decided_after_them():
    yes_no = {"type": "string", "oneOf": [titled("1", "yes"), titled("0", "no")]}
    document = small_document()
    document["properties"] |= {
        "first": an_item("A03", "one", **{"x-relevant": "!has_second"}, **yes_no),
        "second": an_item("A04", "one", **{"x-relevant": "!has_third"}, **yes_no),
        "third": an_item("A05", "one", **{"x-relevant": "fourth"}, **yes_no),
        "fourth": an_item("A06", "one", **yes_no),
    }
    form = compile_definition(document)
    rng = Random(2)

    for _ in range(60):
        record = sample_record(form, rng, full=False)
        for name in ("first", "second", "third"):
            program = compile_program(form, form.items[name].relevant, group=None, returns=bool)
            hidden = record.get("_missing", {}).get(name) == "NA"
            assert hidden == program.evaluate(bind(form, record)).is_false


def test_a_partial_date_stays_within_the_limits_of_its_item():
    made = {record["wintering_date"] for record in records(300, full=True)}
    partial = {text for text in made if len(text) < 10}

    assert partial
    assert "2023" not in partial
    assert min(made) >= "2023-08"


def test_a_printed_value_always_stands_in_its_own_row():
    group = HIVE.groups["mite_check"]
    for record in records(30, full=False):
        for row in record.get("mite_check", []):
            assert row[group.fixed_item] == group.fixed_values[row["_row"] - 1]


def test_codes_keep_the_order_of_their_list_and_exclusive_ones_stand_alone():
    item = HIVE.items["signs"]
    order = [option.code for option in item.options]
    alone = {option.code for option in item.options if option.exclusive or option.reason}
    for record in records(80, full=False):
        codes = record.get("signs", [])
        assert codes == sorted(codes, key=order.index)
        assert len(codes) <= 1 or not alone & set(codes)


def test_the_same_seed_gives_the_same_records():
    assert records(5, full=False) == records(5, full=False)


def test_an_answer_and_a_reason_never_stand_together():
    for record in records(80, full=False):
        for items, answers, _ in holders(record):
            for item in items:
                given = [item.name in answers]
                given += [item.name in answers.get(kind, {}) for kind in ("_missing", "_bound")]
                assert sum(given) <= 1


@pytest.mark.parametrize(
    "pattern",
    [
        "^[A-Z]{2}$",
        r"^\d{4}(-\d{2})?$",
        "^(AB|C[0-9]+)$",
        "^[a-f0-9]{8}-x*$",
        r"^a\.b.[-_]$",
        "^(?:ab){1,3}[a-]$",
        "^[0-9]{2,}$",
    ],
)
def test_a_simple_pattern_is_matched_whole(pattern):
    rng = Random(3)
    for _ in range(30):
        assert re.fullmatch(pattern, sample_matching(pattern, rng))


@pytest.mark.parametrize(
    "pattern", ["^(?=A)B$", "^[^a]$", r"^\bA$", "^(A$", "^A**$", r"^\1$", "^{2}$"]
)
def test_a_rich_pattern_is_refused_by_name(pattern):
    with pytest.raises((UnsupportedPattern, re.error)):
        sample_matching(pattern, Random(0))
