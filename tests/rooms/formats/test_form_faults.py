"""What no format can write is found once for all three, and refused with its first names."""

from __future__ import annotations

import pytest

from intake.formats.form_faults import SHOWN_FAULTS, prefill_faults, refuse_faults
from intake.model.address import STAMP_ADDRESS, places
from intake.model.definition import DataType
from intake.model.errors import DefinitionError
from intake.ports import LayoutFault
from tests.kit.fillers.forms import definition

FORM = definition()
LIST = next(i for i in FORM.single_items if i.data_type is DataType.SINGLE_CHOICE)
TICK = next(place for place in places(FORM) if place.option is not None)


def problems(address, value):
    return [fault.problem for fault in prefill_faults(FORM, {address: value})]


@pytest.mark.parametrize("address", ["no_such_item", STAMP_ADDRESS])
def test_an_answer_for_no_place_is_a_fault(address):
    assert problems(address, "x") == ["is filled in but is no answer place"]


def test_a_list_takes_its_codes_and_nothing_and_refuses_the_rest():
    assert problems(LIST.name, "no-such-code") == ["is filled in with no answer of its list"]
    assert problems(LIST.name, LIST.options[0].code) == []
    assert problems(LIST.name, "") == []


def test_a_tick_takes_its_sign():
    assert problems(TICK.address, "1") == []


def test_a_faulty_layout_is_refused_by_its_first_faults():
    faults = [LayoutFault(f"a{n}", "is lost") for n in range(SHOWN_FAULTS + 2)]
    with pytest.raises(
        DefinitionError, match=r"the PDF layout is wrong: a0 is lost; .*; and 2 more"
    ):
        refuse_faults("PDF", faults)
    with pytest.raises(DefinitionError, match=r"a0 is lost$"):
        refuse_faults("PDF", faults[:1])
    refuse_faults("PDF", ())
