"""``recheck`` as one document: what the newest rules change in what is said of each record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from intake.model.finding import Finding
from intake.model.finding_codes import engine_code
from intake.pipeline.desk import Desk
from intake.pipeline.review.recheck import RecordRechecked, recheck_records
from intake.wiring.app import App


def recheck_study(app: App, *, ask_new: bool, keeps: bool) -> dict[str, Any]:
    """Apply the newest rules to every record and return what changed; keep it, if told to.

    Raises DefinitionError when the schema of a record's version is not there.
    """
    newest = app.definition

    def work(desk: Desk) -> list[RecordRechecked]:
        return list(recheck_records(desk, newest, ask_new=ask_new, keeps=keeps))

    done = app.at_work(work)
    return {
        "form": newest.id,
        "version": newest.version,
        "kept": keeps,
        "checked": len(done),
        "records": [_record(each) for each in done if each.is_changed],
    }


def _record(done: RecordRechecked) -> dict[str, Any]:
    return {
        "record": done.record.subject,
        "version": done.record.submission.version,
        "appeared": _told(done.found.appeared),
        "gone": _told(done.found.gone),
        "reworded": _told(done.found.reworded),
    }


def _told(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings without any answer: which question, not what was entered."""
    return [
        {
            "code": finding.code,
            "severity": finding.severity.value,
            "item": finding.item,
            "row": finding.row,
            "place": finding.location.code if finding.location else None,
            "is_rule": engine_code(finding.code) is None,
        }
        for finding in findings
    ]
