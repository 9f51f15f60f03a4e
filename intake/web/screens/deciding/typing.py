"""Typing a form that came as pictures: its pages beside its fields, saved at once."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intake.web.acting import Refused, acted
from intake.web.page import page_of
from intake.web.safety.limits import form_of
from intake.web.screens.deciding.acts import given, kept
from intake.web.screens.deciding.one import Typed
from intake.web.shown import looked, shown
from intake.wiring.page.deciding.typing import typing_screen


async def typing(request: Request) -> Response:
    """Show the form to be typed."""
    return await _screen(request)


async def save(request: Request) -> Response:
    """Give all that was typed, and accept the form where that was asked for."""
    form = await form_of(request)

    async def again(request: Request, refused: Refused) -> Response:
        return await _screen(request, refused, kept(form))

    there = f"/decide/{request.path_params['receipt']}"
    return await acted(request, lambda app: given(request, form, app), there, again)


async def _screen(
    request: Request, refused: Refused | None = None, typed: Typed | None = None
) -> Response:
    receipt, words = request.path_params["receipt"], page_of(request).words
    document = await looked(request, lambda app: typing_screen(app, receipt, words))
    return shown(
        request,
        "decide_type.html",
        {"one": document, "refused": refused, "typed": typed or {}},
        refused.status if refused else 200,
    )


ROUTES = [
    Route("/decide/{receipt}/type", typing, methods=["GET"]),
    Route("/decide/{receipt}/type", save, methods=["POST"]),
]
