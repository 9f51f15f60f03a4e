"""``check-schema`` whole: the schema's own faults, then whether it was published, its layouts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from intake.formats.pdf.write.audit import printed_characters
from intake.formats.registry import writers
from intake.model.definition import FormDefinition
from intake.model.errors import DefinitionError, StudyError
from intake.pipeline.forms.generate import Order, audit
from intake.schema.check.document import Fault, check_document
from intake.schema.compile.definition import compile_definition
from intake.study.settings import load_study
from intake.workspace.places import find_workspace, locate
from intake.workspace.published import kept_forms, other_fingerprint, what_to_do


def check_schema_file(path: Path) -> tuple[Fault, ...]:
    """Return every fault of a schema file. Raises DefinitionError when it is not JSON."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise DefinitionError(f"{path}: not a JSON file ({problem}).") from problem
    faults = check_document(document, printable={ord(c) for c in printed_characters()})
    if faults:
        return faults
    definition = compile_definition(document)
    return (*_published_faults(path, definition), *_layout_faults(definition))


def _published_faults(path: Path, definition: FormDefinition) -> Iterator[Fault]:
    """Yield a fault when a workspace's schema is no longer the one that was published."""
    try:
        root = find_workspace(path.parent)
        places = locate(root, load_study(root))
    except StudyError:  # a schema outside a workspace, or one that is not set up yet
        return
    folder = kept_forms(places.form_templates, definition)
    before = other_fingerprint(definition, folder)
    if before is not None and path.absolute().is_relative_to(places.schemas):
        yield Fault(
            pointer="/x-form/version",
            problem=f"{definition.version} was published with the fingerprint {before}; the schema"
            f" has changed since ({definition.fingerprint})",
            advice=what_to_do(definition, folder),
        )


def _layout_faults(definition: FormDefinition) -> list[Fault]:
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
