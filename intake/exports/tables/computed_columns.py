"""The columns of what a form computes: derived values, totals and parts of scores.

Steps that only serve other computations have no column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from intake.model.computed import Derived, DerivedType, Score
from intake.model.definition import FormDefinition, LocalText
from intake.privacy.profiles import Profile, is_computed_told
from intake.words.catalogue import in_every_language, with_part

_TYPES = {
    DerivedType.BOOLEAN: "integer",
    DerivedType.INTEGER: "integer",
    DerivedType.NUMBER: "number",
}
_TOTALS = ("least", "most", "known")
"""What each of a score's totals is, in the words of the dataset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedColumn:
    """One computed column, over all the versions that compute it."""

    name: str
    type: str
    """Of the Table Schema specification."""
    kind: str
    """As the form's schema says it."""
    label: LocalText
    unit: LocalText
    source: str
    expression: str
    codes: Mapping[str, LocalText]
    """The words of each text that it can be, those of older versions included."""
    versions: tuple[str, ...]
    """The newest first."""


def computed_columns(
    versions: Sequence[tuple[FormDefinition, str | None]], profile: Profile
) -> tuple[ComputedColumn, ...]:
    """Return the computed columns of one file, as the newest version words them.

    ``versions`` are the forms, the newest first, each with the group's name in it.
    """
    found: dict[str, list[ComputedColumn]] = {}
    withheld: set[str] = set()
    for form, group in versions:
        for column in _of_version(form, group):
            found.setdefault(column.name, []).append(column)
            if not is_computed_told(form, column.expression, profile):
                withheld.add(column.name)
    return tuple(_merged(columns) for name, columns in found.items() if name not in withheld)


def computed_cells(
    columns: Sequence[ComputedColumn], values: Mapping[str, object]
) -> tuple[str, ...]:
    """Return one cell per column; empty where nothing could be computed."""
    return tuple(_cell(values.get(column.name)) for column in columns)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list | tuple):
        return ";".join(str(each) for each in value)
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)


def _of_version(form: FormDefinition, group: str | None) -> Iterator[ComputedColumn]:
    for score in form.scores if group is None else ():
        if not score.internal:
            yield from _score_columns(form, score)
    for derived in form.derived:
        if derived.group == group and not derived.internal:
            yield _derived_column(form, derived)


def _derived_column(form: FormDefinition, derived: Derived) -> ComputedColumn:
    return ComputedColumn(
        name=derived.name,
        type=_TYPES.get(derived.type, "string"),
        kind=derived.type.value,
        label=derived.title,
        unit=derived.unit,
        source=derived.source,
        expression=derived.expression,
        codes=derived.codes,
        versions=(form.version,),
    )


def _score_columns(form: FormDefinition, score: Score) -> Iterator[ComputedColumn]:
    totals = zip(score.totals, _TOTALS, strict=True)
    named = [(name, in_every_language(f"dataset.score.{key}"), "") for name, key in totals]
    named += [(score.part_name(part), part.title, part.points) for part in score.parts]
    for name, words, expression in named:
        yield ComputedColumn(
            name=name,
            type="integer",
            kind=DerivedType.INTEGER.value,
            label=with_part(score.title, words),
            unit={},
            source=score.source,
            expression=expression,
            codes={},
            versions=(form.version,),
        )


def _merged(columns: Sequence[ComputedColumn]) -> ComputedColumn:
    newest = columns[0]
    types = {column.type for column in columns}
    return ComputedColumn(
        name=newest.name,
        type=newest.type if len(types) == 1 else _widest(types),
        kind=newest.kind,
        label=newest.label,
        unit=newest.unit,
        source=newest.source,
        expression=newest.expression,
        codes={code: words for column in reversed(columns) for code, words in column.codes.items()},
        versions=tuple(version for column in columns for version in column.versions),
    )


def _widest(types: set[str]) -> str:
    return "number" if types == {"integer", "number"} else "string"
