"""Where a request that changes something comes from: this page, never another site.

Browsers say it in ``Sec-Fetch-Site``, older ones in ``Origin``; who says neither is refused.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import Scope

_SAFE = {"GET", "HEAD"}


def origin_guard(headers: Headers, scope: Scope) -> tuple[int, str] | None:
    """Refuse (403) what changes something and does not come from this page."""
    if scope["method"] in _SAFE:
        return None
    site = headers.getlist("sec-fetch-site")
    if site:
        return None if site == ["same-origin"] else (403, "origin")
    is_own = headers.getlist("origin") == [f"http://{headers.get('host', '')}"]
    return None if is_own else (403, "origin")
