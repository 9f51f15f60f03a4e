"""The start page: what to do now, in order."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from intake.web.page import page_of
from intake.web.screens.drop import lines_document
from intake.web.shown import is_there, looked, shown
from intake.wiring.page.agenda import agenda

_SCREENS = {
    "fill_in": "/study",
    "pack": "/letters",
    "decide": "/decide",
    "accept": "/decide?what=accept",
    "read": "/queries?state=answered",
    "reply": "/letters",
    "ask": "/queries?state=open",
    "remind": "/letters",
    "send": "/letters",
    "silent": "/centres?state=silent",
    "closing": "/study",
}
"""Where each task is done."""


async def start(request: Request) -> Response:
    """Show what to do now, with ``?part`` alone; before there is a study, the first start."""
    if not page_of(request).has_study:
        return RedirectResponse("/first", status_code=303)
    document = await looked(request, agenda)
    links = {
        what: address
        for what, address in _SCREENS.items()
        if is_there(request, address.partition("?")[0])
    }
    if "part" in request.query_params:
        return shown(request, "start_now.html", {"agenda": document, "links": links})
    files = await lines_document(request)
    return shown(request, "start.html", {"agenda": document, "links": links, **files})


ROUTES = [Route("/", start)]
