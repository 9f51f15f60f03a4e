"""Showing a screen: a template and a document, with what every screen has around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from intake.model.receipt import Outcome
from intake.web.page import Page, page_of
from intake.web.templating import environment
from intake.wiring.app import App
from intake.wiring.page.marks import outcome_mark
from intake.words.catalogue import LANGUAGES, Words

T = TypeVar("T")
NAVIGATION = (
    ("/", "start"),
    ("/decide", "decide"),
    ("/files", "files"),
    ("/patients", "patients"),
    ("/queries", "queries"),
    ("/centres", "centres"),
    ("/letters", "letters"),
    ("/dataset", "dataset"),
    ("/journal", "journal"),
    ("/study", "study"),
)
"""The screens that every other leads to, by address and by the key of their name."""


async def looked(request: Request, look: Callable[[App], T]) -> T:
    """Return what a function of the study gives, for a screen; it changes nothing.

    Raises SetupError and DecisionRefused, which become a page of their own.
    """
    return await run_in_threadpool(page_of(request).look, look)


def shown(
    request: Request, template: str, document: Mapping[str, object], status: int = 200
) -> Response:
    """Return a screen of a template and what it shows, under the names in the document.

    The template also has ``say`` (a sentence of ``web.*``), ``words``, ``mark`` (an outcome's
    drawing) and, for ``base.html``, what stands around every screen.
    """
    page = page_of(request)
    around = {**_spoken(page.words), **_around(request, page)}
    text = environment().get_template(template).render({**around, **document})
    return HTMLResponse(text, status_code=status)


def is_there(request: Request, address: str) -> bool:
    """Say whether the page has a screen at an address."""
    return address in request.app.state.addresses


def _spoken(words: Words) -> Mapping[str, object]:
    def say(key: str, **context: object) -> str:
        return words.text(f"web.{key}", **context)

    return {"say": say, "words": words, "mark": _mark}


def _mark(outcome: Outcome | str) -> Markup:
    return Markup(outcome_mark(Outcome(outcome)))  # noqa: S704 - our own drawing


def _around(request: Request, page: Page) -> Mapping[str, object]:
    here = request.url.path
    navigation = [
        {"address": address, "name": name, "is_here": _is_under(here, address)}
        for address, name in NAVIGATION
        if is_there(request, address)
    ]
    return {
        "here": here,
        "navigation": navigation,
        "has_entered": page.entry.knows(request.headers),
        "page": page,
        "languages": LANGUAGES,
    }


def _is_under(here: str, address: str) -> bool:
    return here == address or (address != "/" and here.startswith(f"{address}/"))
