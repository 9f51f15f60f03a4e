"""The blank Excel form of one item of each kind, to change single cells in milliseconds."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from intake.formats.excel.write.writer import ExcelWriter
from intake.model.definition import FormDefinition
from intake.model.stamp import FormStamp
from intake.ports import FormRequest
from tests.kit.tiny_form import TINY


@cache
def form() -> FormDefinition:
    """Return the tiny form's single items, each with a code of its own, as a form prints them."""
    numbered = enumerate(TINY.single_items, start=1)
    return replace(TINY, elements=tuple(replace(item, code=f"A{n:02}") for n, item in numbered))


@cache
def small_blank() -> bytes:
    stamp = FormStamp(form().id, form().version, "en", form().fingerprint)
    return ExcelWriter().write(form(), FormRequest(language="en", stamp=stamp))
