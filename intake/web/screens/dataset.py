"""The dataset: what is in it, writing it into a folder, what was frozen."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intake.web.acting import begun
from intake.web.jobs import Done, Job, Tell
from intake.web.page import page_of
from intake.web.safety.limits import form_of
from intake.web.shown import is_there, looked, shown
from intake.wiring.app import App
from intake.wiring.shown.dataset import PROFILES, export_into
from intake.wiring.shown.dataset import dataset as dataset_document


async def dataset(request: Request) -> Response:
    """Show the dataset."""
    return await _screen(request)


async def export(request: Request) -> Response:
    """Begin to write the dataset into a folder; identifying answers only after a yes."""
    form, words = await form_of(request), page_of(request).words
    folder, profile = str(form.get("folder", "")), str(form.get("profile", ""))
    if profile not in PROFILES or (profile == "full" and form.get("agreed") != "yes"):
        return await _screen(request, words.text("web.dataset.not_agreed"), folder, profile)

    def work(app: App, tell: Tell) -> Done:
        tell(words.text("web.dataset.writing"))
        names = export_into(app, folder, profile)
        return Done(words.text("web.dataset.written", count=len(names), folder=folder.strip()))

    job = Job(0, "export", words.text("web.dataset.export"), "/dataset")
    return begun(request, job, work)


async def _screen(
    request: Request, problem: str = "", folder: str = "", profile: str = "analysis"
) -> Response:
    found = await looked(request, dataset_document)
    document = {
        "dataset": found,
        "problem": problem,
        "folder": folder or found["proposed"],
        "profile": profile,
        "can_close": is_there(request, "/study"),
    }
    return shown(request, "lists/dataset.html", document, 422 if problem else 200)


ROUTES = [Route("/dataset", dataset), Route("/dataset/export", export, methods=["POST"])]
