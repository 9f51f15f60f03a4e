"""Queries as data for the coordinator: the list, one with its steps, and what was counted.

No identifying or free-text answer. The words of centres and of the study are for the
coordinator alone: they leave by no other way.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from intake.findings.wording import finding_words
from intake.model.address import Place
from intake.model.definition import FormDefinition
from intake.model.query import Query, QueryAction, QueryStep, answers_named
from intake.model.submission import Submission, Value, value_text
from intake.model.tally import CodeTally, OpenTally
from intake.privacy.quoting import may_repeat
from intake.words.catalogue import LANGUAGES, Words


def query_document(query: Query) -> dict[str, Any]:
    """Return one line of the list."""
    asked = query.last(QueryAction.ASKED)
    sheets = [step.sheet for step in query.steps if step.action is QueryAction.ASKED and step.sheet]
    return {
        "id": query.id,
        "record": query.subject,
        "items": list(query.finding.all_items),
        "state": query.state.value,
        "how": query.how.value if query.how else None,
        "code": query.finding.code,
        "asked": _when(asked),
        "answered": _when(query.last(QueryAction.ANSWERED)),
        "closed": _when(query.steps[-1]) if query.is_closed else None,
        "sheet": sheets[-1] if sheets else None,
    }


def whole_query(
    query: Query, submission: Submission, definition: FormDefinition | None
) -> dict[str, Any]:
    """Return one query with its words, the answers that it is about, and every step."""
    return query_document(query) | {
        "centre": query.centre,
        "severity": query.finding.severity.value,
        "row": query.finding.row,
        "revision": query.revision,
        "question": {
            language: finding_words(Words(language), query.finding, definition).message
            for language in LANGUAGES
        },
        "answers": [
            _answer(value, definition) for value in answers_named(query.finding, submission)
        ],
        "steps": [_step(step) for step in query.steps],
    }


def open_by_centre(asked: Iterable[OpenTally], today: dt.date) -> dict[str, dict[str, int]]:
    """Return, by centre, how many queries are not closed and for how many days."""
    days: dict[str, Counter[int]] = defaultdict(Counter)
    for one in asked:
        days[one.centre][max(0, (today - one.since).days)] += one.count  # clocks go back
    return {
        centre: {
            "open": waited.total(),
            "median_days": int(statistics.median(waited.elements())),
            "longest_days": max(waited),
        }
        for centre, waited in sorted(days.items())
    }


def closed_by_code(codes: Iterable[CodeTally]) -> list[dict[str, Any]]:
    """Return, by rule or code, how many queries are closed, and how many changed an answer."""
    return [
        {
            "code": one.code,
            "closed": one.closed,
            "changed": one.changed,
            "changed_percent": round(100 * one.changed / one.closed),
        }
        for one in codes
    ]


def _when(step: QueryStep | None) -> str | None:
    return step.at.isoformat() if step else None


def _step(step: QueryStep) -> dict[str, Any]:
    return {
        "action": step.action.value,
        "at": step.at.isoformat(),
        "by": step.by,
        "how": step.how.value if step.how else None,
        "receipt": step.receipt,
        "sheet": step.sheet,
        "reason": step.reason,
    }


def _answer(value: Value, definition: FormDefinition | None) -> Mapping[str, Any]:
    item = definition.items.get(value.item) if definition else None
    text = "" if value.value is None else value_text(value.value)
    is_shown = may_repeat(value.raw or text, item, definition)
    return {
        "item": value.item,
        "row": value.row,
        "code": Place(item, value.row).code if item else None,
        "value": (text or value.bound) if is_shown else None,
        "missing": value.missing.value if value.missing else None,
        "raw": value.raw if is_shown else None,
    }
