"""What a PostgreSQL server refuses, told as something a person can mend.

What the server says is in its own language, and quotes names: it is never repeated, nor read.
Codes and states alone decide.
"""

from __future__ import annotations

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from intake.model.errors import StoreFault, StoreUnavailable

_PORT = 5432
_MAINTENANCE = ("postgres", "template1")
"""Databases that any server has: who may enter one of them has a right password."""

_FAULTS = {
    "08": StoreFault.SERVER_LOST,
    "25006": StoreFault.SERVER_READ_ONLY,
    "28": StoreFault.SERVER_REFUSES,
    "3D000": StoreFault.SERVER_NO_DATABASE,
    "3F000": StoreFault.SERVER_NO_SCHEMA,
    "40": StoreFault.SERVER_IN_USE,
    "42501": StoreFault.SERVER_NO_RIGHTS,
    "53100": StoreFault.DISK_FULL,
    "53": StoreFault.SERVER_BUSY,
    "55P03": StoreFault.SERVER_IN_USE,
    "57014": StoreFault.SERVER_LOST,
    "57P": StoreFault.SERVER_LOST,
    "58": StoreFault.DISK_SILENT,
    "XX001": StoreFault.DAMAGED,
    "XX002": StoreFault.DAMAGED,
}
"""The errors that a person can mend, by how their codes begin; the longer ones first."""


def explain(problem: DBAPIError, url: URL) -> StoreUnavailable | None:
    """Return an error that a person can mend, None for our own faults."""
    code = getattr(problem.orig, "sqlstate", None)
    if code is not None:
        found = (fault for start, fault in _FAULTS.items() if code.startswith(start))
        fault = next(found, None)
    elif problem.connection_invalidated:
        fault = StoreFault.SERVER_LOST
    else:
        fault = _not_connected(problem, url)
    if fault is None:
        return None
    return StoreUnavailable(fault, store=named(url), user=url.username or "")


def named(url: URL) -> str:
    """Return how messages name a store: database, server and port, no password."""
    server = url.host or str(url.query.get("host", "localhost"))
    return f"{url.database or url.username or ''} ({server}:{url.port or _PORT})"


def _not_connected(problem: DBAPIError, url: URL) -> StoreFault | None:
    """Return why no connection was made, None where that was not the matter."""
    # Imported here: the driver is an extra, and this is the only place that asks it.
    from psycopg import OperationalError, ProgrammingError, pq  # noqa: PLC0415 see above

    failed = problem.orig
    if isinstance(failed, ProgrammingError):
        return StoreFault.BAD_ADDRESS  # an option that the driver's library does not know
    if not isinstance(failed, OperationalError):
        return None
    match pq.PGconn.ping(_conninfo(url).encode()):
        case pq.Ping.NO_RESPONSE:
            return StoreFault.SERVER_ABSENT
        case pq.Ping.REJECT:
            return StoreFault.SERVER_STARTING
        case pq.Ping.NO_ATTEMPT:
            return StoreFault.BAD_ADDRESS
        case _:
            return _refused(failed.pgconn, url)


def _refused(tried: object, url: URL) -> StoreFault:
    """Return why a server that is there let nobody in."""
    if getattr(tried, "needs_password", False):
        return StoreFault.SERVER_NO_PASSWORD
    if any(_lets_in(url.set(database=name)) for name in _MAINTENANCE):
        return StoreFault.SERVER_NO_DATABASE
    if getattr(tried, "used_password", False):
        return StoreFault.SERVER_PASSWORD
    return StoreFault.SERVER_REFUSES


def _lets_in(url: URL) -> bool:
    import psycopg  # noqa: PLC0415 as above

    try:
        psycopg.connect(_conninfo(url)).close()
    except psycopg.Error:
        return False
    return True


def _conninfo(url: URL) -> str:
    """Return the address as the driver's library reads it; never shown."""
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415 as above

    parts = {
        "host": url.host,
        "port": url.port,
        "user": url.username,
        "password": url.password,
        "dbname": url.database,
    }
    query = {key: held for key, held in url.query.items() if isinstance(held, str)}
    known = {key: str(held) for key, held in parts.items() if held is not None}
    return make_conninfo(**{"connect_timeout": "5"} | query | known)
