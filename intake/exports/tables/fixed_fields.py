"""Keys, provenance and findings: the columns that every form's dataset has."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from intake.exports.tables.codebook_columns import codebook_columns, codebook_words
from intake.exports.tables.fields import Field, FileFields, group_fields
from intake.exports.tables.finding_table import COLUMNS as FINDING_COLUMNS
from intake.exports.tables.merged_form import MergedForm, MergedGroup
from intake.exports.tables.strata import Told
from intake.exports.tables.value_table import COLUMNS as VALUE_COLUMNS
from intake.exports.tables.value_table import MISSING_CODES, STATUSES
from intake.exports.tables.wide_tables import GROUP_KEYS, record_keys
from intake.model.finding import Severity
from intake.model.submission import Rung
from intake.privacy.profiles import Profile
from intake.words.catalogue import in_every_language

_REQUIRED: Mapping[str, Any] = {"required": True}
_CONSTRAINTS: Mapping[str, Mapping[str, Any]] = {
    "record_id": _REQUIRED,
    "subject": _REQUIRED,
    "revision": {"required": True, "minimum": 1},
    "form_version": _REQUIRED,
    "item": _REQUIRED,
    "row": {"required": True, "minimum": 0},
    "missing": {"enum": list(MISSING_CODES)},
    "status": {"required": True, "enum": list(STATUSES)},
    "reading": {"required": True, "enum": [rung.value for rung in Rung]},
    "file_sha256": {"required": True, "pattern": "[0-9a-f]{64}"},
    "receipt": _REQUIRED,
    "code": _REQUIRED,
    "severity": {"required": True, "enum": [severity.value for severity in Severity]},
}
_INTEGERS = {"row", "revision"}


def dataset_fields(form: MergedForm, profile: Profile, told: Told) -> tuple[FileFields, ...]:
    """Return every file of the dataset with its fields, in the order of the package."""
    return (
        FileFields(
            file=form.singles.file,
            title=in_every_language("dataset.file.records"),
            fields=(*_fixed(record_keys(profile, told)), *group_fields(form.singles)),
            primary_key=("record_id",),
            refers_to_records=False,
        ),
        *(_group_file(form, group) for group in form.groups),
        FileFields(
            file="values.csv",
            title=in_every_language("dataset.file.values"),
            fields=_fixed(VALUE_COLUMNS, _untold(profile)),
            primary_key=("record_id", "item", "row"),
        ),
        FileFields(
            file="findings.csv",
            title=in_every_language("dataset.file.findings"),
            fields=_fixed(FINDING_COLUMNS, {"item", "row"} | _untold(profile)),
        ),
        FileFields(
            file="codebook.csv",
            title=in_every_language("dataset.file.codebook"),
            fields=_codebook_fields(form),
            primary_key=("file", "column"),
            refers_to_records=False,
        ),
    )


def _group_file(form: MergedForm, group: MergedGroup) -> FileFields:
    title = next(f.groups[str(group.name)].title for f in form.versions if group.name in f.groups)
    return FileFields(
        file=group.file,
        title=title,
        fields=(*_fixed(GROUP_KEYS), *group_fields(group)),
        primary_key=GROUP_KEYS,
    )


def _codebook_fields(form: MergedForm) -> tuple[Field, ...]:
    return tuple(
        Field(
            name=name,
            type="string",
            label=codebook_words(name),
            constraints=_REQUIRED if name in ("file", "column") else {},
        )
        for name in codebook_columns(form.languages)
    )


def _untold(profile: Profile) -> set[str]:
    """Return the columns that a profile keeps but leaves empty."""
    centre = set() if profile.tells_centre else {"subject"}
    return centre | (set() if profile.tells_paperwork else {"file_sha256", "receipt"})


def _fixed(names: tuple[str, ...], optional: Collection[str] = ()) -> tuple[Field, ...]:
    return tuple(_field(name, required=name not in optional) for name in names)


def _field(name: str, *, required: bool) -> Field:
    constraints = dict(_CONSTRAINTS.get(name, {}))
    if not required:
        constraints.pop("required", None)
    return Field(
        name=name,
        type="integer" if name in _INTEGERS else "string",
        label=in_every_language(f"dataset.column.{name}"),
        constraints=constraints,
    )
