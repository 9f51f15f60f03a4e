"""Who may enter: the browser that was opened with the address of this start, and only once.

The address holds a token that is good once; for it the browser gets a cookie that no script
reads and that no other site's page makes it send. Both end with the program. Cookies know no
port, so the cookie's name holds it: two studies may be open side by side.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from starlette.datastructures import Headers, QueryParams
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from intake.web.safety.refusing import Asked, Refuse

_BYTES = 16
OPEN_TO_ALL = "/static/"
"""What holds nothing of a study: a page that refuses is to look like the others."""


def new_secret() -> str:
    """Return 128 bits of chance, as an address may hold them."""
    return secrets.token_urlsafe(_BYTES)


@dataclass
class Entry:
    """The token of this start, until it is used, and the secret of the browser that used it."""

    port: int
    token: str = field(default_factory=new_secret, repr=False)
    secret: str = field(default_factory=new_secret, repr=False)
    is_used: bool = False

    @property
    def cookie(self) -> str:
        """Return the cookie's name."""
        return f"crf-intake-{self.port}"

    def takes(self, token: str) -> bool:
        """Use up the token: say whether this is it, and it was not used."""
        if self.is_used or not _same(token, self.token):
            return False
        self.is_used = True
        return True

    def knows(self, headers: Headers) -> bool:
        """Say whether a request brings the cookie."""
        kept = cookie_parser(headers.get("cookie", "")).get(self.cookie, "")
        return _same(kept, self.secret)


def entered(app: ASGIApp, entry: Entry, refuse: Refuse) -> Asked:
    """Return an application that answers only who has entered."""

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        token = _token(scope)
        answer = app
        if token is not None and not entry.knows(headers):
            answer = _admitted(entry, token) or refuse(403, "token")
        elif token is not None:
            answer = RedirectResponse("/", status_code=303)
        elif not entry.knows(headers) and not scope["path"].startswith(OPEN_TO_ALL):
            answer = refuse(403, "token")
        await answer(scope, receive, send)

    return asked


def _token(scope: Scope) -> str | None:
    """Return the token of an address that opens the page; None for any other."""
    is_opening = scope["method"] == "GET" and scope["path"] == "/"
    return QueryParams(scope.get("query_string", b"")).get("t") if is_opening else None


def _admitted(entry: Entry, token: str) -> ASGIApp | None:
    """Return what gives the cookie and leads to a clean address; None for a wrong token."""
    if not entry.takes(token):
        return None
    response = RedirectResponse("/", status_code=303)
    response.set_cookie(entry.cookie, entry.secret, httponly=True, samesite="strict", path="/")
    return response


def _same(given: str, known: str) -> bool:
    return secrets.compare_digest(given.encode(), known.encode())
