"""Set the page model with Typst: own fonts, no network, every warning an error."""

from __future__ import annotations

import json
from pathlib import Path

from intake.formats.pdf.font import FONT_FOLDER
from intake.formats.pdf.write.layout.answers import Node
from intake.model.errors import DefinitionError

TEMPLATE = Path(__file__).parent / "template" / "form.typ"


def typeset(model: Node) -> bytes:
    """Return the laid-out PDF, where each field's place is a link to ``field:ADDRESS``.

    Raises DefinitionError when Typst refuses the page model or warns about it.
    """
    import typst  # noqa: PLC0415 - 80 MB installed and 60 ms to load: only for writing forms

    compiler = typst.Compiler(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(FONT_FOLDER)],
        ignore_system_fonts=True,
        sys_inputs={"model": json.dumps(model, ensure_ascii=False)},
    )
    try:
        content, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        raise DefinitionError(f"the form cannot be laid out: {error.message}") from error
    if warnings:
        listed = "; ".join(str(warning.message) for warning in warnings)
        raise DefinitionError(f"the form's layout is doubtful: {listed}")
    if not isinstance(content, bytes):
        raise DefinitionError("the form cannot be laid out: no document came out")
    return content
