"""The questions to centres: found, closed, answered, asked again; given up all together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intake.model.query import QueryState
from intake.web.acting import Refused, acted
from intake.web.asked import address, narrowed_by, narrowing, page_number, whole_number
from intake.web.jobs import Done
from intake.web.page import page_of
from intake.web.safety.limits import form_of
from intake.web.shown import looked, shown
from intake.wiring import queries as acts
from intake.wiring.app import App
from intake.wiring.shown.centres import centre_ids
from intake.wiring.shown.queries import Wanted, live_count, query_list, withdraw_all
from intake.wiring.shown.queries import query as query_document

_FILTERS = ("number", "centre", "state", "code")
_ACTS: Mapping[str, Callable[[App, str, str], Mapping[str, Any]]] = {
    "confirm": acts.confirm,
    "answer": acts.answer,
    "withdraw": acts.withdraw,
    "reopen": acts.reopen,
}


async def queries(request: Request) -> Response:
    """Show the questions."""
    return await _list(request, narrowing(request, *_FILTERS))


async def withdraw_shown(request: Request) -> Response:
    """Give up all the questions that a filter shows, if they are still as many as were said."""
    form, words = await form_of(request), page_of(request).words
    filters = {name: narrowed_by(form, name) for name in _FILTERS}
    expected = whole_number(narrowed_by(form, "count")) or 0
    reason = str(form.get("reason", ""))

    def act(app: App) -> Done:
        done = withdraw_all(app, Wanted(**filters), expected, reason)
        return Done(words.text("web.queries.withdrawn", count=done))

    async def again(request: Request, refused: Refused) -> Response:
        return await _list(request, filters, refused, reason)

    return await acted(request, act, address("/queries", filters), again)


async def query(request: Request) -> Response:
    """Show one question."""
    return await _screen(request)


async def take(request: Request) -> Response:
    """Take one of the acts about a question."""
    number, name = request.path_params["number"], request.path_params["act"]
    form, words = await form_of(request), page_of(request).words
    if name not in _ACTS:
        raise HTTPException(404)

    def act(app: App) -> Done:
        done = _ACTS[name](app, number, str(form.get("reason", "")))
        return Done(words.text(f"web.query.done.{name}", query=done["id"]))

    async def again(request: Request, refused: Refused) -> Response:
        return await _screen(request, name, refused)

    return await acted(request, act, f"/queries/{number}", again)


async def _list(
    request: Request, filters: dict[str, str], refused: Refused | None = None, reason: str = ""
) -> Response:
    words, page, wanted = page_of(request).words, page_number(request), Wanted(**filters)
    found, live, centres = await looked(
        request,
        lambda app: (
            query_list(app, wanted, words, page),
            0 if wanted.state == QueryState.CLOSED.value else live_count(app, wanted),
            centre_ids(app),
        ),
    )
    document = {
        "list": found, "live": live, "filters": filters, "centres": centres,
        "states": ["live", *(state.value for state in QueryState)],
        "address": address("/queries", filters, page=""),
        "problem": refused.said if refused else "", "reason": reason,
    }  # fmt: skip
    return shown(request, "lists/queries.html", document, refused.status if refused else 200)


async def _screen(request: Request, act: str = "", refused: Refused | None = None) -> Response:
    number, words = request.path_params["number"], page_of(request).words
    found = await looked(request, lambda app: query_document(app, number, words))
    typed = dict(await form_of(request)) if refused else {}
    problem = {"act": act, "problem": refused.said if refused else "", "typed": typed}
    document = {"query": found, **problem}
    return shown(request, "lists/query.html", document, refused.status if refused else 200)


ROUTES = [
    Route("/queries", queries),
    Route("/queries/withdraw", withdraw_shown, methods=["POST"]),
    Route("/queries/{number}", query),
    Route("/queries/{number}/{act}", take, methods=["POST"]),
]
