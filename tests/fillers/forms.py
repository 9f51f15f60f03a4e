"""The real form at full size, built once for a test run."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from intake.formats.pdf.writer import PdfWriter
from intake.model.definition import FormDefinition
from intake.model.stamp import FormStamp
from intake.ports import FormRequest
from intake.schema.compile import compile_definition

SCHEMA = Path(__file__).parents[2] / "schemas" / "dm-sam" / "1.0.0.json"


@cache
def definition() -> FormDefinition:
    """Return the definition of the shipped study."""
    return compile_definition(json.loads(SCHEMA.read_text(encoding="utf-8")))


@cache
def blank() -> bytes:
    """Return the blank form of one centre, in French."""
    form = definition()
    stamp = FormStamp(form.id, form.version, "fr", form.fingerprint, "REI")
    return PdfWriter().write(form, FormRequest(language="fr", stamp=stamp))
