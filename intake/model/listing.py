"""A long list taken part by part: which part is wanted, how it is narrowed, what comes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from intake.model.query import QueryState
from intake.model.receipt import Outcome

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """Which lines of a list are wanted: so many, after those before."""

    start: int = 0
    most: int = 50


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """The lines of one part, and how many the whole list has, as it is narrowed."""

    lines: tuple[T, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """How a list is narrowed; what is empty narrows nothing, and what a list has not, neither."""

    centres: tuple[str, ...] = ()
    """Names that one centre has: its id, the letters on its forms."""
    number: str = ""
    """How the number of a patient begins, e.g. ``REI-00``."""
    state: str = ""
    """Of patients: ``asked`` or ``clear``."""
    outcomes: tuple[Outcome, ...] = ()
    states: tuple[QueryState, ...] = ()
    code: str = ""
    """Of questions: the rule, or the code, that asks."""
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEvent:
    """One event of the journal; never an answer, nor a reason."""

    seq: int
    at: dt.datetime
    by: str
    event: str
    receipt: str | None
    subject: str | None
    detail: Mapping[str, Any]
