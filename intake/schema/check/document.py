"""Every fault of a form schema: where it is, what is wrong, what to do.

The metaschema says which keywords exist and their shapes; the other ``check_*`` modules
say what it cannot. Layouts are audited by the formats and joined by the wiring.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from intake.model.definition import FormDefinition
from intake.model.errors import DefinitionError
from intake.schema.check.contradictions import DATES, limit_faults, pattern_faults, reference_faults
from intake.schema.check.entries import entry_faults
from intake.schema.check.further import further_faults
from intake.schema.check.names import (
    address_faults,
    code_faults,
    name_faults,
    section_faults,
    visible_code_faults,
)
from intake.schema.check.places import DocumentPlaces, Fault, mapping
from intake.schema.check.programs import program_faults
from intake.schema.check.shape import shape_faults
from intake.schema.check.versions import version_faults
from intake.schema.check.words import label_faults, language_faults, printable_faults
from intake.schema.compile.definition import compile_definition

__all__ = ["Fault", "check_document"]

_CHECKS = (
    section_faults,
    name_faults,
    code_faults,
    visible_code_faults,
    address_faults,
    language_faults,
    label_faults,
    limit_faults,
    pattern_faults,
    reference_faults,
    further_faults,
    entry_faults,
)


def check_document(
    document: Mapping[str, Any],
    *,
    printable: Collection[int] | None = None,
    older: Sequence[FormDefinition] = (),
) -> tuple[Fault, ...]:
    """Return all faults of a schema document, an empty tuple when it can be published.

    ``printable`` holds the code points that the form's font can draw; None checks nothing.
    ``older`` are the versions before this one, whose answers must find their place in it.
    """
    found = list(shape_faults(document))
    places = DocumentPlaces(document)
    for check in _CHECKS:
        found += check(places)
    if printable is not None:
        found += printable_faults(places, printable)
    found += _compiled_faults(document, places, older, anything_found=bool(found))
    return tuple(dict.fromkeys(found))


def _compiled_faults(
    document: Mapping[str, Any],
    places: DocumentPlaces,
    older: Sequence[FormDefinition],
    *,
    anything_found: bool,
) -> Iterator[Fault]:
    """Yield what only a compiled form shows; a form that does not compile is a fault itself."""
    definition: FormDefinition | None
    try:
        definition = compile_definition(document)
        yield from version_faults(definition, older, places)
    except DefinitionError as fault:
        if not anything_found:
            pointer, _, problem = str(fault).partition(": ")
            yield Fault("" if pointer == "/" else pointer, problem, "Correct this first")
        definition = _mended(document, places)
    if definition is not None:
        can_sample = not any(True for _ in pattern_faults(places))
        yield from program_faults(definition, places, tried=can_sample)


def _mended(document: Mapping[str, Any], places: DocumentPlaces) -> FormDefinition | None:
    """Compile what is left when words and references are set aside, so that all faults show."""
    single = [item.name for item in places.items if item.group is None]
    formats = {n: mapping(document["properties"][n]).get("format") for n in single}
    dates = [name for name, wanted in formats.items() if wanted in DATES]
    if not dates or not places.languages:
        return None
    form = mapping(document.get("x-form"))
    lenient = {
        **{key: value for key, value in document.items() if key != "x-eligibility"},
        "x-form": {**form, "languages": [places.languages[0]], "day_zero": dates[0]},
        "x-identity": {"items": single[:1], "centre": single[0]},
    }
    lenient["x-form"].pop("filling_date", None)
    try:
        return compile_definition(lenient)
    except DefinitionError:
        return None
