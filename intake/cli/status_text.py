"""The state of the collection as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from intake.cli.frame import WORDS, say
from intake.model.receipt import Outcome


def status_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a status document."""
    files, patients, calendar = document["files"], document["patients"], document["calendar"]
    yield document["title"]
    yield ""
    yield _line("files", files["total"])
    for outcome in Outcome:
        if files[outcome.value]:
            yield f"      {WORDS.outcome(outcome)}: {files[outcome.value]}"
    yield _line("patients", patients)
    listed = document["centres"]
    answered = sum(centre["patients"] > 0 for centre in listed)
    yield _line("centres", f"{answered} / {len(listed)}")
    for centre in listed:
        yield f"      {centre['id']}: {centre['patients']}"
    median = document["completeness"]["median_percent"]
    yield _line("completeness", "-" if median is None else f"{median} %")
    yield _line("queries", document["open_queries"]["total"])
    yield ""
    yield _closing(calendar)
    yield from (say(f"status.lack_{name}") for name in document["not_taken_away"])


def _closing(calendar: Mapping[str, Any]) -> str:
    closing = say("status.closing", date=WORDS.date(calendar["closes"]))
    if calendar["state"] == "closed":
        return f"{closing} ({say('status.closed')})"
    return f"{closing} ({say('status.days_left', days=calendar['days_left'])})"


def _line(key: str, value: object) -> str:
    return f"{say(f'status.{key}'):45} {value}"
