"""What the first sheet says above its table: what the form is, how to fill it, whom to ask.

Where the words stand is in ``front``; a reader knows by them what the form itself prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from intake.formats.wording.captions import joined, reason_words
from intake.formats.wording.facts import facts
from intake.formats.wording.front_text import REASONS, front_text, sheet_steps
from intake.ports import FormRequest
from intake.words.catalogue import Words

STEPS = 7

Row = tuple[str, str, str, float]
"""Number, text, what it is (one of those below) and least height."""
KIND, TITLE, NOTE, REFERENCE, PART, TEXT = "kind", "title", "note", "reference", "part", "text"


def heading(words: Words, request: FormRequest, title: str) -> Iterator[Row]:
    """Yield the title, for a study without one the form's, and the stamp."""
    stamp = request.stamp
    version = words.text("form.version", version=stamp.version)
    line = [stamp.form.upper(), version, request.sponsor]
    yield "", front_text(words, "kind", is_sheet=stamp.sheet is not None).upper(), KIND, 22
    yield "", request.study_title or title, TITLE, 34
    yield "", "  ·  ".join(part for part in line if part), NOTE, 20
    yield "", stamp.text, REFERENCE, 22


def rows(words: Words, request: FormRequest) -> Iterator[Row]:
    """Yield how to fill the form, then its facts."""
    is_sheet = request.stamp.sheet is not None
    steps = _steps_of_sheet(words) if is_sheet else _steps(words)
    yield from _part(front_text(words, "how", is_sheet=is_sheet), steps)
    for title, lines in facts(words, request):
        yield from _part(title, [("", line) for line in lines])


def _part(title: str, texts: Iterable[tuple[str, str]]) -> Iterator[Row]:
    yield "", title, PART, 28
    for number, text in texts:
        yield number, text, TEXT, 17


def _steps(words: Words) -> list[tuple[str, str]]:
    context = {
        "yes": words.text("excel.yes"),
        "required": words.text("form.required"),
        "reasons": joined(words, [reason_words(words, reason) for reason in REASONS], "or"),
    }
    return [(str(n), words.text(f"excel.step.{n}", **context)) for n in range(1, STEPS + 1)]


def _steps_of_sheet(words: Words) -> list[tuple[str, str]]:
    texts = [*sheet_steps(words), words.text("sheet.step.excel")]
    return [(str(number), text) for number, text in enumerate(texts, start=1)]
