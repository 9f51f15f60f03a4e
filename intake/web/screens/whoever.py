"""What stands around every screen: language, name, the end."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from intake.web.page import page_of
from intake.web.safety.limits import form_of
from intake.web.shown import shown


async def language(request: Request) -> Response:
    """Speak another language from now on."""
    form = await form_of(request)
    page_of(request).speak(str(form.get("language", "")))
    return _back(str(form.get("back", "")))


async def name(request: Request) -> Response:
    """Keep who decides."""
    form = await form_of(request)
    page_of(request).name("" if "later" in form else str(form.get("name", "")))
    return _back(str(form.get("back", "")))


async def stop(request: Request) -> Response:
    """End the program; what is being read is finished."""
    page = page_of(request)
    page.jobs.end()
    answer = shown(request, "stopped.html", {})
    page.stop()
    return answer


def _back(address: str) -> Response:
    """Lead back to a screen of this page, and to nothing else."""
    is_own = address.startswith("/") and not address.startswith(("//", "/\\"))
    return RedirectResponse(address if is_own else "/", status_code=303)


ROUTES = [
    Route("/language", language, methods=["POST"]),
    Route("/name", name, methods=["POST"]),
    Route("/stop", stop, methods=["POST"]),
]
