"""The address that the browser believes to speak with: this computer, this port, no other.

A page of another site whose name was made to lead to this computer still names itself here.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import Scope

from intake.web.safety.refusing import Guard


def own_addresses(port: int) -> frozenset[str]:
    """Return what ``Host`` may say: the names of this computer for itself, with the port."""
    return frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))


def host_guard(port: int) -> Guard:
    """Return what refuses (421) a request that names another host or port, or none, or two."""
    known = own_addresses(port)

    def guard(headers: Headers, _scope: Scope) -> tuple[int, str] | None:
        named = headers.getlist("host")
        return None if len(named) == 1 and named[0].lower() in known else (421, "host")

    return guard
