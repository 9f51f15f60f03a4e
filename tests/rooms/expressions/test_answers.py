"""The four ends of a condition, and missing answers that stay unset."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import pytest

from intake.expressions.bind import bind
from intake.expressions.once import once_a_form
from intake.expressions.program import compile_program
from intake.model.definition import DataType
from tests.kit.tiny_form import TINY, answer, item, make_form


class Made:
    """Something made of a form."""


def test_a_condition_is_true_or_false_when_everything_is_known():
    assert answer("dose > 3.0", {"dose": 3.5}).is_true
    assert answer("dose > 3.0", {"dose": 3}).is_false


def test_an_unset_operand_gives_unknown_not_false_and_not_an_error():
    found = answer("dose > 3.0")

    assert (found.known, found.value, found.error) == (False, None, None)
    assert not found.is_true
    assert not found.is_false


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"dose": 4.0}, True),
        ({"stays": 1}, True),
        ({"dose": 4.0, "stays": 9}, True),
        ({"dose": 2.0, "stays": 9}, False),
        ({"dose": 2.0}, None),
        ({}, None),
    ],
)
def test_or_is_decided_by_one_true_part(record, expected):
    assert answer("dose > 3.0 || stays <= 1", record).value is expected


def test_and_is_decided_by_one_false_part():
    assert answer("dose > 3.0 && stays <= 1", {"stays": 2}).is_false
    assert not answer("dose > 3.0 && stays <= 1", {"stays": 1}).known


def test_a_yes_no_item_is_a_boolean_and_its_unknown_is_unset():
    assert answer("fever", {"fever": "1"}).is_true
    assert answer("!fever", {"fever": "0"}).is_true
    assert not answer("fever", {"fever": "9"}).known
    assert answer('why_fever == "UNK"', {"fever": "9"}).is_true


def test_a_code_that_gives_a_reason_leaves_the_item_unset():
    assert not answer('kind != "mild"', {"kind": "unk"}).known
    assert answer("has_kind", {"kind": "unk"}).is_false


@pytest.mark.parametrize(
    ("record", "why", "has"),
    [
        ({"dose": 2.0}, "", True),
        ({}, "EMPTY", False),
        ({"_missing": {"dose": "NAV"}}, "NAV", False),
        ({"_missing": {"dose": "ERR"}}, "ERR", False),
        ({"_bound": {"dose": "<30"}}, "BOUND", False),
    ],
)
def test_why_says_the_reason_and_is_empty_when_there_is_an_answer(record, why, has):
    assert answer("why_dose", record, returns=str).value == why
    assert answer("has_dose", record).value is has


def test_a_bound_is_never_taken_for_a_value():
    assert not answer("dose < 20.0", {"_bound": {"dose": "<30"}}).known
    assert not answer("dose > 30.0", {"_bound": {"dose": ">30"}, "stays": 1}).is_false


def test_a_bound_answers_where_every_value_that_it_allows_answers_the_same():
    assert answer("dose < 50.0", {"_bound": {"dose": "<30"}}).is_true
    assert answer("dose < 30.0", {"_bound": {"dose": "<30"}}).is_true
    assert not answer("dose < 30.0", {"_bound": {"dose": "<=30"}}).known
    assert answer("dose >= 30.0", {"_bound": {"dose": "<30"}}).is_false
    assert answer("dose > 10.0 && dose != 40.0", {"_bound": {"dose": ">40"}}).is_true
    assert not answer("dose == 50.0", {"_bound": {"dose": ">40"}}).known
    assert answer("stays > 3", {"_bound": {"stays": ">3"}}).is_true
    assert not answer("stays > 4", {"_bound": {"stays": ">3"}}).known


def test_a_multiple_choice_with_only_a_reason_is_unset():
    assert not answer('"rash" in signs', {"signs": ["nd"]}).known
    assert answer('why_signs == "NOTDONE"', {"signs": ["nd"]}).is_true
    assert answer('"rash" in signs', {"signs": ["none"]}).is_false
    assert answer('"rash" in signs', {"signs": ["rash", "pain"]}).is_true


def test_an_empty_multiple_choice_is_unset():
    assert not answer('"rash" in signs', {"signs": []}).known
    assert answer('why_signs == "EMPTY"', {"signs": []}).is_true


def test_a_whole_number_stored_with_a_point_is_the_same_number():
    assert answer("stays == 80", {"stays": 80.0}).is_true


@pytest.mark.parametrize(
    "record",
    [
        {"stays": 80.5},
        {"stays": "80"},
        {"stays": True},
        {"stays": float("nan")},
        {"stays": float("inf")},
        {"stays": [1]},
        {"stays": 10**30},
        {"stays": 1, "_missing": {"stays": "NAV"}},
    ],
)
def test_a_value_of_the_wrong_type_is_our_fault_and_never_taken_for_missing(record):
    found = answer("stays > 3", record)

    assert found.error
    assert not found.known


@pytest.mark.parametrize(
    ("source", "record"),
    [
        ("fever", {"fever": "yes"}),
        ('kind == "mild"', {"kind": "other"}),
        ('"rash" in signs', {"signs": "rash"}),
        ('"rash" in signs', {"signs": ["boil"]}),
        ("dose > 1.0", {"dose": "2"}),
        ('note == "x"', {"note": 3}),
        ("day_seen > 3", {"seen": "14/03/2019"}),
        ("day_onset > 3", {"onset": "2019-02-30"}),
    ],
)
def test_every_kind_of_item_refuses_what_its_form_cannot_hold(source, record):
    assert answer(source, record).error


def test_an_index_too_far_is_our_fault_although_the_engine_calls_it_unknown():
    found = answer("[0, 24, 34][stays] > 3", {"stays": 7})

    assert found.error
    assert "ndex" in found.error


def test_a_failing_conversion_is_our_fault():
    assert answer("double(note) > 1.0", {"note": "abc"}).error


def test_a_key_that_a_table_lacks_is_unknown():
    assert not answer('{"mild": 2.0}[kind] > 1.0', {"kind": "deep"}).known
    assert answer('{"mild": 2.0}[kind] > 1.0', {"kind": "mild"}).is_true


def test_a_number_too_large_to_hold_is_our_fault():
    assert answer("dose * 1e300", {"dose": 1e300}, returns=float).error


def test_an_endless_loop_is_stopped_and_named():
    loop = "[0,1,2,3,4,5,6,7,8,9]"
    deep = "true"
    for name in "abcdefg":
        deep = f"{loop}.all({name}, {deep})"

    assert answer(deep).error


def test_only_the_names_it_uses_are_handed_over():
    program = compile_program(TINY, "has_dose && fever", group=None, returns=bool)

    assert program.names == {"has_dose", "fever"}
    assert program.items == {"dose", "fever"}
    broken_elsewhere = {"dose": 2.0, "fever": "1", "stays": "not a number"}
    assert program.evaluate(bind(TINY, broken_elsewhere)).is_true


def test_a_program_is_compiled_once_for_all_that_ask_the_same():
    first = compile_program(TINY, "fever", group=None, returns=bool)

    assert compile_program(TINY, "fever", group=None, returns=bool) is first
    assert compile_program(make_form(), "fever", group=None, returns=bool) is first


def test_two_forms_never_share_a_program_by_their_fingerprint_alone():
    first = compile_program(TINY, "fever", group=None, returns=bool)
    other = make_form(item("more", DataType.TEXT))
    assert other.fingerprint == TINY.fingerprint
    assert compile_program(other, "fever", group=None, returns=bool) is not first
    assert compile_program(TINY, "fever", group=None, returns=bool) is not first


def test_forms_that_are_gone_leave_nothing_behind():
    kept = []

    def make(definition):
        made = Made()
        kept.append(weakref.ref(made))
        return made

    of = once_a_form(make)
    for number in range(200):
        of(replace(TINY, fingerprint=f"{number:08d}"))
    gc.collect()
    assert sum(ref() is not None for ref in kept) < 100
