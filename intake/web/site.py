"""The page as one application: guards outside, screens inside."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import as_file, files
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from intake.web import screens
from intake.web.faults import handlers, refusal
from intake.web.page import Page
from intake.web.safety.entry import entered
from intake.web.safety.headers import with_headers
from intake.web.safety.host import host_guard
from intake.web.safety.limits import limited
from intake.web.safety.origin import origin_guard
from intake.web.safety.refusing import guarded


def site(page: Page) -> ASGIApp:
    """Return the application that serves a page.

    From outside in: what every answer carries, to whom it may be addressed, who may ask, from
    where something may be changed, how much a request may bring.
    """
    inner = _screens(page)

    def refuse(status: int, why: str) -> ASGIApp:
        return refusal(status, why, inner)

    app: ASGIApp = limited(inner, refuse)
    app = guarded(app, origin_guard, refuse)
    app = entered(app, page.entry, refuse)
    app = guarded(app, host_guard(page.entry.port), refuse)
    return with_headers(app)


def _screens(page: Page) -> Starlette:
    routes = list(routes_of_screens())
    app = Starlette(
        routes=[*routes, Mount("/static", StaticFiles(directory=_static()), name="static")],
        exception_handlers=handlers(),
    )
    app.state.page = page
    app.state.addresses = {route.path for route in routes if isinstance(route, Route)}
    return app


def routes_of_screens() -> Iterator[BaseRoute]:
    """Yield the routes of every module of ``screens``."""
    for module in pkgutil.iter_modules(screens.__path__):
        yield from import_module(f"{screens.__name__}.{module.name}").ROUTES


def _static() -> Path:
    """Return the folder of styles and script: a wheel is always unpacked."""
    with as_file(files("intake.web") / "static") as folder:
        return folder
