"""Expressions inside a group, and groups seen from outside."""

from __future__ import annotations

import pytest

from intake.expressions.bind import RecordBindings, bind
from intake.expressions.errors import ExpressionError
from intake.expressions.program import compile_program
from tests.kit.tiny_form import TINY, answer

ROWS = {"visits": [{"_row": 1, "v_kind": "home", "v_dose": 2}, {"_row": 3, "v_kind": "ward"}]}


def test_inside_a_group_its_items_are_plain_names_and_the_forms_stay_in_scope():
    row = {"_row": 2, "v_dose": 4.0}

    assert answer("v_dose > dose && row == 2", {"dose": 3.0}, row).is_true


def test_a_row_has_its_own_reasons_and_bounds():
    row = {"_row": 1, "_missing": {"v_kind": "UNK"}, "_bound": {"v_dose": ">3"}}

    assert answer('why_v_kind == "UNK" && why_v_dose == "BOUND"', {}, row).is_true


def test_from_outside_a_group_is_a_list_of_rows():
    assert answer('visits.exists(r, r.v_kind == "ward")', ROWS).is_true
    assert answer("visits.exists(r, r.v_dose > 1.0)", ROWS).is_true
    assert answer("visits.exists(r, r.row == 3)", ROWS).is_true
    assert answer("size(visits) == 2", ROWS).is_true


def test_an_unset_item_of_a_row_is_unknown_and_its_key_is_absent():
    assert not answer("visits.exists(r, r.v_dose > 3.0)", ROWS).known
    assert answer("visits.all(r, r.v_dose > 3.0)", ROWS).is_false
    assert answer("visits.exists(r, !r.has_v_dose)", ROWS).is_true
    assert answer("visits.exists(r, has(r.v_dose))", ROWS).is_true


def test_a_group_without_rows_is_an_empty_list_not_missing():
    assert answer('visits.exists(r, r.v_kind == "ward")').is_false
    assert answer("size(visits) == 0").is_true


def test_two_groups_of_which_nothing_is_read_but_the_number_keep_their_own_rows():
    whole = RecordBindings(TINY, ROWS)

    assert [len(whole.told(group, ()).rows) for group in ("visits", "others")] == [2, 0]


def test_a_wrong_value_in_any_row_is_our_fault():
    record = {"visits": [{"_row": 1, "v_kind": "home"}, {"_row": 2, "v_kind": "nowhere"}]}

    assert answer('visits.exists(r, r.v_kind == "home")', record).error


def test_only_the_fields_it_reads_are_handed_over():
    program = compile_program(
        TINY, 'visits.exists(r, r.v_kind == "ward" && r.v_ok)', group=None, returns=bool
    )
    record = {"visits": [{"_row": 1, "v_kind": "ward", "v_ok": "1", "v_dose": "broken"}]}

    assert program.items == {"v_kind", "v_ok"}
    assert program.evaluate(bind(TINY, record)).is_true


@pytest.mark.parametrize(
    ("source", "problem", "advice"),
    [
        ("v_dose > 3.0", "asked in the group visits", "visits.exists(r, r.v_dose"),
        ('visits.exists(r, r.v_kinf == "ward")', "'v_kinf' is not asked in visits", "v_kind"),
        ('visits.exists(r, r.v_kind == "street")', "v_kind is never 'street'", "home, ward"),
        ("visits.exists(r, r.v_dose > 3)", "double and int are compared", "one type"),
        ('visits.exists(r, r.v_ok == "1")', "bool and string are compared", "one type"),
        ("visits.exists(r, r.v_dose && r.v_ok)", "double stands where", "Compare"),
        ("visits.exists(r, r.v_day < r.v_day)", "< does not exist", "before(a, b)"),
        ("visits.exists(r, r.v_day == r.v_day)", "cannot be compared so", "before(a, b)"),
        ("visits.exists(r, before(r.v_day, r.v_kind))", "before is given string", "before(date"),
        ('visits[0].v_kind == "ward"', "'.v_kind' belongs to", "exists(r"),
        ("visits.exists(fever, fever.v_ok)", "already the name of an item", "another name"),
        (
            'visits.filter(r, r.v_ok).exists(q, q.v_kind == "street")',
            "v_kind is never 'street'",
            "home, ward",
        ),
        ("visits.exists(r, dyn(r).v_ok)", "not known what '.v_ok'", "exists(r"),
    ],
)
def test_what_the_compiler_leaves_open_in_rows_is_refused_at_load(source, problem, advice):
    with pytest.raises(ExpressionError) as caught:
        compile_program(TINY, source, group=None, returns=bool)

    assert problem in caught.value.problem
    assert advice in caught.value.advice
