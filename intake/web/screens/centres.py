"""The centres, and one of them."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intake.web.asked import address, narrowing, page_number
from intake.web.shown import is_there, looked, shown
from intake.wiring.shown.centres import centre as centre_document
from intake.wiring.shown.centres import centre_list


async def centres(request: Request) -> Response:
    """Show the centres."""
    filters, page = narrowing(request, "state"), page_number(request)
    found = await looked(request, lambda app: centre_list(app, page=page, **filters))
    document = {
        "list": found,
        "filters": filters,
        "address": address("/centres", filters, page=""),
        "can_edit": is_there(request, "/study"),
    }
    return shown(request, "lists/centres.html", document)


async def centre(request: Request) -> Response:
    """Show one centre."""
    name = request.path_params["id"]
    found = await looked(request, lambda app: centre_document(app, name))
    if found is None:
        raise HTTPException(404)
    return shown(request, "lists/centre.html", dict(found))


ROUTES = [Route("/centres", centres), Route("/centres/{id}", centre)]
