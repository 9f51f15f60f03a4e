"""What every answer tells the browser: keep nothing, guess nothing, load and send nothing else."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from intake.web.safety.refusing import Asked

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
DOWNLOAD = {"Content-Security-Policy": "sandbox; default-src 'none'"}
"""In the place of the policy, for a file that is handed over: it stays a file."""


def with_headers(app: ASGIApp) -> Asked:
    """Return an application whose every answer carries these, errors too.

    An answer may say a stricter policy of its own (a download), and no weaker one.
    """

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                own = headers.get("Content-Security-Policy", "")
                headers.update(ALWAYS)
                if own.startswith("sandbox"):
                    headers["Content-Security-Policy"] = own
            await send(message)

        await app(scope, receive, sent)

    return asked
