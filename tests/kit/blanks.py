"""The two studies compiled, and their blank forms: made once for the whole run.

A test of how a form is written asks the writer itself for the forms it compares.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from intake.formats.registry import writers
from intake.model.definition import FormDefinition
from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat
from intake.ports import FormRequest
from intake.schema.compile.definition import compile_definition
from tests.kit.kept import kept
from tests.kit.places import DM_SAM


@cache
def definition(schema: Path = DM_SAM) -> FormDefinition:
    """Return the definition of a schema file."""
    return compile_definition(json.loads(schema.read_text(encoding="utf-8")))


@cache
def blank(
    schema: Path = DM_SAM,
    file_format: FileFormat = FileFormat.PDF,
    language: str = "fr",
    centre: str | None = None,
) -> bytes:
    """Return the blank form of a centre, or of none."""
    form = definition(schema)
    stamp = FormStamp(form.id, form.version, language, form.fingerprint, centre)
    return written(form, file_format, FormRequest(language=language, stamp=stamp))


def written(form: FormDefinition, file_format: FileFormat, request: FormRequest) -> bytes:
    """Return the form that the format's writer writes for a request.

    The form's name and fingerprint stand for it.
    """
    return kept(
        f"blank-{file_format.value}",
        (form.id, form.version, form.fingerprint),
        request,
        make=lambda: writers()[file_format].write(form, request),
    )
