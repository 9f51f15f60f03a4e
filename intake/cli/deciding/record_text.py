"""A record and its history as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from intake.cli.deciding.review_text import value_line
from intake.cli.frame import WORDS, say


def record_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield a record's head, what is asked of it, then its answers."""
    state = say(f"record.state.{document['state']}")
    revision = say("audit.revision", number=document["revision"])
    day = WORDS.date(document["received"][:10])
    yield f"{document['record']}  {state}  {revision}  {document['receipt']}  {day}"
    yield say("review.original", path=document["original"])
    for finding in document["findings"]:
        where = finding["location"] or {}
        yield f"  {where.get('code') or '-'}  {finding['message'][WORDS.language]}"
    for value in document["values"]:
        yield value_line(value)
    if any(value["hidden"] for value in document["values"]):
        yield say("review.hidden")


def history_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield each file of a record with what it changed, who decided what, why."""
    for revision in document["revisions"]:
        yield _head(revision)
        for change in revision["changes"]:
            said = [change["before"] or "-", change["after"] or "-"]
            yield f"    {change['code']:6} {said[0]} → {said[1]}"
        for decision in revision["decisions"]:
            yield _decision(decision, _who(document["events"], revision, decision))


def _head(revision: Mapping[str, Any]) -> str:
    day = WORDS.date(revision["received"][:10])
    number = revision["revision"]
    told = say("audit.revision", number=number) if number else ""
    kind = revision["format"] or say("record.no_file")
    outcome = WORDS.text(f"outcome.{revision['outcome']}")
    return "  ".join(part for part in (revision["receipt"], day, kind, told, outcome) if part)


def _decision(decision: Mapping[str, Any], who: str) -> str:
    action = say(f"audit.action.{decision['action']}", code=decision["code"] or "")
    day = WORDS.date(decision["at"][:10])
    parts = (f"{day} {decision['at'][11:16]}", who, action, decision["reason"])
    return "    " + "  ".join(part for part in parts if part)


def _who(
    events: Iterable[Mapping[str, Any]], revision: Mapping[str, Any], decision: Mapping[str, Any]
) -> str:
    """Return who took a decision, as the audit chain has it."""
    same = (
        event["by"]
        for event in events
        if event["receipt"] == revision["receipt"] and event.get("action") == decision["action"]
    )
    return next(same, "")
