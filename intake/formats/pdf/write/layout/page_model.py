"""The whole form as one JSON document for the template: front page, sections, footer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import segno

from intake.formats.pdf.anchors import STAMP_FIELD
from intake.formats.pdf.write.layout import geometry
from intake.formats.pdf.write.layout.answers import Node, Sheet, text_width
from intake.formats.pdf.write.layout.sections import section_node
from intake.formats.pdf.write.layout.spec import FieldSpec, Kind
from intake.formats.wording.captions import joined, reason_words
from intake.formats.wording.facts import facts
from intake.formats.wording.front_text import REASONS, front_text, sheet_steps
from intake.model.definition import FormDefinition
from intake.model.stamp import FormStamp
from intake.ports import FormRequest
from intake.words.catalogue import Words
from intake.words.typography import printed, titled

MOST_PAGES = 40
"""A form of more pages is refused: nobody would fill it."""
_FIELDS_A_PAGE = 50
"""Fewer than the fullest page holds; so many codes are prepared before pages are counted."""
_MOST_CODES = 1024
QR_SIZE = 21.0
QUIET = 2
"""White modules around the code, inside its square; more white surrounds it."""


def page_model(definition: FormDefinition, request: FormRequest) -> tuple[Node, Sheet]:
    """Return the page model and the sheet that holds the fields it will draw."""
    words = Words(request.language)
    sheet = Sheet(definition, words, request.prefill)
    model: Node = {
        "language": request.language,
        "front": _front(sheet, request),
        "sections": [section_node(sheet, section) for section in definition.sections],
        "footer": {
            "stamp": request.stamp.text,
            "key": _key(words, is_sheet=definition.sheet is not None),
            "qr": page_codes(request.stamp, 2 + len(sheet.book.specs) // _FIELDS_A_PAGE),
        },
        "grid": _grid(),
        "corners": [list(mark[:2]) for mark in geometry.corner_marks()],
    }
    return model, sheet


def _grid() -> Node:
    names = (
        "SIDE", "TOP", "BOTTOM", "BODY", "CODE", "LABEL", "GAP", "STEP", "ANSWER", "WIDE",
        "SUB", "LINE", "CARD_LINE", "BUTTON", "OPTION_GAP", "OPTION_SIZE", "CORNER_MARK",
    )  # fmt: skip
    return {name.lower(): getattr(geometry, name) for name in names}


def _front(sheet: Sheet, request: FormRequest) -> Node:
    words, stamp = sheet.words, request.stamp
    is_sheet = sheet.definition.sheet is not None
    kind = front_text(words, "kind", is_sheet=is_sheet)
    sheet.book.add(_stamp_field(words, stamp))
    title = request.study_title or words.local(sheet.definition.title)
    return {
        "kind": kind,
        "title": titled(title, words.language),
        "compact": is_sheet,
        "subtitle": _subtitle(words, request),
        "reference": words.text("form.reference"),
        "stamp": STAMP_FIELD,
        "stamp_width": text_width(stamp.text, 8) + 5,
        "how": front_text(words, "how", is_sheet=is_sheet),
        "steps": _steps(words, is_sheet=is_sheet),
        "facts": [{"title": title, "lines": lines} for title, lines in facts(words, request)],
        "running": f"{stamp.form.upper()}  ·  {kind}",
        "continued": words.text("form.continued"),
    }


def _stamp_field(words: Words, stamp: FormStamp) -> FieldSpec:
    return FieldSpec(
        name=STAMP_FIELD,
        kind=Kind.TEXT,
        label=words.text("form.reference"),
        size=8,
        value=stamp.text,
        read_only=True,
    )


def _subtitle(words: Words, request: FormRequest) -> str:
    version = words.text("form.version", version=request.stamp.version)
    parts = [request.stamp.form.upper(), version, request.sponsor]
    return "  ·  ".join(part for part in parts if part)


def _steps(words: Words, *, is_sheet: bool) -> list[str]:
    context = {
        "required": words.text("form.required"),
        "reasons": joined(words, [reason_words(words, reason) for reason in REASONS], "or"),
    }
    of_form = (words.text(f"form.step.{number}", **context) for number in range(1, 6))
    steps = sheet_steps(words) if is_sheet else of_form
    return [printed(step, words.language) for step in steps]


def _key(words: Words, *, is_sheet: bool) -> list[str]:
    """Return the reminder printed at the foot of each page."""
    reasons = "  ·  ".join(
        f"{words.text(f'form.reason.{reason.value}')} = "
        + words.text(f"form.reason_full.{reason.value}")
        for reason in REASONS
    )
    lines = [f"* {words.text('form.required')}", f"{reasons}  ·  {words.text('form.date.key')}"]
    return [printed(line, words.language) for line in (lines[1:] if is_sheet else lines)]


def page_codes(stamp: FormStamp, pages: int) -> Sequence[str]:
    """Return one QR code per page, as SVG."""
    return [_svg(stamp.token(page)) for page in range(1, pages + 1)]


@lru_cache(maxsize=_MOST_CODES)
def _svg(token: str) -> str:
    """Return a code, drawn once a process: it is the same on the forms of every centre."""
    code = segno.make(token, error="q", micro=False, boost_error=False)
    return str(code.svg_inline(border=QUIET, omitsize=True, dark="#000"))
