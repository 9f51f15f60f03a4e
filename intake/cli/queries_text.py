"""Queries as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from intake.cli.frame import WORDS, say
from intake.model.query import QueryState


def list_lines(found: Sequence[Mapping[str, Any]], *, is_narrowed: bool) -> Iterator[str]:
    """Yield one line a query, and how many are closed where no state was asked for."""
    closed = [one for one in found if one["state"] == QueryState.CLOSED.value]
    shown = found if is_narrowed else [one for one in found if one not in closed]
    if not shown:
        yield say("queries.nothing")
    for one in shown:
        yield f"{one['id']:12} {_state(one):28} {one['code']:20} {', '.join(one['items'])}".rstrip()
    if closed and not is_narrowed:
        yield say("queries.closed_too", count=len(closed))


def show_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield a query's state, its words, the answers that it is about and its steps."""
    yield f"{document['id']}  {_state(document)}"
    yield f"  {document['question'][WORDS.language]}"
    for answer in document["answers"]:
        said = answer["raw"] or answer["value"] or answer["missing"] or "***"
        yield f"  {answer['code'] or answer['item']:8} {said}"
    for step in document["steps"]:
        yield f"  {_step(step)}"


def _state(document: Mapping[str, Any]) -> str:
    if document["how"]:
        return say(f"queries.end.{document['how']}")
    return say(f"queries.state.{document['state']}")


def _step(step: Mapping[str, Any]) -> str:
    day, time = WORDS.date(step["at"][:10]), step["at"][11:16]
    done = step["how"] and say(f"queries.end.{step['how']}")
    said = done or say(f"queries.action.{step['action']}")
    where = step["receipt"] and say("queries.receipt", receipt=step["receipt"])
    sheet = step["sheet"] and say("queries.sheet_number", number=step["sheet"])
    parts = (f"{day} {time}", said, where, sheet, step["by"], step["reason"])
    return "  ".join(part for part in parts if part)
