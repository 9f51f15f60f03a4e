"""Set a page model with Typst: own fonts, no network, every warning an error."""

from __future__ import annotations

import json
from pathlib import Path

from intake.formats.pdf.font import FONT_FOLDER, printed_characters
from intake.formats.pdf.write.layout.answers import Node
from intake.model.errors import DefinitionError

_UNDRAWN = "\N{WHITE SQUARE}"
TEMPLATE = Path(__file__).parent / "template" / "form.typ"


def typeset(model: Node, template: Path = TEMPLATE) -> bytes:
    """Return the laid-out, tagged PDF; of a form, each field's place links to ``field:ADDRESS``.

    Raises DefinitionError when Typst refuses the page model or warns about it.
    """
    import typst  # noqa: PLC0415 - 80 MB installed and 60 ms to load: only for writing

    compiler = typst.Compiler(
        str(template),
        root=str(template.parent),
        font_paths=[str(FONT_FOLDER)],
        ignore_system_fonts=True,
        sys_inputs={"model": json.dumps(model, ensure_ascii=False)},
    )
    try:
        content, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        raise DefinitionError(f"the document cannot be laid out: {error.message}") from error
    if warnings:
        listed = "; ".join(str(warning.message) for warning in warnings)
        raise DefinitionError(f"the document's layout is doubtful: {listed}")
    if not isinstance(content, bytes):
        raise DefinitionError("the document cannot be laid out: no document came out")
    return content


def typeset_text(model: Node, template: Path) -> bytes:
    """Typeset a document that repeats what people typed: signs the fonts lack become a mark."""
    return typeset({key: _drawable(value) for key, value in model.items()}, template)


def _drawable(node: object) -> object:
    match node:
        case str():
            return "".join(c if c in printed_characters() else _UNDRAWN for c in node)
        case dict():
            return {key: _drawable(value) for key, value in node.items()}
        case list() | tuple():
            return [_drawable(value) for value in node]
        case _:
            return node
