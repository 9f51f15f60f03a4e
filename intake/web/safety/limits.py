"""How much one request may bring: of text little, of dropped files much, never without end."""

from __future__ import annotations

from starlette.datastructures import FormData, Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from intake.web.safety.refusing import Asked, Refuse

MOST_TEXT = 8 << 20
"""Bytes of a form: a table that is pasted, a schema that is given."""
MOST_DROPPED = 1 << 30
MOST_FILES = 300
MOST_FIELDS = 5_000
DROP = "/drop"
_DIGITS = 12


def limited(app: ASGIApp, refuse: Refuse) -> Asked:
    """Return an application that reads no more of a request than it may bring (413)."""

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        most = MOST_DROPPED if scope["path"] == DROP else MOST_TEXT
        told = Headers(scope=scope).get("content-length", "0")
        if not told.isdecimal() or len(told) > _DIGITS or int(told) > most:
            await refuse(413, "too_much")(scope, receive, send)
        else:
            await app(scope, _counted(receive, most), send)

    return asked


async def form_of(request: Request) -> FormData:
    """Return what a form brought; so many fields and files, and no more (413)."""
    return await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS)


def _counted(receive: Receive, most: int) -> Receive:
    """Return what hands a body on, until it is longer than what was told or is allowed."""
    seen = 0

    async def received() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise HTTPException(413)
        return message

    return received
