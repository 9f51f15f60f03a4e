"""``check-schema`` whole: the schema's own faults, its name, older versions, its layouts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from intake.formats.pdf.font import printed_characters
from intake.formats.registry import writers
from intake.model.definition import FormDefinition, version_order
from intake.model.errors import DefinitionError, StudyError
from intake.pipeline.forms.generate import Order, audit
from intake.schema.check.document import Fault, check_document
from intake.schema.compile.definition import compile_definition
from intake.schema.versions.change import VersionChange
from intake.schema.versions.compare import compare
from intake.schema.versions.formerly import Misnamed, misnamed
from intake.study.settings import load_study
from intake.workspace.form_library import read_document
from intake.workspace.new import shipped_folder
from intake.workspace.places import Workspace, find_workspace, locate
from intake.workspace.published import (
    kept_forms,
    other_fingerprint,
    read_published,
    what_to_do,
)


def check_schema_file(path: Path) -> tuple[Fault, ...]:
    """Return every fault of a schema file. Raises DefinitionError when it is not JSON."""
    document = read_document(path)
    printable = {ord(character) for character in printed_characters()}
    faults = check_document(document, printable=printable, older=_older(path))
    if faults:
        return (*faults, *_named_faults(path, document))
    definition = compile_definition(document)
    return (
        *_named_faults(path, document),
        *_published_faults(path, definition),
        *_layout_faults(definition),
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two versions, and what the newer one says wrongly of the older."""

    changes: tuple[VersionChange, ...]
    faults: tuple[Misnamed, ...]

    @property
    def is_refused(self) -> bool:
        """Say whether answers of the older version would lose their place."""
        return bool(self.faults) or any(change.is_refused for change in self.changes)


def compare_files(path: Path, against: Path) -> Compared:
    """Return what differs between an older version's file and a newer one's.

    Raises DefinitionError for a file that cannot be compiled, for two forms, and for versions
    that are not older and newer.
    """
    old, new = (_compiled(each) for each in (against, path))
    if old.id != new.id:
        raise DefinitionError(f"{against} is of the form {old.id}, {path} of {new.id}.")
    if version_order(old.version) >= version_order(new.version):
        raise DefinitionError(
            f"{against} is version {old.version}, {path} version {new.version}:"
            " name the newer file first, the older one after --against."
        )
    return Compared(compare(old, new), tuple(misnamed(new, [old])))


def refuse_faulty(path: Path, kept: Path | None = None) -> None:
    """Raise DefinitionError with the first faults when ``check-schema`` refuses a file.

    Not asked again of what has passed: a version that is published, or one of those shipped.

    Args:
        path: of the schema.
        kept: folder where the blank forms of its version are kept, if they may be.
    """
    is_published = kept is not None and read_published(kept) is not None
    if is_published or _is_as_shipped(path):
        return
    faults = check_schema_file(path)
    if faults:
        shown = "; ".join(f"{fault.pointer or '/'}: {fault.problem}" for fault in faults[:3])
        raise DefinitionError(
            f"{path}: {len(faults)} fault(s), so that no form can be built from it: {shown}."
            f" All of them: `crf-intake check-schema {path}`."
        )


def _is_as_shipped(path: Path) -> bool:
    """Say whether a file is a copy of a schema that the program is distributed with."""
    shipped = shipped_folder() / "schemas" / path.parent.name / path.name
    if not shipped.is_file() or shipped.samefile(path):
        return False
    return shipped.read_bytes() == path.read_bytes()


def _compiled(path: Path) -> FormDefinition:
    try:
        return compile_definition(read_document(path))
    except DefinitionError as problem:
        named = str(problem).startswith(str(path))
        raise DefinitionError(str(problem) if named else f"{path}: {problem}") from None


def _older(path: Path) -> tuple[FormDefinition, ...]:
    """Return the older versions of the same form that stand beside a schema.

    One that cannot be compiled has faults of its own, which are said when it is checked.
    """
    found = []
    for beside in sorted(path.parent.glob("*.json")):
        try:
            found.append(_compiled(beside))
        except DefinitionError:
            continue
    try:
        own = _form_of(read_document(path))
        older = [form for form in found if form.id == own[0] and _is_before(form.version, own[1])]
    except ValueError:  # its version is no version: said as a fault of its own
        return ()
    return tuple(sorted(older, key=lambda form: version_order(form.version)))


def _is_before(version: str, other: str) -> bool:
    return version_order(version) < version_order(other)


def _form_of(document: Mapping[str, Any]) -> tuple[str, str]:
    """Return the id and the version that a document says it is."""
    form = document.get("x-form")
    said = form if isinstance(form, dict) else {}
    return str(said.get("id")), str(said.get("version"))


def _named_faults(path: Path, document: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a fault when a file is not named as its form and version are.

    Asked of files among a workspace's schemas, and of those whose name is a version.
    """
    form, version = _form_of(document)
    places = _places_around(path)
    is_kept = places is not None and path.absolute().parent.parent == places.schemas
    is_versioned = re.fullmatch(r"\d+(\.\d+)+", path.stem) is not None
    if (is_kept or is_versioned) and path.stem != version:
        yield Fault(
            pointer="/x-form/version",
            problem=f"the file is named {path.name} and holds the version {version}",
            advice=f"Name the file {version}.json, or correct the version",
        )
    if is_kept and path.absolute().parent.name != form:
        yield Fault(
            pointer="/x-form/id",
            problem=f"the file is in the folder {path.absolute().parent.name} and holds {form}",
            advice=f"Move the file to schemas/{form}, or correct the id",
        )


def _places_around(path: Path) -> Workspace | None:
    """Return the workspace that a file is in; None outside one, or before it is set up."""
    try:
        root = find_workspace(path.parent)
        return locate(root, load_study(root))
    except StudyError:
        return None


def _published_faults(path: Path, definition: FormDefinition) -> Iterator[Fault]:
    """Yield a fault when a workspace's schema is no longer the one that was published."""
    places = _places_around(path)
    if places is None or not path.absolute().is_relative_to(places.schemas):
        return
    folder = kept_forms(places.form_templates, definition)
    before = other_fingerprint(definition, folder)
    if before is not None:
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
