"""Acting: one call of a use case, then the screen that says what was done, or why not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake.model.errors import DecisionRefused, SetupError
from intake.web.jobs import Done, Job, Tell
from intake.web.page import Busy, page_of
from intake.wiring.app import App
from intake.wiring.decisions import why_refused
from intake.words.catalogue import Words
from intake.words.problem import problem_in

Refusing = DecisionRefused | SetupError | Busy


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an act was not done: a sentence, and the status of the answer."""

    said: str
    status: int


Again = Callable[[Request, Refused], Awaitable[Response]]
"""Show the same screen once more, what was typed in its fields, with why it was refused."""


async def acted(
    request: Request, act: Callable[[App], Done], then: str, again: Again | None = None
) -> Response:
    """Do one act of the study, then lead to a screen (303) that says what was done.

    What is refused is said by ``again``, on the same screen; without it, on a page of its own.
    """
    page = page_of(request)
    try:
        done = await run_in_threadpool(page.act, act)
    except (DecisionRefused, SetupError, Busy) as problem:
        if again is None:
            raise
        return await again(request, refused(problem, page.words))
    return told(request, done, then)


def told(request: Request, done: Done, then: str) -> Response:
    """Lead to a screen that says what was done."""
    page_of(request).flash(done)
    return RedirectResponse(done.then or then, status_code=303)


def begun(request: Request, job: Job, work: Callable[[App, Tell], Done]) -> Response:
    """Begin a long act and lead to the screen that shows how far it is."""
    job = page_of(request).start(job, work)
    return RedirectResponse(f"/job/{job.number}", status_code=303)


def refused(problem: BaseException, words: Words) -> Refused:
    """Return what a refusal says; never the text of a fault of ours, which may hold an answer."""
    if isinstance(problem, DecisionRefused):
        return Refused(why_refused(problem, words, on_page=True), 409)
    if isinstance(problem, SetupError):
        return Refused(problem_in(problem, words), 422)
    if isinstance(problem, Busy):
        return Refused(words.text("web.error.busy"), 409)
    return Refused(words.text("web.error.500.how"), 500)
