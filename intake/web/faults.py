"""What a request comes to that cannot be answered: a sentence that says what was not lost."""

from __future__ import annotations

import logging
import traceback

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, ExceptionHandler, Receive, Scope, Send

from intake.model.errors import DecisionRefused, SetupError
from intake.web.acting import refused
from intake.web.page import Busy, page_of
from intake.web.shown import shown

_LOG = logging.getLogger(__name__)
_KNOWN = {400, 403, 404, 405, 409, 413, 421, 422, 500}


def error_page(request: Request, status: int, why: str, said: str = "") -> Response:
    """Return a page with the title of a status and the sentence of a key, or one that is given."""
    document = {"why": why, "said": said, "status": status}
    return shown(request, "error.html", document, status)


def refusal(status: int, why: str, state: object) -> ASGIApp:
    """Return what answers a request that a guard refused."""

    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        scope["app"] = state
        request = Request(scope, receive)
        await error_page(request, status, why)(scope, receive, send)

    return answered


def handlers() -> dict[int | type[Exception], ExceptionHandler]:
    """Return what answers each kind of fault."""
    return {
        HTTPException: _http,
        SetupError: _refused,
        DecisionRefused: _refused,
        Busy: _refused,
        Exception: _ours,
    }


async def _http(request: Request, fault: Exception) -> Response:
    status = fault.status_code if isinstance(fault, HTTPException) else 500
    why = {413: "too_much", 400: "too_much"}.get(status, str(status))
    return error_page(request, 413 if status == 400 else status, why if status in _KNOWN else "500")


async def _refused(request: Request, fault: Exception) -> Response:
    page = page_of(request)
    if not page.has_study:
        return RedirectResponse("/first", status_code=303)
    found = refused(fault, page.words)
    return error_page(request, found.status, str(found.status), found.said)


async def _ours(request: Request, fault: Exception) -> Response:
    """Say that the program failed, and where in the log: never the fault's own text."""
    frames = traceback.extract_tb(fault.__traceback__)[-6:]
    where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    _LOG.error("the page failed: %s at %s", type(fault).__name__, where)
    return error_page(request, 500, "500")
