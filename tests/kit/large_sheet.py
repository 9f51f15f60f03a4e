"""A query sheet of the form shipped, at any size, made of a record drawn at random."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from functools import cache

from intake.model.finding import Finding, Severity
from intake.model.query import Query, QueryAction, QueryStep
from intake.model.stamp import FormStamp, SheetStamp
from intake.model.submission import Submission
from intake.pipeline.forms.written import written
from intake.pipeline.sheets.sheet import Asked, Sheet, sheet_of
from intake.ports import FormRequest
from intake.schema.sample.record import sample_record
from tests.kit.forms import check, dm_sam

_AT = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)
CONTACT = ("Dr Anne Exemple, médecine interne", "recueil@example.org", "03 00 00 00 00")


def a_sheet(
    *codes: str, language: str = "fr", most: int = 10, seed: int = 5
) -> tuple[Sheet, FormRequest]:
    """Return a sheet of the first findings with these codes, or with any, and its request."""
    form = dm_sam()
    before = _received(seed)
    found = [f for f in before.findings if f.severity is not Severity.NOTE and f.all_items]
    asked = list(_chosen(found, codes))[:most]
    sheet = SheetStamp("REI-007", 2, 1)
    stamp = FormStamp(form.id, form.version, language, form.fingerprint, "REI", sheet)
    queries = tuple(
        Query(
            number=number,
            finding=finding,
            revision=2,
            steps=(QueryStep(action=QueryAction.OPENED, at=_AT),),
            subject="REI-007",
        )
        for number, finding in enumerate(asked, start=1)
    )
    made = sheet_of(Asked(definition=form, before=before, queries=queries, stamp=stamp))
    request = FormRequest(
        language=language,
        stamp=stamp,
        sponsor="CHU de Reims",
        contact=CONTACT,
        closing_date=dt.date(2027, 3, 31),
        prefill=made.prefill,
    )
    return made, request


@cache
def _received(seed: int) -> Submission:
    """Return what the checks make of a record drawn at random."""
    form = dm_sam()
    record = sample_record(form, random.Random(seed), full=False)
    return check(written(form, record, "fr"))


def _chosen(found: list[Finding], codes: tuple[str, ...]) -> Iterator[Finding]:
    for finding in found:
        if not codes or finding.code in codes:
            yield finding
