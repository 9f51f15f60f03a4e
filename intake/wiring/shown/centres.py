"""The centres: what each was sent, sent, owes; when it was last heard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intake.model.errors import SetupError
from intake.model.mail.message import MessageEvent
from intake.reports.study.by_centre import CentreState, centre_states
from intake.reports.study.collected import Collected
from intake.study.centres import Centre
from intake.wiring.app import App
from intake.wiring.conduct.account import read_ledger
from intake.wiring.shown.listing import Listing, cut


def centre_list(app: App, *, page: int, state: str = "") -> Listing[CentreState]:
    """Return the centres, all or those that are ``silent``, or that ``owe`` something."""
    every = _states(app)
    chosen = [one for one in every if _is_of(one, state)]
    return cut(chosen, len(every), page)


def centre(app: App, name: str) -> Mapping[str, Any] | None:
    """Return one centre with the letters to it, newest first; None for an unknown one."""
    state = next((one for one in _states(app) if one.id == name), None)
    if state is None:
        return None
    return {"state": state, "listed": _listed(app, name), "letters": _letters(app, name)}


def _states(app: App) -> tuple[CentreState, ...]:
    known = Collected(tally=app.store.counts.tally(app.study.form), letters=app.letters)
    return centre_states(known, app.study.expected, app.centres)


def _is_of(one: CentreState, state: str) -> bool:
    if state == "silent":
        return one.silent
    if state == "owes":
        return bool(one.open) or (one.expected or 0) > one.patients
    return True


def _listed(app: App, name: str) -> Centre | None:
    return next((one for one in app.centres if one.id == name), None)


def _letters(app: App, name: str) -> list[MessageEvent]:
    return [event for event in reversed(read_ledger(app.store).live) if event.centre == name]


def centre_ids(app: App) -> tuple[str, ...]:
    """Return the ids of the list, for a filter; none while the list has a fault."""
    try:
        return tuple(one.id for one in app.centres)
    except SetupError:
        return ()
