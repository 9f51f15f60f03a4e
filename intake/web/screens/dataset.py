"""The dataset: what is in it, writing it into a folder, what was frozen."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intake.model.file.export_format import ExportFormat
from intake.web.acting import begun
from intake.web.jobs import Done, Job, Tell
from intake.web.page import page_of
from intake.web.safety.limits import form_of
from intake.web.shown import is_there, looked, shown
from intake.wiring.app import App
from intake.wiring.shown.dataset import PROFILES, export_into
from intake.wiring.shown.dataset import dataset as dataset_document

NOTHING_TYPED = {"folder": "", "profile": PROFILES[0], "format": ExportFormat.CSV.value}


async def dataset(request: Request) -> Response:
    """Show the dataset."""
    return await _screen(request)


async def export(request: Request) -> Response:
    """Begin to write the dataset into a folder; identifying answers only after a yes."""
    form, words = await form_of(request), page_of(request).words
    folder, profile = str(form.get("folder", "")), str(form.get("profile", ""))
    asked = str(form.get("format", ""))
    to = ExportFormat(asked) if asked in list(ExportFormat) else ExportFormat.CSV
    if profile not in PROFILES or (profile == "full" and form.get("agreed") != "yes"):
        typed = {"folder": folder, "profile": profile, "format": to.value}
        return await _screen(request, words.text("web.dataset.not_agreed"), typed)

    def work(app: App, tell: Tell) -> Done:
        tell(words.text("web.dataset.writing"))
        names = export_into(app, folder, profile, to)
        return Done(words.text("web.dataset.written", count=len(names), folder=folder.strip()))

    job = Job(0, f"export {profile} {to} {folder}", words.text("web.dataset.export"), "/dataset")
    return begun(request, job, work)


async def _screen(
    request: Request, problem: str = "", typed: Mapping[str, str] = NOTHING_TYPED
) -> Response:
    found, words = await looked(request, dataset_document), page_of(request).words
    document = {
        **typed,
        "dataset": found,
        "problem": problem,
        "folder": typed["folder"] or found["proposed"],
        "formats": [
            (one.value, words.text(f"web.dataset.formats.{one.value}")) for one in ExportFormat
        ],
        "can_close": is_there(request, "/study"),
    }
    return shown(request, "lists/dataset.html", document, 422 if problem else 200)


ROUTES = [Route("/dataset", dataset), Route("/dataset/export", export, methods=["POST"])]
