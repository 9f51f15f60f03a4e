"""The closing report: what came, what became of it, who is analysed, as data and for paper.

Its numbers of patients are counted in the frozen dataset itself, so that both always agree.
Eligibility is what the form computes under two names; a form that computes none excludes nobody.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intake.model.receipt import Outcome
from intake.reports.paper import Block, Paper, bullets, heading, paragraph, run, table
from intake.words.catalogue import Words

ELIGIBLE, WHY_NOT = "d_eligible", "d_ineligible_reason"
"""Columns in which a form says who is in the analysis (yes, no, undetermined), and why not."""
RECORDS = "records.csv"
_OF_COLLECTING = ("pack", "remind")
"""What is to do while forms are collected, and keeps nobody from closing."""
_OWN = ("open", "process", "owed")
"""What is pending beside the tasks that the state of the study names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """What a closing is told of, beside the state of the study."""

    number: int
    sha256: str
    """Of the manifest of the frozen dataset."""
    records: bytes
    """The frozen table of the patients."""
    late: Sequence[str] = ()
    cut_back: Sequence[str] = ()


def pending(status: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what is not finished: the days left, what is to do, what centres still owe."""
    found = []
    if status["calendar"]["state"] != "closed":
        found.append({"what": "open", "count": max(1, status["calendar"]["days_left"])})
    found += [
        {"what": one["what"], "count": one["count"]}
        for one in status["to_do"]
        if one["what"] not in _OF_COLLECTING
    ]
    asked = status["open_queries"]["patients"]
    return [*found, {"what": "owed", "count": asked}] if asked else found


def closing_document(status: Mapping[str, Any], closed: Closed) -> dict[str, Any]:
    """Return the closing report, ready for JSON; no patient but by number."""
    rows = list(csv.DictReader(io.StringIO(closed.records.decode("utf-8-sig"))))
    states = Counter(row.get(ELIGIBLE) or "yes" for row in rows)
    reasons = {state: _reasons(rows, state) for state in ("no", "undetermined")}
    return {
        "freeze": closed.number,
        "manifest_sha256": closed.sha256,
        "form": status["form"],
        "title": status["title"],
        "day": status["today"],
        "closes": status["calendar"]["closes"],
        "files": status["files"],
        "patients": status["patients"],
        "late": list(closed.late),
        "cut_back": list(closed.cut_back),
        "frozen": len(rows),
        "not_eligible": {"count": states["no"], "reasons": reasons["no"]},
        "undetermined": {"count": states["undetermined"], "reasons": reasons["undetermined"]},
        "analysed": states["yes"],
        "pending": pending(status),
    }


def closing_paper(document: Mapping[str, Any], words: Words) -> Paper:
    """Return the closing report for paper."""
    return Paper(
        title=words.text("closing.title"),
        language=words.language,
        kicker=document["title"],
        number=words.text("closing.freeze", number=document["freeze"]),
        heading=words.text("closing.title"),
        foot=words.text("closing.digest", digest=document["manifest_sha256"]),
        blocks=tuple(_blocks(document, words)),
    )


def _blocks(document: Mapping[str, Any], words: Words) -> Iterator[Block]:
    days = {key: words.date(document[key]) for key in ("day", "closes")}
    is_early = any(one["what"] == "open" for one in document["pending"])
    yield paragraph(run(words.text("closing.early" if is_early else "closing.lead", **days)))
    files = document["files"]
    yield heading(words.text("closing.files"))
    yield _counts(
        words,
        (
            (words.text("closing.received"), files["total"]),
            *((words.outcome(one), files[one.value]) for one in Outcome if files[one.value]),
        ),
    )
    yield heading(words.text("closing.patients"))
    yield _counts(words, _flow(document, words))
    for key in ("not_eligible", "undetermined"):
        if document[key]["reasons"]:
            yield heading(words.text(f"closing.why.{key}"), 3)
            yield _counts(words, document[key]["reasons"].items())
    yield from _named(document, words)
    if document["pending"]:
        yield heading(words.text("closing.pending"))
        yield bullets([run(line)] for line in pending_lines(document["pending"], words))


def pending_lines(found: Iterable[Mapping[str, Any]], words: Words) -> Iterator[str]:
    """Yield what is not finished in words, and how many."""
    for one in found:
        room = "closing" if one["what"] in _OWN else "status"
        yield words.text(f"{room}.task.{one['what']}", count=one["count"])


def _flow(document: Mapping[str, Any], words: Words) -> Iterator[tuple[str, int]]:
    yield words.text("closing.in_dataset"), document["patients"]
    if document["late"]:
        yield words.text("closing.late"), len(document["late"])
    yield words.text("closing.not_eligible"), document["not_eligible"]["count"]
    yield words.text("closing.undetermined"), document["undetermined"]["count"]
    yield words.text("closing.analysed"), document["analysed"]


def _named(document: Mapping[str, Any], words: Words) -> Iterator[Block]:
    for key in ("late", "cut_back"):
        if document[key]:
            yield heading(words.text(f"closing.named.{key}"), 3)
            yield paragraph(run(", ".join(document[key])))


def _reasons(rows: Iterable[Mapping[str, str]], state: str) -> dict[str, int]:
    """Return how often each reason is given; a patient may have several."""
    given = (row.get(WHY_NOT, "") for row in rows if row.get(ELIGIBLE) == state)
    counts = Counter(reason for text in given for reason in text.split(";") if reason)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _counts(words: Words, lines: Iterable[tuple[str, int]]) -> Block:
    return table((), [(label, words.number(count)) for label, count in lines], (1, 0))
