"""The first start, while the folder holds no study: what is asked, and making the study."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from intake.model.errors import AnswersRefused, DefinitionError, SetupError
from intake.model.local_text import LocalText
from intake.web.acting import refused, told
from intake.web.jobs import Done
from intake.web.page import Busy, page_of
from intake.web.safety.limits import form_of
from intake.web.screens.study.typed import answers_in
from intake.web.shown import shown
from intake.wiring.study.beginning import begin_study, questions_to_begin

_OF_THE_FORM = ("study.title.", "study.languages")
"""What a schema says itself: typed before it was read, it was said of another form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What stands in the fields."""

    answers: Mapping[str, str]
    schema: bytes | None = None
    name: str = ""
    """Of the schema's file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What is said above the fields and beside them."""

    said: str = ""
    faults: Mapping[str, LocalText] = field(default_factory=dict)
    status: int = 200
    is_read: bool = False
    """Whether a schema was just read."""


async def first(request: Request) -> Response:
    """Ask what is needed to begin; a folder that holds a study is led to it."""
    if page_of(request).has_study:
        return RedirectResponse("/study", status_code=303)
    return await _asked(request, _Typed(answers={}))


async def begin(request: Request) -> Response:
    """Make the study, read another form's schema first, or say what is to be corrected."""
    page = page_of(request)
    if page.has_study:
        return RedirectResponse("/study", status_code=303)
    form = await form_of(request)
    typed, is_new = await _typed(form)
    await form.close()
    if is_new or form.get("action") in ("look", "shipped"):
        return await _read(request, typed)
    try:
        await run_in_threadpool(
            page.act_without_study,
            lambda folder: begin_study(folder, typed.schema, typed.answers),
        )
    except DefinitionError as problem:
        return await _again(request, replace(typed, schema=None, name=""), problem)
    except (SetupError, Busy) as problem:
        return await _again(request, typed, problem)
    return told(request, Done(page.words.text("web.first.done")), "/study/centres")


async def _read(request: Request, typed: _Typed) -> Response:
    """Ask anew about the form that was chosen; what is of the other form is not kept."""
    own = {key: text for key, text in typed.answers.items() if not key.startswith(_OF_THE_FORM)}
    fresh = _Typed(answers=own, schema=typed.schema, name=typed.name)
    try:
        return await _asked(request, fresh, _Told(is_read=typed.schema is not None))
    except SetupError as problem:
        return await _again(request, _Typed(answers=own), problem)


async def _again(request: Request, typed: _Typed, problem: SetupError | Busy) -> Response:
    faults = problem.faults if isinstance(problem, AnswersRefused) else {}
    found = refused(problem, page_of(request).words)
    said = page_of(request).words.text("web.study.wrong") if faults else found.said
    return await _asked(request, typed, _Told(said=said, faults=faults, status=found.status))


async def _asked(request: Request, typed: _Typed, why: _Told | None = None) -> Response:
    why = why or _Told()
    asked = await run_in_threadpool(questions_to_begin, typed.schema, typed.answers, why.faults)
    kept = base64.b64encode(typed.schema or b"").decode()
    document = {
        "folder": page_of(request).folder,
        "questions": asked,
        "schema": kept,
        "name": typed.name,
        "said": why.said,
        "is_read": why.is_read,
    }
    return shown(request, "first.html", document, why.status)


async def _typed(form: FormData) -> tuple[_Typed, bool]:
    """Return what was typed, and whether a schema was just given."""
    answers = answers_in(form)
    if form.get("action") == "shipped":
        return _Typed(answers=answers), False
    given = form.get("schema")
    if isinstance(given, UploadFile) and given.filename:
        return _Typed(answers=answers, schema=await given.read(), name=given.filename[:80]), True
    kept = _kept(str(form.get("schema_kept", "")))
    return _Typed(answers=answers, schema=kept, name=str(form.get("schema_name", ""))[:80]), False


def _kept(text: str) -> bytes | None:
    """Return the schema that a field holds; nothing that can be read, where it was altered."""
    try:
        return base64.b64decode(text, validate=True) if text else None
    except binascii.Error:
        return b""


ROUTES = [Route("/first", first), Route("/first", begin, methods=["POST"])]
