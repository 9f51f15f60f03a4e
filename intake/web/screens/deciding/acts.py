"""The decisions, each one call of what its command calls, then the next file that waits."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intake.model.errors import DecisionRefused
from intake.model.file.password import Password
from intake.model.receipt import Receipt
from intake.web.acting import Again, Refused, acted
from intake.web.jobs import Done
from intake.web.page import page_of
from intake.web.safety.limits import form_of
from intake.web.screens.deciding.one import Typed, screen
from intake.wiring import decisions
from intake.wiring.app import App
from intake.wiring.page.deciding.pictures import forget
from intake.wiring.page.deciding.typing import answers_typed
from intake.wiring.page.deciding.work_list import following
from intake.words.catalogue import Words

ANSWER = "answer:"
"""What the name of an answer's field begins with; its address follows."""
SHOWN = "shown:"
"""The same, of what stood in the field when it was shown."""
_UNDONE = ("accept", "same-as", "split", "merge", "reject")
"""Decisions that can be taken back."""
_DELETING = ("objection", "withdraw")
"""Decisions after which no picture of the answers is kept, not even in memory."""
_Decide = Callable[[App, str, FormData], Receipt]


def _reason(form: FormData) -> str:
    return str(form.get("reason", ""))


def _about(form: FormData) -> str:
    return str(form.get("about", ""))


_ACTS: Mapping[str, _Decide] = {
    "accept": lambda app, receipt, form: decisions.accept(app, receipt, _reason(form)),
    "same-as": lambda app, receipt, form: decisions.same_as(
        app, receipt, _about(form), _reason(form)
    ),
    "split": lambda app, receipt, form: decisions.split(app, receipt, _reason(form)),
    "merge": lambda app, receipt, form: decisions.merge_in(
        app, receipt, _about(form), _reason(form)
    ),
    "reject": lambda app, receipt, form: decisions.reject(app, receipt, _reason(form)),
    "objection": lambda app, receipt, form: decisions.objection(app, receipt, _reason(form)),
    "withdraw": lambda app, _receipt, form: decisions.withdraw(
        app, _about(form), _reason(form), objection=True
    ),
    "unlock": lambda app, receipt, form: decisions.unlock(
        app, receipt, Password(str(form.get("password", ""))), _reason(form)
    ),
}


def _acting(name: str) -> Callable[[Request], Awaitable[Response]]:
    """Return what takes one decision; the next file that waits is shown, with what was done."""

    async def act(request: Request) -> Response:
        receipt, words = request.path_params["receipt"], page_of(request).words
        form = await form_of(request)

        def done(app: App) -> Done:
            then = _then(app, receipt)
            decided = _ACTS[name](app, receipt, form)
            if name in _DELETING:
                forget()
            return _done(words, name, decided, then)

        return await acted(request, done, "/decide", _again(form))

    return act


async def give(request: Request) -> Response:
    """Give the answers that were typed; the file stays, or is accepted with them at once."""
    receipt = request.path_params["receipt"]
    form = await form_of(request)
    return await acted(request, partial(given, request, form), f"/decide/{receipt}", _again(form))


def given(request: Request, form: FormData, app: App) -> Done:
    """Set what was typed, and accept where that was asked for: the two acts of the commands."""
    receipt, words = request.path_params["receipt"], page_of(request).words
    answers = answers_typed(app, receipt, typed_answers(form), str(form.get("moves_to", "")))
    accepts = form.get("then") == "accept"
    then = _then(app, receipt)
    if answers:
        decisions.set_answers(app, receipt, answers, _reason(form))
    elif not accepts:
        return Done(words.text("web.decide.done.nothing"))
    said = words.text("web.decide.done.set", receipt=receipt, count=len(answers))
    if not accepts:
        return Done(said)
    try:
        return _done(words, "accept", decisions.accept(app, receipt, _reason(form)), then)
    except DecisionRefused as problem:
        if not answers:
            raise
        why = decisions.why_refused(problem, words, on_page=True)
        return Done(f"{said} {words.text('web.decide.done.not_accepted')} {why}")


async def undo(request: Request) -> Response:
    """Take back the newest decision; the file waits again, and is shown."""
    receipt, words = request.path_params["receipt"], page_of(request).words

    def done(app: App) -> Done:
        decisions.undo(app, receipt)
        return Done(words.text("web.decide.done.undo", receipt=receipt))

    return await acted(request, done, f"/decide/{receipt}")


def typed_answers(form: FormData) -> Typed:
    """Return what was typed, by address, in the order of the fields: what differs from what stood.

    What somebody else decided since the screen was shown is then not taken back.
    """
    names = dict.fromkeys(name for name in form if name.startswith(ANSWER) and _is_new(form, name))
    return {name.removeprefix(ANSWER): [str(text) for text in form.getlist(name)] for name in names}


def kept(form: FormData) -> Typed:
    """Return what was typed, by field, to be shown again; never a password.

    A field that was left as it stood shows what stands there now.
    """
    names = (name for name in form if name != "password" and _is_new(form, name))
    return {name: [str(text) for text in form.getlist(name)] for name in names}


def _is_new(form: FormData, name: str) -> bool:
    """Say whether a field holds something else than what was shown in it."""
    shown = SHOWN + name.removeprefix(ANSWER)
    return shown not in form or _lines(form, name) != _lines(form, shown)


def _lines(form: FormData, name: str) -> list[str]:
    """Return the texts of a field, whatever ends their lines."""
    return [line for text in form.getlist(name) for line in str(text).splitlines() if line]


def _again(form: FormData) -> Again:
    async def again(request: Request, refused: Refused) -> Response:
        return await screen(request, refused, kept(form))

    return again


def _then(app: App, receipt: str) -> str:
    return f"/decide/{following(app, receipt)}".rstrip("/")


def _done(words: Words, act: str, receipt: Receipt, then: str) -> Done:
    said = words.text(f"web.decide.done.{act}", receipt=receipt.id, subject=receipt.subject or "?")
    return Done(said, then, f"/decide/{receipt.id}/undo" if act in _UNDONE else "")


ROUTES = [
    Route("/decide/{receipt}/give", give, methods=["POST"]),
    Route("/decide/{receipt}/undo", undo, methods=["POST"]),
    *(Route(f"/decide/{{receipt}}/{name}", _acting(name), methods=["POST"]) for name in _ACTS),
]
