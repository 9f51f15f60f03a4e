"""The title band of the first page and what each page repeats: heading and foot."""

from __future__ import annotations

from intake.formats.word.anchors import STAMP_BOOKMARK
from intake.formats.word.write.controls import Sheet
from intake.formats.word.write.markup import (
    Cell,
    Element,
    bookmarked,
    element,
    field,
    paragraph,
    row,
    run,
    table,
)
from intake.formats.wording.facts import facts
from intake.formats.wording.front_text import REASONS, front_text, sheet_steps
from intake.model.stamp import FormStamp
from intake.ports import FormRequest
from intake.words.catalogue import Words

BAND, BAND_OF_SHEET = (124.0, 56.0), (106.0, 74.0)
"""The stamp of a sheet is longer."""
BOX = (112.0, 68.0)
TINT = "E6EDF0"
_STAMP_NUMBER = 0
"""Identifier of the stamp's bookmark; those of the places follow."""


def front_page(sheet: Sheet, request: FormRequest) -> tuple[Element, ...]:
    """Return the title band and the box that says how to fill the form and for whom."""
    widths = BAND_OF_SHEET if request.stamp.sheet else BAND
    band = row(
        widths, [Cell(_titles(sheet, request)), Cell(_reference(sheet.words, request.stamp))]
    )
    box = row(
        BOX,
        [
            Cell(_steps(sheet.words, request.stamp), fill=TINT),
            Cell(_facts(sheet.words, request), fill=TINT),
        ],
    )
    return table("Band", widths, [band]), paragraph("Gap"), table("Box", BOX, [box])


def running_head(words: Words, stamp: FormStamp) -> tuple[Element, ...]:
    """Return what heads every page but the first."""
    kind = front_text(words, "kind", is_sheet=stamp.sheet is not None)
    return (paragraph("Header", run(f"{stamp.form.upper()}  ·  {kind}")),)


def foot(words: Words, stamp: FormStamp) -> tuple[Element, ...]:
    """Return what stands at the foot of every page: reminders, stamp, page of pages."""
    reasons = [
        f"{words.text(f'form.reason.{reason.value}')} = "
        + words.text(f"form.reason_full.{reason.value}")
        for reason in REASONS
    ]
    dates = words.text("form.date.key")
    required = [] if stamp.sheet else [f"* {words.text('form.required')}"]
    key = "  ·  ".join([*required, *reasons])
    numbers = (run(" · "), field("PAGE"), run("/"), field("NUMPAGES"))
    return (
        paragraph("Footer Key", run(key)),
        paragraph("Footer Key", run(dates)),
        paragraph("Footer", run(stamp.text), *numbers),
    )


def _titles(sheet: Sheet, request: FormRequest) -> tuple[Element, ...]:
    words, stamp = sheet.words, request.stamp
    title = request.study_title or words.local(sheet.definition.title)
    version = words.text("form.version", version=stamp.version)
    below = [part for part in (stamp.form.upper(), version, request.sponsor) if part]
    return (
        paragraph("Kind", run(front_text(words, "kind", is_sheet=stamp.sheet is not None))),
        paragraph("Title", run(words.printed({words.language: title}))),
        paragraph("Subtitle", run("  ·  ".join(below))),
    )


def _reference(words: Words, stamp: FormStamp) -> tuple[Element, ...]:
    text = bookmarked(_STAMP_NUMBER, STAMP_BOOKMARK, run(stamp.text, "Stamp"))
    head = paragraph("Reference", run(words.text("form.reference")))
    return head, paragraph("Stamp Line", *text)


def _steps(words: Words, stamp: FormStamp) -> tuple[Element, ...]:
    texts = list(sheet_steps(words)) if stamp.sheet else _steps_of_form(words)
    lines = [
        paragraph("Step", run(str(number), "Number"), element("r", element("tab")), run(text))
        for number, text in enumerate(texts, start=1)
    ]
    how = front_text(words, "how", is_sheet=stamp.sheet is not None)
    return paragraph("Fact Title", run(how)), *lines


def _steps_of_form(words: Words) -> list[str]:
    reasons = [
        f"{words.text(f'form.reason.{reason.value}')}"
        f" ({words.text(f'form.reason_full.{reason.value}')})"
        for reason in REASONS
    ]
    context = {"required": words.text("form.required"), "reasons": words.list(reasons, "or")}
    texts = (words.text(f"form.step.{number}", **context) for number in range(2, 6))
    return [words.text("form.word.step"), *texts]


def _facts(words: Words, request: FormRequest) -> list[Element]:
    return [
        paragraph(style, run(text))
        for title, lines in facts(words, request)
        for style, text in [("Fact Title", title), *(("Fact", line) for line in lines)]
    ]
