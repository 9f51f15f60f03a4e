"""The study's settings: shown with what each is for, and changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intake.model.errors import AnswersRefused, SetupError
from intake.model.local_text import LocalText
from intake.web.acting import Refused, refused, told
from intake.web.jobs import Done
from intake.web.page import Busy, page_of
from intake.web.safety.limits import form_of
from intake.web.screens.study.typed import answers_in
from intake.web.shown import shown
from intake.wiring.study.settings import change_settings, study_folder, study_questions


async def settings(request: Request) -> Response:
    """Show what the study says of itself."""
    return await _shown(request, {}, {})


async def change(request: Request) -> Response:
    """Write what was typed into the study's file, or say what is to be corrected."""
    page, typed = page_of(request), answers_in(await form_of(request))
    words = page.words

    def act(folder: Path) -> Done:  # settings that are wrong can be mended: no study is opened
        done = change_settings(study_folder(folder), typed)
        return Done(" ".join(words.local(text) for text in done.said))

    try:
        done = await run_in_threadpool(page.act_without_study, act)
    except AnswersRefused as problem:
        said = Refused(words.text("web.study.wrong"), refused(problem, words).status)
        return await _shown(request, typed, problem.faults, said)
    except (SetupError, Busy) as problem:
        return await _shown(request, typed, {}, refused(problem, words))
    return told(request, done, "/study")


async def _shown(
    request: Request,
    typed: Mapping[str, str],
    faults: Mapping[str, LocalText],
    why: Refused | None = None,
) -> Response:
    folder = page_of(request).folder
    asked = await run_in_threadpool(lambda: study_questions(study_folder(folder), typed, faults))
    document = {
        "questions": [one for one in asked if one.is_first],
        "more": [one for one in asked if not one.is_first],
        "said": why.said if why else "",
    }
    return shown(request, "study/settings.html", document, why.status if why else 200)


ROUTES = [Route("/study", settings), Route("/study", change, methods=["POST"])]
