"""Answers of an older version find their place in a newer one, unchanged."""

from __future__ import annotations

from decimal import Decimal

import pytest

from intake.model.carry import carried, former, renaming
from intake.model.definition import MissingReason
from intake.model.submission import Submission, Value
from tests.kit.small_document import an_item
from tests.kit.two_versions import new_form, old_form, ticks

OLD, NEW = old_form(), new_form()


def submission(version="1.0.0", values=(), **more):
    return Submission(
        form="small", version=version, language="fr", values=values, findings=(), **more
    )


def test_a_renamed_question_a_renamed_code_and_a_renamed_group_are_carried():
    values = (
        Value(item="height_cm", value=Decimal("171.50")),
        Value(item="colour", value="red"),
        Value(item="signs", value=("rash", "pain")),
        Value(item="stay_days", group="stay", row=2, value=4),
    )
    record = {
        "height_cm": 171.5,
        "colour": "red",
        "signs": ["rash", "pain"],
        "stay": [{"_row": 2, "stay_days": 4, "_bound": {}}],
    }
    held = submission(values=values, record=record, derived={"stay": [{"_row": 2}]})
    found = carried(held, NEW)
    assert [(v.item, v.group, v.row, v.value) for v in found.values] == [
        ("height", None, None, Decimal("171.50")),
        ("colour", None, None, "crimson"),
        ("signs", None, None, ("pain", "skin")),
        ("stay_days", "stays", 2, 4),
    ]
    assert found.record == {
        "height": 171.5,
        "colour": "crimson",
        "signs": ["pain", "skin"],
        "stays": [{"_row": 2, "stay_days": 4, "_bound": {}}],
    }
    assert (found.version, found.derived) == ("1.1.0", {"stays": [{"_row": 2}]})


def test_reasons_and_bounds_go_with_their_question():
    record = {
        "_missing": {"height_cm": "NAV"},
        "stay": [{"_row": 1, "_bound": {"stay_days": ">9"}}],
    }
    values = (Value(item="height_cm", missing=MissingReason.NAV),)
    found = carried(submission(values=values, record=record), NEW)
    assert found.record["_missing"] == {"height": "NAV"}
    assert found.record["stays"] == [{"_row": 1, "_bound": {"stay_days": ">9"}}]
    assert (found.values[0].item, found.values[0].missing) == ("height", MissingReason.NAV)


@pytest.mark.parametrize("version", ["1.1.0", "1.2.0", "2.0.0"])
def test_answers_of_the_same_version_or_a_newer_one_are_left_alone(version):
    held = submission(version=version, record={"height_cm": 3.0})
    assert carried(held, NEW) is held


def test_two_codes_that_became_one_are_held_once():
    said = [{"version": "1.0.0", "codes": {"rash": "any", "pain": "any"}}]
    form = new_form(signs=ticks("A05", "any", "other", **{"x-formerly": said}))
    assert renaming(form, "1.0.0").data("signs", ("rash", "pain")) == ("any",)


def test_an_entry_holds_for_its_version_and_older_ones_down_to_the_next():
    said = [{"version": "1.2.0", "name": "second"}, {"version": "1.0.0", "name": "first"}]
    form = new_form(height=an_item("A03", type="number", **{"x-formerly": said}))
    named = {v: former(form.items["height"], v) for v in ("0.9.0", "1.0.0", "1.1.0", "1.2.0")}
    assert {v: each.name for v, each in named.items() if each} == {
        "0.9.0": "first",
        "1.0.0": "first",
        "1.1.0": "second",
        "1.2.0": "second",
    }
    assert former(form.items["height"], "1.10.0") is None


def test_what_the_newer_version_does_not_ask_keeps_its_name():
    assert renaming(NEW, "1.0.0").name("gone") == "gone"
    assert renaming(NEW, OLD.version).code("colour", "blue") == "blue"
