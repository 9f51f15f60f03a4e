"""When a question applies, as a workbook says it; nothing where that cannot be said."""

from __future__ import annotations

import pytest

from intake.formats.excel.write.conditions import ALWAYS, Conditions
from intake.formats.excel.write.measure import line_count
from intake.words.catalogue import Words
from tests.kit.fillers.forms import definition


def name(place):
    return place.address if place.row is None else f"D${place.item.code[1:]}"


@pytest.mark.parametrize(
    ("source", "row", "formula"),
    [
        ("true", None, ALWAYS),
        (None, None, ""),
        ("dm_ild", None, 'dm_ild="Oui"'),
        ("!dm_ild", None, 'dm_ild="Non"'),
        ('"inf" in mas_trigger', None, 'mas_trigger__inf<>""'),
        ('vital_status in ["alive", "lost"]', None, 'OR(vital_status="Vivant",vital_status='),
        ("has_lab_scd25", None, 'AND(lab_scd25<>"",lab_scd25<>"NF",'),
        ("mas_fu.exists(r, r.has_fu_tg)", None, "OR(AND(D$"),
        ('(mas_tx_any) && (mtrt_drug == "oth")', 2, 'AND(mas_tx_any="Oui",D$03="Autre")'),
        ('why_bm_done != "NOTDONE" && bm_done == "asp"', None, "bm_done="),
        ("days_min(dm_dx_date, death_date) > 3", None, ""),
        ("dm_ild && size(comments) > 3", None, ""),
    ],
)
def test_a_condition_becomes_a_formula_or_nothing(source, row, formula):
    group = "mas_tx" if row else None
    said = Conditions(definition(), Words("fr")).formula(source, group, name, row)
    assert said.startswith(formula)
    assert bool(said) == bool(formula)


def test_lines_are_counted_by_the_width_of_their_letters():
    assert line_count("a", 10, 20) == 1
    assert line_count("mmmmmmmmmm " * 4, 10, 20) > line_count("iiiiiiiiii " * 4, 10, 20)
    assert line_count("une\ndeux", 10, 20) == 2
    assert line_count("m" * 100, 10, 20) > 5
