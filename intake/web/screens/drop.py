"""Files dropped on the page: put in the inbox, read in the background, told of until seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from intake.web.jobs import Done, Job, Tell
from intake.web.page import Page, page_of
from intake.web.safety.limits import form_of
from intake.web.shown import is_there, looked, shown
from intake.wiring.app import App
from intake.wiring.page.agenda import in_inbox
from intake.wiring.page.drops import acknowledge, drop_lines, read_inbox, take

READING = "reading"
"""The job that reads the inbox."""


async def drop(request: Request) -> Response:
    """Put the files in the inbox and begin to read them."""
    page = page_of(request)
    form = await form_of(request)
    try:
        for file in form.getlist("file"):
            if isinstance(file, UploadFile) and file.filename:
                await run_in_threadpool(page.look, _taking(file))
    finally:
        await form.close()
    _read(page)
    return RedirectResponse("/#files", status_code=303)


async def read(request: Request) -> Response:
    """Begin to read what stands in the inbox."""
    _read(page_of(request))
    return RedirectResponse("/#files", status_code=303)


async def progress(request: Request) -> Response:
    """Show the lines of what was dropped, alone."""
    return shown(request, "files_progress.html", await lines_document(request))


async def seen(request: Request) -> Response:
    """Tell no more of the files that are named."""
    form = await form_of(request)
    keys = [str(key) for key in form.getlist("key")]
    await looked(request, lambda app: acknowledge(app, keys))
    return RedirectResponse("/#files", status_code=303)


async def lines_document(request: Request) -> Mapping[str, object]:
    """Return what is told of dropped files, for the screens that show it."""
    page = page_of(request)
    is_reading = page.jobs.is_at(READING)

    def look(app: App) -> Mapping[str, object]:
        lines = drop_lines(app, is_reading=is_reading, words=page.words)
        return {"drops": lines, "in_inbox": in_inbox(app)}

    return {
        **await looked(request, look),
        "is_reading": is_reading,
        "job": page.jobs.under_way,
        "links_receipts": is_there(request, "/files/{receipt}"),
    }


def _taking(file: UploadFile) -> Callable[[App], None]:
    def taken(app: App) -> None:
        take(app, file.filename or "", file.file)

    return taken


def _read(page: Page) -> None:
    words = page.words

    def work(app: App, tell: Tell) -> Done:
        def told(done: int, total: int) -> None:
            tell(words.text("web.files.progress", done=done, count=total))

        receipts = read_inbox(app, told)
        return Done(words.text("web.files.read", count=len(receipts)))

    page.start(Job(0, READING, words.text("web.files.reading"), "/#files"), work)


ROUTES = [
    Route("/drop", drop, methods=["POST"]),
    Route("/read", read, methods=["POST"]),
    Route("/files/progress", progress),
    Route("/files/seen", seen, methods=["POST"]),
]
