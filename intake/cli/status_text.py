"""The state of the collection as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from intake.cli.frame import WORDS, say
from intake.model.receipt import Outcome

_MOST_CODES = 5
"""How many rules are listed; the document has all."""


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
    yield from _query_lines(document["open_queries"], document["closed_queries"])
    yield ""
    yield _closing(calendar)
    yield from (say(f"status.lack_{name}") for name in document["not_taken_away"])


def _query_lines(still: Mapping[str, Any], closed: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield open queries by centre, with their days; of closed ones, what changed an answer."""
    yield _line("queries", still["total"])
    for centre, waited in still["centres"].items():
        yield f"      {centre}: {say('status.waited', **waited)}"
    if not closed:
        return
    total, changed = (sum(one[name] for one in closed) for name in ("closed", "changed"))
    yield _line("changed", f"{changed} / {total} ({round(100 * changed / total)} %)")
    for one in sorted(closed, key=lambda one: -one["closed"])[:_MOST_CODES]:
        yield f"      {one['code']}: {one['changed']} / {one['closed']}"


def _closing(calendar: Mapping[str, Any]) -> str:
    closing = say("status.closing", date=WORDS.date(calendar["closes"]))
    if calendar["state"] == "closed":
        return f"{closing} ({say('status.closed')})"
    return f"{closing} ({say('status.days_left', days=calendar['days_left'])})"


def _line(key: str, value: object) -> str:
    return f"{say(f'status.{key}'):45} {value}"
