"""The questions to centres as a list that can be narrowed, and all of them given up at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.findings.wording import finding_words
from intake.model.errors import DecisionRefused, Refusal
from intake.model.query import Query, QueryState
from intake.model.tally import Narrowed, Part
from intake.reports.queries import query_document
from intake.wiring.app import App
from intake.wiring.queries import query_shown, withdraw_many
from intake.wiring.shown.answers import labels
from intake.wiring.shown.listing import PER_PAGE, Listing, names_of_centre, part_of
from intake.words.catalogue import Words

LIVE = tuple(state for state in QueryState if state is not QueryState.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which questions are wanted, as a person says it; what is empty narrows nothing."""

    centre: str = ""
    state: str = ""
    """A state, or ``live`` for all that are not closed."""
    number: str = ""
    """How the patient's number begins."""
    code: str = ""


def query_list(app: App, wanted: Wanted, words: Words, page: int) -> Listing[Mapping[str, Any]]:
    """Return one page of the questions, each in its words; nothing identifying."""
    counts, form = app.store.counts, app.study.form
    found = counts.query_part(form, _narrowed(app, wanted), part_of(page))
    return Listing(
        lines=[_line(app, query, words) for query in found.lines],
        count=found.count,
        total=counts.query_part(form, Narrowed(), Part(0, 1)).count,
        page=max(1, page),
    )


def live_count(app: App, wanted: Wanted) -> int:
    """Count the questions among these that can be given up."""
    narrowed = _live(app, wanted)
    return app.store.counts.query_part(app.study.form, narrowed, Part(0, 1)).count


def withdraw_all(app: App, wanted: Wanted, expected: int, reason: str) -> int:
    """Give up every question that is not closed among these, all or none; return how many.

    Raises DecisionRefused, also where they are not as many as were shown.
    """
    with_all = Part(0, max(expected, PER_PAGE) + 1)
    found = app.store.counts.query_part(app.study.form, _live(app, wanted), with_all)
    if found.count != expected:
        raise DecisionRefused(Refusal.LIST_CHANGED, shown=str(expected), count=str(found.count))
    return withdraw_many(app, [query.id for query in found.lines], reason)


def query(app: App, name: str, words: Words) -> dict[str, Any]:
    """Return one question with its answers and steps. Raises DecisionRefused."""
    document = query_shown(app, name)
    definition = app.definition
    known = app.store.known_record(app.study.form, document["record"])
    if known is not None:
        version = known.current.submission.version
        definition = app.forms.get(app.study.form, version) or definition
    return document | {
        "labels": labels(definition, words),
        "is_withdrawn": known is not None and known.current.is_withdrawn,
    }


def _line(app: App, one: Query, words: Words) -> Mapping[str, Any]:
    asked = finding_words(words, one.finding, app.definition)
    return query_document(one) | {"title": asked.title, "said": asked.message, "centre": one.centre}


def _live(app: App, wanted: Wanted) -> Narrowed:
    """Narrow to those that are not closed; to none where the closed ones are wanted."""
    narrowed = _narrowed(app, wanted)
    states = tuple(state for state in narrowed.states or LIVE if state is not QueryState.CLOSED)
    if not states:
        raise DecisionRefused(Refusal.LIST_CHANGED, shown="0", count="0")
    return Narrowed(
        centres=narrowed.centres, number=narrowed.number, code=narrowed.code, states=states
    )


def _narrowed(app: App, wanted: Wanted) -> Narrowed:
    states = tuple(state for state in QueryState if state.value == wanted.state)
    return Narrowed(
        centres=names_of_centre(app, wanted.centre),
        number=wanted.number,
        code=wanted.code,
        states=LIVE if wanted.state == "live" else states,
    )
