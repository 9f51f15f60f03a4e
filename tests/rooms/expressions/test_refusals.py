"""What is refused when a schema is loaded, in words that say what to write instead."""

from __future__ import annotations

import pytest

from intake.expressions.errors import ExpressionError
from intake.expressions.program import compile_program
from intake.model.definition import DataType
from tests.kit.tiny_form import TINY, item, make_form


@pytest.mark.parametrize(
    ("source", "problem", "advice"),
    [
        ("dose < 3", "'<' does not work between double, int", "write 3.0"),
        ("stays < 3.5", "'<' does not work between int, double", "3.0"),
        ("dos > 3.0", "no item is named 'dos'", "Did you mean dose?"),
        ("befor(onset, seen)", "no item is named 'befor'", "Did you mean before?"),
        ("before(onset)", "wrong arguments", "before(date, date)"),
        ('before(onset, "2019")', "before is given (date, string)", "before(date, date)"),
        ('kind == "midl"', "kind is never 'midl'", "deep, mild"),
        ('kind == "unk"', "kind is never 'unk'", 'why_kind == "UNK"'),
        ('kind in ["mild", "absent"]', "kind is never 'absent'", "deep, mild"),
        ('kind == (fever ? "mild" : "absent")', "kind is never 'absent'", "deep"),
        ('["mild", "gone"].exists(k, k == kind)', "kind is never 'gone'", "deep"),
        ('"nd" in signs', "signs is never 'nd'", 'why_signs == "NOTDONE"'),
        ('signs.exists(s, s == "itch")', "signs is never 'itch'", "pain"),
        ("kind in signs", "kind and signs share no code", "other items"),
        ('signs == ["rash"]', "a multiple choice has no order", "in ITEM"),
        ('why_dose == "ND"', "why_dose is never 'ND'", "NOTDONE"),
        ('fever == "1"', "between bool, string", "write ITEM or !ITEM"),
        ('rose < "8:05"', "'8:05' is no time of day", '"08:05"'),
        ('"24:00" > rose', "'24:00' is no time of day", '"08:05"'),
        ('rose in ["08:05", "8h"]', "'8h' is no time of day", '"08:05"'),
        ("rose == note", "note is no time of day", "two times"),
        ("rose < 8", "'<' does not work between string, int", ""),
        ("slept - rose > 30", "", ""),
        ("onset < seen", "between date, date", "before(a, b)"),
        ("onset == seen", "dates are intervals", "before(a, b)"),
        ('(fever ? onset : seen) == date("2019")', "dates are intervals", "before(a, b)"),
        ("onset in [seen]", "dates are intervals", "before(a, b)"),
        ('onset == "2019"', "between date, string", 'date("2010-01-01")'),
        ("onset[0] > 3", "no place number", "function"),
        ("onset - seen > 3", "between date, date", "days_min"),
        ('before(date("2019-02-30"), seen)', "day is out of range", "date("),
        ("before(date(note), seen)", "date() takes a written text", "date("),
        ("kind == null", "string, null_type", "unset, never null"),
        ("null == null", "nothing is ever null", "!has_X"),
        ("has(dose)", "has() is for the fields of a row", "has_X"),
        ("5 / stays > 2", "hidden or infinite", "ratio(a, b)"),
        ("5 / 2 > 2", "lose their rest", "ratio(a, b)"),
        ("dose / 0.0 > 2.0", "hidden or infinite", "ratio(a, b)"),
        ("dose", "it gives double, and bool is needed", "Compare"),
        ("fever and fever", "'and' is not a word", "&&"),
        ("stays = 3", "'=' is not a word", "=="),
        ('kind == "mild', "a quote is not closed", "quotes"),
        ("dose > ", "the end is missing", "Close"),
        ("dyn(dose) == dyn(kind)", "dyn() hides the types", "one type"),
        ("package == 3", "reserved identifier", "another name"),
        ("dose.high", "dot stands after a single value", "without dots"),
        ("dose.exists(x, x)", "no list", "group"),
    ],
)
def test_an_expression_that_cannot_be_right_is_refused_at_load(source, problem, advice):
    with pytest.raises(ExpressionError) as caught:
        compile_program(TINY, source, group=None, returns=bool)

    assert problem in caught.value.problem
    assert advice in caught.value.advice
    assert caught.value.source == source
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("source", "returns"),
    [
        ("dose / 2.0", float),
        ("stays % 2", int),
        ("stays in [1, 2]", bool),
        ("[1, 2] == [stays, 2]", bool),
        ("[0, 24, 34][stays]", int),
        ('kind == "mild" || why_kind == "UNK"', bool),
        ('["mild", "deep"].exists(k, k == kind)', bool),
        ('signs.exists(s, s in ["rash", "pain"])', bool),
        ('!("none" in signs)', bool),
        ('note == "anything at all"', bool),
        ("true", bool),
    ],
)
def test_an_expression_that_can_be_right_is_accepted(source, returns):
    assert compile_program(TINY, source, group=None, returns=returns)


@pytest.mark.parametrize(
    "name", ["in", "for", "map", "string", "type", "has_x", "why_y", "day_z", "row"]
)
def test_a_form_whose_names_expressions_cannot_use_is_refused(name):
    form = make_form(item(name, DataType.TEXT))

    with pytest.raises(ExpressionError) as caught:
        compile_program(form, "fever", group=None, returns=bool)

    assert repr(name)[:5] in str(caught.value)


@pytest.mark.parametrize("name", ["age", "date", "count", "size", "all", "rows", "day", "whyever"])
def test_an_item_may_be_named_as_a_function(name):
    form = make_form(item(name, DataType.INTEGER))

    assert compile_program(form, f"{name} > 3 && has_{name}", group=None, returns=bool)
