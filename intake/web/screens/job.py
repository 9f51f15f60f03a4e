"""How far a long act is, and what it came to."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intake.web.acting import refused
from intake.web.asked import whole_number
from intake.web.jobs import Job
from intake.web.page import page_of
from intake.web.shown import shown


async def job(request: Request) -> Response:
    """Show a long act; asked with ``?part``, what changes of it alone."""
    found = page_of(request).jobs.get(whole_number(request.path_params["number"]) or 0)
    if found is None:
        raise HTTPException(404)
    template = "job_part.html" if "part" in request.query_params else "job.html"
    return shown(request, template, {"job": found, "refused": _why(request, found)})


def _why(request: Request, found: Job) -> str:
    fault = found.fault
    return refused(fault, page_of(request).words).said if fault else ""


ROUTES = [Route("/job/{number}", job)]
