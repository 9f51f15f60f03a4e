"""The letters: drafted when due, read, copied or opened, marked as sent, dropped."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intake.model.mail.message import MessageKind
from intake.web.acting import acted, begun, told
from intake.web.asked import address, narrowed_by, narrowing, page_number, whole_number
from intake.web.download import handed_over
from intake.web.jobs import Done, Job, Tell
from intake.web.page import page_of
from intake.web.safety.limits import form_of
from intake.web.shown import looked, shown
from intake.wiring.app import App
from intake.wiring.conduct.drafts import Planned, Wanted
from intake.wiring.conduct.ledger import drop as drop_letters
from intake.wiring.conduct.ledger import mark_sent
from intake.wiring.shown.centres import centre_ids
from intake.wiring.shown.letters import (
    draft,
    draft_file,
    due_letters,
    letter_list,
    mark_all_sent,
    sendable,
)
from intake.wiring.shown.letters import letter as letter_document


async def letters(request: Request) -> Response:
    """Show the letters to send, or those that went, and what is due."""
    filters, page = narrowing(request, "state", "centre"), page_number(request)
    found, due, ready, centres = await looked(
        request,
        lambda app: (
            letter_list(app, page=page, **filters),
            due_letters(app),
            sendable(app),
            centre_ids(app),
        ),
    )
    document = {"list": found, "due": due, "ready": ready, "filters": filters, "centres": centres}
    document["address"] = address("/letters", filters, page="")
    return shown(request, "lists/letters.html", document)


async def letter(request: Request) -> Response:
    """Show one letter."""
    key = request.path_params["key"]
    found = await looked(request, lambda app: letter_document(app, key))
    return shown(request, "lists/letter.html", {"letter": found})


async def eml(request: Request) -> Response:
    """Hand over a draft, to be opened in a mail program."""
    key = request.path_params["key"]
    found = await looked(request, lambda app: draft_file(app, key))
    if found is None:
        raise HTTPException(404)
    return handed_over(f"{key}.eml", found)


async def sent(request: Request) -> Response:
    """Mark letters as sent: those that are named, or all that nothing holds back."""
    form, words = await form_of(request), page_of(request).words
    keys = [str(key) for key in form.getlist("key")]
    expected = whole_number(narrowed_by(form, "count"))
    if not keys and expected is None:
        return told(request, Done(words.text("web.letters.none_chosen")), "/letters")

    def act(app: App) -> Done:
        done = len(mark_sent(app, keys)) if expected is None else mark_all_sent(app, expected)
        return Done(words.text("web.letters.marked", count=done))

    return await acted(request, act, "/letters")


async def drop(request: Request) -> Response:
    """Delete drafts that are not to be sent."""
    form, words = await form_of(request), page_of(request).words
    keys = [str(key) for key in form.getlist("key")]
    if not keys:
        return told(request, Done(words.text("web.letters.none_chosen")), "/letters")

    def act(app: App) -> Done:
        return Done(words.text("web.letters.dropped", count=len(drop_letters(app, keys))))

    return await acted(request, act, "/letters")


async def draft_due(request: Request) -> Response:
    """Begin to draft the letters of a kind that are due."""
    form, words = await form_of(request), page_of(request).words
    kind = str(form.get("kind", ""))
    if kind not in {known.value for known in MessageKind}:
        raise HTTPException(404)

    def work(app: App, tell: Tell) -> Done:
        def progress(due: Planned) -> None:
            tell(due.key)

        count = draft(app, kind, Wanted(progress=progress))
        said = "drafted" if count else "nothing_due"
        return Done(words.text(f"web.letters.{said}", count=count))

    job = Job(0, f"draft {kind}", words.text("web.letters.drafting"), "/letters")
    return begun(request, job, work)


ROUTES = [
    Route("/letters", letters),
    Route("/letters/sent", sent, methods=["POST"]),
    Route("/letters/drop", drop, methods=["POST"]),
    Route("/letters/draft", draft_due, methods=["POST"]),
    Route("/letters/{key}", letter),
    Route("/letters/{key}/draft", eml),
]
