"""The first start, while the folder holds no study."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intake.web.page import page_of
from intake.web.shown import shown


async def first(request: Request) -> Response:
    """Say how a study is begun."""
    return shown(request, "first.html", {"folder": page_of(request).folder})


ROUTES = [Route("/first", first)]
