"""Each rule of the form shipped: a record that breaks it, one that does not, one that lacks.

One line per condition of a rule. ``None`` in the last place: the rule speaks of emptiness,
so that there is nothing it lacks.
"""

from __future__ import annotations

import pytest

from tests.kit.rules import cases_course, cases_disease
from tests.kit.rules.answers import DX
from tests.kit.rules.records import fired, fired_ids, form, rows

CASES = [*cases_disease.CASES, *cases_course.CASES]


@pytest.mark.parametrize(("rule", "breaking", "keeping", "lacking"), CASES)
def test_a_rule_fires_when_broken_and_only_then(rule, breaking, keeping, lacking):
    assert rule in fired_ids(breaking)
    assert rule not in fired_ids(keeping)
    assert lacking is None or rule not in fired_ids(lacking)


def test_every_rule_of_the_form_has_its_lines():
    assert {rule.id for rule in form().rules} == {case[0] for case in CASES}


def test_a_rule_of_a_row_says_which_row():
    record = {"mas_tx": rows({"mtrt_drug": "gc_po"}, {"mtrt_drug": "rux", "mtrt_route": "iv"})}
    assert ("R54", 2) in fired(record)
    assert ("R54", 1) not in fired(record)


def test_every_rule_of_a_row_begins_with_a_question_of_the_row():
    in_rows = [rule for rule in form().rules if rule.group is not None]
    assert len(in_rows) == 22
    assert all(form().items[rule.items[0]].group == rule.group for rule in in_rows)


def test_a_month_between_bounds_fires_nothing_and_a_year_certainly_outside_does():
    assert "R43" not in fired_ids(DX | {"bm_date": "2019-02"})
    assert "R43" in fired_ids(DX | {"bm_date": "2018"})
