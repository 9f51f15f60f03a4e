"""Pictures of returned pages: drawn elsewhere, never the file itself."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intake.web.asked import whole_number
from intake.web.shown import looked
from intake.wiring.app import App
from intake.wiring.page.deciding.pictures import crop_of, page_of


async def page(request: Request) -> Response:
    """Return one page as it looks."""
    receipt, number = request.path_params["receipt"], whole_number(request.path_params["page"])
    return await _picture(request, lambda app: page_of(app, receipt, number or 0))


async def crop(request: Request) -> Response:
    """Return the part of a page that shows one answer."""
    receipt, address = request.path_params["receipt"], request.path_params["address"]
    return await _picture(request, lambda app: crop_of(app, receipt, address))


async def _picture(request: Request, draw: Callable[[App], bytes | None]) -> Response:
    """Return a picture; nothing where there is none: the screen says what to do instead."""
    png = await looked(request, draw)
    if png is None:
        return Response(status_code=404)
    return Response(png, media_type="image/png")


ROUTES = [
    Route("/decide/{receipt}/page/{page}.png", page),
    Route("/decide/{receipt}/crop/{address}.png", crop),
]
