"""The journal, in words, and its verification."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intake.model.tally import LoggedEvent
from intake.web.acting import begun
from intake.web.asked import address, narrowing, page_number
from intake.web.jobs import Done, Job, Tell
from intake.web.page import page_of
from intake.web.shown import looked, shown
from intake.wiring.app import App
from intake.wiring.audit import VERIFIED
from intake.wiring.shown.journal import KINDS
from intake.wiring.shown.journal import journal as journal_document
from intake.words.catalogue import Words


async def journal(request: Request) -> Response:
    """Show what happened, the newest first."""
    filters, page = narrowing(request, "kind"), page_number(request)
    found, head = await looked(
        request, lambda app: (journal_document(app, page=page, **filters), app.store.head)
    )
    words = page_of(request).words
    document = {
        "list": found,
        "head": head,
        "filters": filters,
        "kinds": list(KINDS),
        "what": {one.seq: _what(one, words) for one in found.lines},
        "address": address("/journal", filters, page=""),
    }
    return shown(request, "lists/journal.html", document)


async def verify(request: Request) -> Response:
    """Begin to verify the store, its chain and the originals, whole."""
    words = page_of(request).words

    def work(app: App, _tell: Tell) -> Done:
        found = app.audit()
        said = [words.text(f"cli.audit.{found['audit']}", head=found["head"])]
        if found["audit"] != VERIFIED:
            said += [
                words.text(f"cli.audit.original.{one['condition']}", file=one["file"]).strip()
                for one in found["originals"]
            ]
        return Done(" ".join(said))

    job = Job(0, "verify", words.text("web.journal.verifying"), "/journal")
    return begun(request, job, work)


def _what(one: LoggedEvent, words: Words) -> str:
    """Say what happened, with what became of the file, and the revision."""
    detail = one.detail
    said = [_event(one, words)]
    if "outcome" in detail:
        said.append(words.text(f"outcome.{detail['outcome']}"))
    if "revision" in detail:
        said.append(words.text("cli.audit.revision", number=detail["revision"]))
    return " · ".join(said)


def _event(one: LoggedEvent, words: Words) -> str:
    detail = one.detail
    if "query" in detail:
        how = f".{detail['how']}" if "how" in detail else ""
        return words.text(f"cli.audit.query.{detail['action']}{how}", query=detail["query"])
    if "action" in detail:
        return words.text(f"cli.audit.action.{detail['action']}", code=detail.get("code", ""))
    keys = (f"cli.audit.event.{one.event}", f"web.journal.event.{one.event}")
    key = next(filter(words.has, keys), "web.journal.event.other")
    return words.text(key, number=detail.get("number", ""))


ROUTES = [Route("/journal", journal), Route("/journal/verify", verify, methods=["POST"])]
