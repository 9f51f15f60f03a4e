"""The state of the collection as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from intake.cli.frame import WORDS, say
from intake.model.receipt import Outcome

_MOST_CODES = 5
"""How many rules are listed; the document has all."""
MOST_LINES = 20
"""How many files or patients are listed under one head; the document has all."""


def status_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a status document, what is left to do first.

    ``owed`` has the first patients of whom something is asked.
    """
    yield document["title"]
    yield _closing(document["calendar"])
    yield ""
    yield from _to_do(document["to_do"])
    yield ""
    yield from _received(document)
    yield from _centre_lines(document["centres"])
    yield from _owed_lines(document["open_queries"]["patients"], document["owed"])
    median = document["completeness"]["median_percent"]
    yield _line("completeness", "-" if median is None else f"{median} %")
    yield from _query_lines(document["open_queries"], document["closed_queries"])
    yield from (say(f"status.lack_{name}") for name in document["not_taken_away"])


def _to_do(tasks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield WORDS.text("status.to_do")
    if not tasks:
        yield f"  {WORDS.text('status.nothing')}"
    for number, task in enumerate(tasks, start=1):
        yield f"  {number}. {WORDS.text('status.task.' + task['what'], count=task['count'])}"
        for file in task.get("files", ())[:MOST_LINES]:
            why = "; ".join(WORDS.local(one["title"]) for one in file["decide"])
            about = file["record"] or file["centre"] or ""
            yield "       " + "  ".join(part for part in (file["receipt"], about, why) if part)
        named = task.get("patients") or task.get("centres") or ()
        if named:
            yield f"       {', '.join(named)}"


def _received(document: Mapping[str, Any]) -> Iterator[str]:
    files, expected = document["files"], document["expected"]
    yield _line("files", files["total"])
    for outcome in Outcome:
        if files[outcome.value]:
            yield f"      {WORDS.outcome(outcome)}: {files[outcome.value]}"
    patients = document["patients"]
    yield _line("patients", f"{patients} / {expected}" if expected else patients)
    if document["late"]:
        yield f"      {WORDS.text('status.late')}: {document['late']}"


def _centre_lines(centres: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield one line a centre: its patients, what it owes, when it was last heard."""
    answered = sum(centre["patients"] > 0 for centre in centres)
    yield _line("centres", f"{answered} / {len(centres)}")
    for centre in centres:
        patients = str(centre["patients"])
        if centre["expected"] is not None:
            patients += f" / {centre['expected']}"
        parts = [patients]
        if centre["points"]:
            parts.append(say("status.points", count=centre["points"]))
        if centre["last_contact"]:
            parts.append(say("status.last", date=WORDS.date(centre["last_contact"])))
        if centre["silent"]:
            parts.append(WORDS.text("status.silent"))
        yield f"      {centre['id']}: {', '.join(parts)}"


def _owed_lines(owing: int, patients: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield one line for each of the first patients of whom something is asked."""
    yield _line("owing", owing)
    for one in patients:
        codes = dict.fromkeys(code for point in one["owes"] for code in point["codes"])
        yield f"      {one['record']}: {', '.join(codes)}"
    if owing > MOST_LINES:
        yield f"      {say('status.more', count=owing - MOST_LINES)}"


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
    days = {name: WORDS.date(calendar[name]) for name in ("opens", "closes", "reminder")}
    state = "reminder_due" if calendar["reminder_due"] else calendar["state"]
    said = WORDS.text(f"status.calendar.{state}", **days)
    left = calendar["days_left"]
    key = "days_left" if left > 0 else "days_over" if left else "days_today"
    return f"{said} ({abs(left)} {WORDS.text(f'status.{key}', count=abs(left))})"


def _line(key: str, value: object) -> str:
    return f"{say(f'status.{key}'):45} {value}"
