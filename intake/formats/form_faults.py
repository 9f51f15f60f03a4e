"""What no format can write: answers to fill in that a form cannot hold; a faulty layout, refused.

What one format alone can get wrong (a box too small, a list too long) is its own audit's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from intake.model.address import Place, places_by_address
from intake.model.definition import FormDefinition
from intake.model.errors import DefinitionError
from intake.ports import LayoutFault

SHOWN_FAULTS = 5


def prefill_faults(definition: FormDefinition, prefill: Mapping[str, str]) -> Iterator[LayoutFault]:
    """Yield the answers to fill in, text by address, that no place of the form can hold."""
    known = places_by_address(definition)
    for address, value in prefill.items():
        place = known.get(address)
        if place is None:
            yield LayoutFault(address, "is filled in but is no answer place")
        elif _is_no_answer(place, value):
            yield LayoutFault(address, "is filled in with no answer of its list")


def _is_no_answer(place: Place, value: str) -> bool:
    """Say whether a list is to be filled in with something it does not offer."""
    is_list = place.option is None and bool(place.item.options)
    return is_list and bool(value) and place.item.option(value) is None


def refuse_faults(writer: str, faults: Sequence[LayoutFault]) -> None:
    """Raise DefinitionError where a layout has faults, naming its first ones."""
    if not faults:
        return
    shown = "; ".join(f"{fault.address} {fault.problem}" for fault in faults[:SHOWN_FAULTS])
    more = len(faults) - SHOWN_FAULTS
    also = f"; and {more} more" if more > 0 else ""
    raise DefinitionError(f"the {writer} layout is wrong: {shown}{also}")
