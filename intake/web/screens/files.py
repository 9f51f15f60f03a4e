"""The files that came, and one of them: its receipt, its original to download, undoing."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intake.model.receipt import Outcome
from intake.web.acting import Refused, acted
from intake.web.asked import address, narrowing, page_number, sees_all
from intake.web.download import handed_over
from intake.web.jobs import Done
from intake.web.page import page_of
from intake.web.safety.limits import form_of
from intake.web.shown import is_there, looked, shown
from intake.wiring.app import App
from intake.wiring.decisions import undo as undo_decision
from intake.wiring.shown.centres import centre_ids
from intake.wiring.shown.files import file as file_document
from intake.wiring.shown.files import file_list
from intake.wiring.shown.files import original as original_of


async def files(request: Request) -> Response:
    """Show the files, the newest first."""
    filters, page = narrowing(request, "centre", "outcome"), page_number(request)
    found, centres = await looked(
        request, lambda app: (file_list(app, page=page, **filters), centre_ids(app))
    )
    document = {"list": found, "filters": filters, "centres": centres, "outcomes": list(Outcome)}
    document["address"] = address("/files", filters, page="")
    return shown(request, "lists/files.html", document)


async def file(request: Request) -> Response:
    """Show one file."""
    return await _screen(request)


async def original(request: Request) -> Response:
    """Hand over a returned file, as it came; never opened by the page."""
    receipt = request.path_params["receipt"]
    found = await looked(request, lambda app: original_of(app, receipt))
    return handed_over(found.name, found.content)


async def undo(request: Request) -> Response:
    """Take back the newest decision about a file, or its loading."""
    form, receipt = await form_of(request), request.path_params["receipt"]
    words = page_of(request).words

    def act(app: App) -> Done:
        undo_decision(app, receipt, str(form.get("reason", "")))
        return Done(words.text("web.file.undone", receipt=receipt))

    return await acted(request, act, f"/files/{receipt}", _screen)


async def _screen(request: Request, refused: Refused | None = None) -> Response:
    receipt, words = request.path_params["receipt"], page_of(request).words
    identity = sees_all(request)
    found = await looked(request, lambda app: file_document(app, receipt, words, identity=identity))
    document = {
        "file": found,
        "sees_all": identity,
        "problem": refused.said if refused else "",
        "typed": dict(await form_of(request)) if refused else {},
        "can_decide": is_there(request, "/decide/{receipt}"),
    }
    return shown(request, "lists/file.html", document, refused.status if refused else 200)


ROUTES = [
    Route("/files", files),
    Route("/files/{receipt}", file),
    Route("/files/{receipt}/original", original),
    Route("/files/{receipt}/undo", undo, methods=["POST"]),
]
