"""One file that waits: what is in doubt beside its place on the page, and what can be decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from intake.model.errors import DecisionRefused, Refusal
from intake.web.acting import Refused
from intake.web.page import page_of
from intake.web.shown import is_there, looked, shown
from intake.wiring.page.deciding.screen import deciding_screen

Typed = Mapping[str, Sequence[str]]
"""What was typed on a screen, by the name of its field."""


async def one(request: Request) -> Response:
    """Show one file; the list where it waits no more."""
    try:
        return await screen(request)
    except DecisionRefused as problem:
        if problem.why is not Refusal.NOT_IN_REVIEW:
            raise
        return RedirectResponse("/decide", status_code=303)


async def screen(
    request: Request, refused: Refused | None = None, typed: Typed | None = None
) -> Response:
    """Return the screen of one file, again with what was typed where that was refused."""
    receipt = request.path_params["receipt"]
    words, whole = page_of(request).words, "all" in request.query_params
    document = await looked(
        request, lambda app: deciding_screen(app, receipt, words, identity=whole)
    )
    shows_file = is_there(request, "/files/{receipt}")
    return shown(
        request,
        "decide_one.html",
        {"one": document, "refused": refused, "typed": typed or {}, "shows_file": shows_file},
        refused.status if refused else 200,
    )


ROUTES = [Route("/decide/{receipt}", one)]
