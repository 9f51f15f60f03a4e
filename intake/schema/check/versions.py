"""What a form version says of older ones, and what it does to their answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intake.model.definition import FormDefinition
from intake.schema.check.places import DocumentPlaces, Fault
from intake.schema.versions.change import VersionChange
from intake.schema.versions.compare import compare
from intake.schema.versions.formerly import misnamed

_ADVICE = (
    "Give what changed its meaning a new name; say with x-formerly what was renamed, and with"
    " x-retired what is asked no more"
)


def version_faults(
    definition: FormDefinition, older: Sequence[FormDefinition], places: DocumentPlaces
) -> Iterator[Fault]:
    """Yield names that no older version had, and answers of theirs that would lose their place."""
    pointers = {place.name: place.pointer for place in [*places.groups, *places.items]}
    for wrong in misnamed(definition, older):
        yield Fault(pointers.get(wrong.name, "/x-retired"), wrong.problem, wrong.advice)
    for form in older:
        for change in compare(form, definition):
            if change.is_refused:
                name = change.name.partition("=")[0]
                problem = f"since {form.version}: {_said(change)}"
                yield Fault(pointers.get(name, "/properties"), problem, _ADVICE)


def _said(change: VersionChange) -> str:
    texts = [next(iter(text.values()), "-") for text in (change.before, change.after)]
    return f"{change.kind.value.replace('_', ' ')} {change.name} ({texts[0]} -> {texts[1]})"
