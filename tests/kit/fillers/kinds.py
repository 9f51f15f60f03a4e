"""What a filler must know of a blank form: its ticks, its buttons, its lists."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf


@contextmanager
def _fields(blank: bytes, kind: str) -> Iterator[list[pikepdf.Object]]:
    with pikepdf.open(io.BytesIO(blank)) as pdf:
        yield [field for field in pdf.Root.AcroForm.Fields if field.get("/FT") == kind]


def ticks(blank: bytes) -> set[str]:
    """Return the names of the checkboxes: buttons without kids."""
    with _fields(blank, "/Btn") as fields:
        return {str(field.T) for field in fields if "/Kids" not in field}


def entries(blank: bytes) -> dict[str, list[str]]:
    """Return, for each list by name, its export codes in order."""
    with _fields(blank, "/Ch") as fields:
        return {str(field.T): [str(entry[0]) for entry in field.Opt] for field in fields}


def labels(blank: bytes) -> dict[str, dict[str, str]]:
    """Return, for each list by name, its labels by export code."""
    with _fields(blank, "/Ch") as fields:
        return {str(f.T): {str(code): str(label) for code, label in f.Opt} for f in fields}


def radio_states(blank: bytes) -> dict[str, list[str]]:
    """Return, for each radio group by name, the codes of its buttons in order."""
    with _fields(blank, "/Btn") as fields:
        return {str(f.T): [_state(kid) for kid in f.Kids] for f in fields if "/Kids" in f}


def _state(kid: pikepdf.Object) -> str:
    return next(state for state in kid.AP.N.keys() if state != "/Off").removeprefix("/")  # noqa: SIM118 - a pikepdf dictionary does not iterate over keys
