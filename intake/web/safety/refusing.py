"""How the page refuses: a status, and which sentence says why.

The sentence is put in words above: the guards know no language.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

Refuse = Callable[[int, str], ASGIApp]
"""Return what answers a request with a status and the sentence of a key."""
Guard = Callable[[Headers, Scope], tuple[int, str] | None]
"""Return the status and the key of the sentence of a request that is refused; else None."""
Asked = Callable[[Scope, Receive, Send], Awaitable[None]]


def guarded(app: ASGIApp, guard: Guard, refuse: Refuse) -> Asked:
    """Return an application that answers only what a guard lets pass.

    What is no HTTP request (the server's own start and end) passes; a socket never does.
    """

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await app(scope, receive, send)
        elif scope["type"] == "http":
            refused = guard(Headers(scope=scope), scope)
            await (refuse(*refused) if refused else app)(scope, receive, send)

    return asked
