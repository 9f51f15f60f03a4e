"""The study's long acts as buttons: what each would do, then its progress and its result."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intake.web.acting import begun
from intake.web.jobs import Done, Job, Tell
from intake.web.page import page_of
from intake.web.safety.limits import form_of
from intake.web.shown import looked, shown
from intake.wiring.app import App
from intake.wiring.study.acts import PROFILES, Act, Choice, Foreseen
from intake.wiring.study.carrying_out import carry_out
from intake.wiring.study.foreseeing import foresee
from intake.words.told import told

_SENDING = (Act.FORMS, Act.ARCHIVES, Act.PACKS, Act.HALF_WAY, Act.LAST_WEEK, Act.CLOSING)


async def sending(request: Request) -> Response:
    """Show what goes to centres, and what each button would do."""

    def look(app: App) -> list[Foreseen]:
        return [foresee(app, act) for act in _SENDING]

    return shown(request, "study/sending.html", {"acts": await looked(request, look)})


async def closing(request: Request) -> Response:
    """Show how the collection ends, and what each button would do."""

    def look(app: App) -> Foreseen:
        return foresee(app, Act.CLOSE)

    return shown(request, "study/closing.html", {"close": await looked(request, look)})


async def do(request: Request) -> Response:
    """Begin an act and lead to its progress."""
    try:
        act = Act(request.path_params["act"])
    except ValueError:
        raise HTTPException(404) from None
    form = await form_of(request)
    profile = form.get("profile")
    choice = Choice(
        profile="full" if profile == "full" else PROFILES[0],
        anyway="anyway" in form,
        with_late="with_late" in form,
        is_aware="is_aware" in form,
    )
    words = page_of(request).words

    def work(app: App, tell: Tell) -> Done:
        done = carry_out(app, act, choice, lambda text: tell(words.local(text)))
        return Done(" ".join(words.local(text) for text in done.said))

    then = "/study/sending" if act in _SENDING else "/study/closing"
    title = words.local(told(f"acts.{act.value}.title"))
    return begun(request, Job(0, f"study-{act.value}-{choice}", title, then), work)


ROUTES = [
    Route("/study/sending", sending),
    Route("/study/closing", closing),
    Route("/study/do/{act}", do, methods=["POST"]),
]
