"""What the writer promises and the reader expects inside a PDF form. Nothing else.

A field's full name is the address of its place: flat, no dots, no parents (the options of
a single choice are kids without a name). Layout and damage are not known here.
"""

from __future__ import annotations

from intake.model.address import STAMP_ADDRESS, Place, places_by_address
from intake.model.definition import FormDefinition

STAMP_FIELD = STAMP_ADDRESS
"""Read-only text field of page 1 that holds the stamp."""
CHECKED = "/Yes"
"""On-state of every checkbox (an option of a multiple choice)."""
OFF = "/Off"
"""State of an empty checkbox or of an unanswered radio group."""
UNANSWERED_LABEL = " "
"""What an unanswered dropdown shows: a place that looks empty."""
LINK_PREFIX = "field:"
"""Target of the link that the layout draws where a field goes."""
JOIN = ";"
"""Joins the entries of a list in which several were chosen."""
READ_ONLY = 1 << 0
"""Flag of a field that nobody fills."""
MULTILINE = 1 << 12
"""Flag of a text field of several lines."""
COMBO = 1 << 17
"""Flag of a list that drops down; without it a list shows all its entries."""


def on_state(code: str) -> str:
    """Return the on-state of one option of a radio group: its code as a PDF name."""
    return f"/{code}"


def code_of(state: str) -> str:
    """Return the code of an on-state, with or without its slash; empty when off."""
    code = state.removeprefix("/")
    return "" if code == OFF.removeprefix("/") else code


def fields(definition: FormDefinition) -> dict[str, Place]:
    """Return every answer field of a form by name, in form order; not the stamp."""
    return places_by_address(definition)
