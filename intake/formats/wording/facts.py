"""What the first page of a form says beside how to fill it: who, how long, where to, until when.

The three formats print the same facts; where they stand on the page is each writer's.
"""

from __future__ import annotations

from collections.abc import Iterator

from intake.ports import FormRequest
from intake.words.catalogue import Words


def facts(words: Words, request: FormRequest) -> Iterator[tuple[str, list[str]]]:
    """Yield each fact as its title and its lines; a query sheet needs no telling by whom."""
    if request.stamp.sheet is None:
        yield words.text("form.who"), list(_who(words, request))
    yield words.text("form.contact"), list(request.contact) or [words.text("form.contact_text")]
    if request.closing_date is not None:
        date = words.date(request.closing_date.isoformat())
        yield words.text("form.closing"), [words.text("form.closing_text", date=date)]


def _who(words: Words, request: FormRequest) -> Iterator[str]:
    yield words.text("form.who_text")
    if request.minutes is not None:
        yield words.text("form.minutes_text", minutes=request.minutes)
