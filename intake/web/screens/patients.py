"""The patients, and one of them: answers, revisions, questions, letters."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intake.web.acting import Again, Refused, acted
from intake.web.asked import address, narrowing, page_number, sees_all
from intake.web.jobs import Done
from intake.web.page import page_of
from intake.web.safety.limits import form_of
from intake.web.shown import looked, shown
from intake.wiring.app import App
from intake.wiring.decisions import withdraw as withdraw_record
from intake.wiring.queries import ask as ask_query
from intake.wiring.sheets import WantedSheet, write_sheet
from intake.wiring.shown.centres import centre_ids
from intake.wiring.shown.patients import patient as patient_document
from intake.wiring.shown.patients import patient_list


async def patients(request: Request) -> Response:
    """Show the patients in the dataset."""
    filters, page = narrowing(request, "number", "centre", "state"), page_number(request)
    found, centres = await looked(
        request, lambda app: (patient_list(app, page=page, **filters), centre_ids(app))
    )
    document = {"list": found, "filters": filters, "centres": centres}
    document["address"] = address("/patients", filters, page="")
    return shown(request, "lists/patients.html", document)


async def patient(request: Request) -> Response:
    """Show one patient."""
    return await _screen(request)


async def ask(request: Request) -> Response:
    """Open a question of the study's own about one answer."""
    form, number = await form_of(request), request.path_params["number"]
    words = page_of(request).words

    def act(app: App) -> Done:
        asked = ask_query(app, number, str(form.get("place", "")), str(form.get("text", "")))
        return Done(words.text("web.patient.asked", query=asked["id"]))

    return await acted(request, act, _address(number), _again("ask"))


async def sheet(request: Request) -> Response:
    """Write the sheet of what is asked of the patient."""
    number, words = request.path_params["number"], page_of(request).words

    def act(app: App) -> Done:
        made = write_sheet(app, WantedSheet(record=number))
        return Done(words.text("web.patient.sheet_made", path=made.path, count=made.questions))

    return await acted(request, act, _address(number), _again("sheet"))


async def withdraw(request: Request) -> Response:
    """Take the patient out of the dataset."""
    form, number = await form_of(request), request.path_params["number"]
    words = page_of(request).words

    def act(app: App) -> Done:
        receipt = withdraw_record(app, number, str(form.get("reason", "")))
        said = words.text("web.patient.withdrawn", number=number)
        return Done(said, undo=f"/files/{receipt.id}/undo")

    return await acted(request, act, _address(number), _again("withdraw"))


def _again(act: str) -> Again:
    async def again(request: Request, refused: Refused) -> Response:
        return await _screen(request, act, refused)

    return again


async def _screen(request: Request, act: str = "", refused: Refused | None = None) -> Response:
    number, words, identity = (
        request.path_params["number"],
        page_of(request).words,
        sees_all(request),
    )
    document = await looked(
        request, lambda app: patient_document(app, number, words, identity=identity)
    )
    typed = dict(await form_of(request)) if refused else {}
    problem = {"act": act, "problem": refused.said if refused else "", "typed": typed}
    whole = {"patient": document, "sees_all": identity, **problem}
    return shown(request, "lists/patient.html", whole, refused.status if refused else 200)


def _address(number: str) -> str:
    return f"/patients/{number}"


ROUTES = [
    Route("/patients", patients),
    Route("/patients/{number}", patient),
    Route("/patients/{number}/ask", ask, methods=["POST"]),
    Route("/patients/{number}/sheet", sheet, methods=["POST"]),
    Route("/patients/{number}/withdraw", withdraw, methods=["POST"]),
]
