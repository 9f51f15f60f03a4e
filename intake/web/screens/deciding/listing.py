"""The list of what waits: work to go through, the oldest first."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intake.web.asked import page_number
from intake.web.page import page_of
from intake.web.shown import looked, shown
from intake.wiring.page.deciding.work_list import work_list


async def listing(request: Request) -> Response:
    """Show one part of the list."""
    words = page_of(request).words
    page = page_number(request)
    document = await looked(request, lambda app: work_list(app, words, page))
    return shown(request, "decide.html", {"work": document})


ROUTES = [Route("/decide", listing)]
