"""``datapackage.json``: the dataset described for programs (Data Package, version 1)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intake.exports.tables.fields import Field, FileFields
from intake.exports.tables.merged_form import MergedForm
from intake.exports.writers.csv import CsvStyle
from intake.model.file.written import WrittenFile
from intake.privacy.profiles import Profile
from intake.words.catalogue import words_of

_NOTES = {
    Profile.ANALYSIS: (
        "Pseudonymous, not anonymous: keep these files as confidential as the forms.",
        "Left out: identifying items, the centre, the number within the centre, free text, the"
        " day of filling, and whatever names the returned file or its receipt.",
        "Dates are days from day zero. ITEM is empty when the exact day is not known;"
        " ITEM__earliest and ITEM__latest are the first and last day possible.",
    ),
    Profile.FULL: (
        "Identifying data: names' letters, birth dates, free text. Never send these files.",
        "Dates are ISO 8601, cut where the day or the month is not known.",
    ),
}
_COMMON_NOTES = (
    "Computed columns (names and expressions in codebook.csv) are empty when an answer that"
    " decides them is missing; 0/1 columns are 1 for yes.",
    "An empty cell has its reason in values.csv, column missing.",
    "NUMBER__low and NUMBER__high are the lowest and highest value possible, both the number itself"
    " when it is known; a reported bound (>40000) leaves NUMBER empty, with its sign in"
    " NUMBER__bound.",
    "Option columns: 1 ticked, 0 not ticked, empty when the question has no answer or its only"
    " answer is a missing reason.",
)
_EXACT = "Texts are exactly as entered: do not open these files by double-click in a spreadsheet."
_DEFUSED = "Texts that begin with = + - @, a tab or a line end carry an apostrophe before them."


@dataclass(frozen=True, slots=True)
class DescribedFile:
    """One file and the words of its fields, which no record changes."""

    file: FileFields
    schema: str
    """As it stands in the descriptor; writing it is most of the descriptor's cost."""


def described_file(file: FileFields, language: str) -> DescribedFile:
    """Return a file with its fields described in a language."""
    return DescribedFile(file, _text(_schema(file, language)))


def data_package(
    form: MergedForm,
    files: Sequence[DescribedFile],
    written: Mapping[str, WrittenFile],
    profile: Profile,
    style: CsvStyle,
) -> bytes:
    """Return the descriptor of the written files."""
    newest = form.newest
    document = {
        "profile": "tabular-data-package",
        "name": f"{newest.id}-{profile.value}",
        "title": words_of(form.languages[0]).local(newest.title),
        "form": newest.id,
        "form_versions": [version.version for version in reversed(form.versions)],
        "day_zero": newest.day_zero,
        "data_profile": profile.value,
        "notes": [
            *_NOTES[profile],
            *_COMMON_NOTES,
            _DEFUSED if style.safe_for_spreadsheets else _EXACT,
        ],
    }
    resources = [
        _with_last(
            _resource(each.file, written[each.file.file], form.languages[0], style),
            "schema",
            each.schema,
        )
        for each in files
    ]
    listed = ",\n".join(f"  {_deeper(resource)}" for resource in resources)
    return (_with_last(document, "resources", f"[\n{listed}\n]") + "\n").encode()


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _with_last(members: Mapping[str, Any], name: str, text: str) -> str:
    """Return the text of an object with one member more, whose text is known."""
    return f'{_text(members).removesuffix("}").rstrip()},\n  "{name}": {_deeper(text)}\n}}'


def _deeper(text: str) -> str:
    """Return a text one step to the right; no line of it breaks within a string."""
    return text.replace("\n", "\n  ")


def _resource(
    file: FileFields, written: WrittenFile, language: str, style: CsvStyle
) -> dict[str, Any]:
    return {
        "name": file.file.removesuffix(".csv").replace("_", "-"),
        "path": file.file,
        "title": words_of(language).local(file.title),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig" if style.byte_order_mark else "utf-8",
        "bytes": written.size,
        "hash": "sha256:" + written.sha256,
        "dialect": {
            "delimiter": ",",
            "quoteChar": '"',
            "doubleQuote": True,
            "lineTerminator": "\n",
            "skipInitialSpace": False,
            "header": True,
        },
    }


def _schema(file: FileFields, language: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(field, language) for field in file.fields],
        "missingValues": [""],
    }
    if file.primary_key:
        schema["primaryKey"] = list(file.primary_key)
    if file.refers_to_records:
        reference = {"resource": "records", "fields": ["record_id"]}
        schema["foreignKeys"] = [{"fields": ["record_id"], "reference": reference}]
    return schema


def _field(field: Field, language: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "title": words_of(language).local(field.label),
    }
    if field.format:
        described["format"] = field.format
    if field.constraints:
        described["constraints"] = dict(field.constraints)
    return described
