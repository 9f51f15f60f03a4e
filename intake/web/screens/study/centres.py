"""The list of centres as a table: filled in, pasted, looked at, and kept."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intake.web.acting import Refused, acted
from intake.web.jobs import Done
from intake.web.page import page_of
from intake.web.safety.limits import form_of
from intake.web.screens.study.typed import cells_in
from intake.web.shown import looked, shown
from intake.wiring.app import App
from intake.wiring.study.centre_list import (
    ShownCentres,
    centres_table,
    pasted_centres,
    replace_centres,
    typed_centres,
)

_EMPTY_LINES = 3
_MORE_LINES = 10
_FORMATS = ("pdf", "word", "excel")


async def centres(request: Request) -> Response:
    """Show the list as it is, with what is to be corrected or looked at."""
    return _shown(request, await looked(request, centres_table))


async def paste(request: Request) -> Response:
    """Show a pasted table as it would be kept; nothing is."""
    form = await form_of(request)
    text = str(form.get("pasted", ""))
    found = await looked(request, lambda app: pasted_centres(app, text))
    return _shown(request, found, {"is_looked": True, "pasted": "" if found.table.rows else text})


async def keep(request: Request) -> Response:
    """Keep what was typed as the list of centres, or only look at it."""
    form = await form_of(request)
    if form.get("action") != "save":
        more = _MORE_LINES if form.get("action") == "more" else _EMPTY_LINES
        found = await _looked(request, form)
        seen = str(form.get("seen", found.seen))  # as when the lines were first shown
        return _shown(request, found, {"is_looked": True, "empty_lines": more, "seen": seen})
    cells, words = cells_in(form), page_of(request).words
    seen = str(form.get("seen", ""))
    removing = [str(one) for one in form.getlist("removing")]

    def act(app: App) -> Done:
        done = replace_centres(app, cells, removing, seen)
        return Done(" ".join(words.local(text) for text in done.said))

    async def again(request: Request, why: Refused) -> Response:
        found = await _looked(request, form)
        is_marked = not found.table.is_right
        said = words.text("web.study.list.wrong") if is_marked else why.said
        return _shown(request, found, {"said": said, "status": why.status})

    return await acted(request, act, "/study/centres", again)


async def _looked(request: Request, form: FormData) -> ShownCentres:
    cells = cells_in(form)
    return await looked(request, lambda app: typed_centres(app, cells))


def _shown(
    request: Request, found: ShownCentres, more: Mapping[str, object] | None = None
) -> Response:
    document = {
        "found": found,
        "seen": found.seen,
        "columns": found.columns,
        "formats": _FORMATS,
        "said": "",
        "is_looked": False,
        "pasted": "",
        "empty_lines": _EMPTY_LINES,
        "status": 200,
        **(more or {}),
    }
    status = document["status"]
    return shown(
        request, "study/centres.html", document, status if isinstance(status, int) else 200
    )


ROUTES = [
    Route("/study/centres", centres),
    Route("/study/centres", keep, methods=["POST"]),
    Route("/study/centres/paste", paste, methods=["POST"]),
]
