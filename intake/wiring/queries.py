"""The queries of a study: listed, shown, and stepped by the coordinator, under the lock.

Every act raises DecisionRefused; nothing has changed then.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from intake.model.definition import FormDefinition
from intake.model.query import Query, QueryState
from intake.pipeline.queries import acts
from intake.pipeline.queries.steps import Said
from intake.pipeline.records.given import find_place
from intake.ports import Store
from intake.reports.queries import query_document, whole_query
from intake.wiring.app import App, now

Act = Callable[[Store, Query, Said], Query]


def query_list(
    app: App, *, states: Collection[QueryState] = (), centre: str = "", record: str = ""
) -> Iterator[dict[str, Any]]:
    """Return the queries by record and number, narrowed; nothing identifying."""
    record_id = acts.find_record(app.store, app.study.form, record).record_id if record else ""
    found = app.store.queries(record_id, states=states, centre=centre)
    return (query_document(query) for query in found)


def query_shown(app: App, name: str) -> dict[str, Any]:
    """Return one query with its words, its answers and every step."""
    return _whole(app, acts.find_query(app.store, app.study.form, name))


def confirm(app: App, name: str, reason: str = "") -> dict[str, Any]:
    """Close a query: the centre says that the answers are right as they are."""
    return _taken(app, name, acts.confirm, reason)


def answer(app: App, name: str, text: str) -> dict[str, Any]:
    """Keep what the centre said; it changes and confirms nothing."""
    return _taken(app, name, acts.answer, text)


def withdraw(app: App, name: str, reason: str) -> dict[str, Any]:
    """Close a query: the study gives it up."""
    return _taken(app, name, acts.withdraw, reason)


def withdraw_many(app: App, names: Sequence[str], reason: str) -> int:
    """Give up several queries as one would each, all or none; return how many."""
    said = _said(app, reason)
    with app.locked():
        with app.store.together():
            for name in names:
                query = acts.find_live_query(app.store, app.study.form, name)
                acts.withdraw(app.store, query, said)
        app.refresh()
    return len(names)


def reopen(app: App, name: str, reason: str) -> dict[str, Any]:
    """Ask a closed query again."""

    def act(store: Store, query: Query, said: Said) -> Query:
        return acts.reopen(store, app.forms, query, said)

    return _taken(app, name, act, reason)


def ask(app: App, record: str, place: str, text: str) -> dict[str, Any]:
    """Open a query of the study's own about one answer, named by its code or address."""

    def act() -> Query:
        known = acts.find_live_record(app.store, app.study.form, record)
        definition = app.forms.get(app.study.form, known.current.submission.version)
        asked = definition or app.definition
        where = find_place(asked, place)
        return acts.ask(app.store, known, where, asked.languages, _said(app, text))

    return _whole(app, _at_work(app, act))


def _taken(app: App, name: str, act: Act, words: str) -> dict[str, Any]:
    def taken() -> Query:
        query = acts.find_live_query(app.store, app.study.form, name)
        return act(app.store, query, _said(app, words))

    return _whole(app, _at_work(app, taken))


def _at_work(app: App, act: Callable[[], Query]) -> Query:
    """Take an act under the workspace's lock, then refresh the dataset."""
    with app.acting():
        return act()


def _said(app: App, words: str) -> Said:
    return Said(at=now(), by=app.who, reason=words.strip())


def _whole(app: App, query: Query) -> dict[str, Any]:
    record = acts.find_record(app.store, app.study.form, query.record_id)
    submission = record.current.submission
    return whole_query(query, submission, _definition(app, submission.version))


def _definition(app: App, version: str) -> FormDefinition | None:
    return app.forms.get(app.study.form, version)
