"""The cut form of the tests is a part of the shipped one, and as sound."""

from __future__ import annotations

import json

from intake.schema.check.document import check_document
from tests.kit.places import DM_SAM, FEW

SHIPPED, CUT = (json.loads(path.read_text(encoding="utf-8")) for path in (DM_SAM, FEW))


def test_the_cut_form_asks_what_the_shipped_one_asks_in_the_same_words():
    asked = {name: each for name, each in CUT["properties"].items() if "x-rows" not in each}
    assert len(asked) > 40
    assert {name: SHIPPED["properties"][name] for name in asked} == asked


def test_the_rows_of_the_cut_form_ask_what_the_shipped_one_asks():
    for name in ("mas_tx", "mas_fu"):
        whole, cut = (form["properties"][name]["items"]["properties"] for form in (SHIPPED, CUT))
        assert len(cut) > 5
        for item, asked in cut.items():
            asked_whole = {**whole[item]}
            if "x-relevant" not in asked:
                asked_whole.pop("x-relevant", None)
            assert asked_whole == asked


def test_the_cut_form_computes_and_checks_as_the_shipped_one_does():
    for kind in ("x-derived", "x-rules"):
        whole = [without_list(entry) for entry in SHIPPED[kind]]
        assert len(CUT[kind]) > 8
        assert all(without_list(entry) in whole for entry in CUT[kind])


def test_the_cut_form_could_be_published():
    assert check_document(CUT) == ()


def without_list(entry):
    return {key: value for key, value in entry.items() if key not in ("each", "hides")}
