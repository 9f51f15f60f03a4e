"""``check-schema`` whole: the schema's own faults, then the layout of every form."""

from __future__ import annotations

import json
from pathlib import Path

from intake.formats.pdf.layout_audit import printed_characters
from intake.formats.registry import writers
from intake.model.errors import DefinitionError
from intake.pipeline.generate import Order, audit
from intake.schema.check import Fault, check_document
from intake.schema.compile import compile_definition


def check_schema_file(path: Path) -> tuple[Fault, ...]:
    """Return every fault of a schema file. Raises DefinitionError when it is not JSON."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise DefinitionError(f"{path}: not a JSON file ({problem}).") from problem
    faults = check_document(document, printable={ord(c) for c in printed_characters()})
    return faults or tuple(_layout_faults(document))


def _layout_faults(document: dict[str, object]) -> list[Fault]:
    definition = compile_definition(document)
    order = Order(
        definition=definition,
        languages=definition.languages,
        study_title=definition.title,
        sponsor="-",
    )
    return [
        Fault(
            pointer=f"/properties/{fault.address.split('__')[0]}",
            problem=f"the {file_format.value} form in {language}: {fault.address} {fault.problem}",
            advice="Shorten the label or the hint, or split the question.",
        )
        for file_format, language, fault in audit(order, writers().values())
    ]
