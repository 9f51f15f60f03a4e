"""Real forms at full size, built once for a test run: the shipped study and one unlike it."""

from __future__ import annotations

import json
from functools import cache

from intake.formats.pdf.write.writer import PdfWriter
from intake.model.definition import FormDefinition
from intake.model.stamp import FormStamp
from intake.ports import FormRequest
from intake.schema.compile.definition import compile_definition
from tests.kit.places import ROOT

SHIPPED = "schemas/dm-sam/1.0.0.json"
OTHER = "tests/kit/studies/beehive/schemas/hive/2.1.0.json"


@cache
def definition(schema: str = SHIPPED) -> FormDefinition:
    """Return the definition of a study."""
    return compile_definition(json.loads((ROOT / schema).read_text(encoding="utf-8")))


@cache
def blank(schema: str = SHIPPED) -> bytes:
    """Return the blank form of one centre, in the study's first language."""
    form = definition(schema)
    language = form.languages[0]
    stamp = FormStamp(form.id, form.version, language, form.fingerprint, "REI")
    return PdfWriter().write(form, FormRequest(language=language, stamp=stamp))
