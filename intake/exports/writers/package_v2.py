"""``datapackage``: ``datapackage.json`` of version 2, with categories and missing values.

Made from the descriptor of version 1 that lies beside the CSV files: what both say, they say alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from intake.exports.tables.fields import Field, FileFields
from intake.exports.writers.lost import Lost
from intake.exports.writers.written_dataset import WrittenDataset

NAME = "datapackage.json"
_PROFILES = "https://datapackage.org/profiles/2.0/"
_EMPTY = {"value": "", "label": "no value is known; values.csv says why"}


def write(source: WrittenDataset, folder: Path, lost: Lost) -> Iterator[str]:
    """Write the descriptor in the place of the older one and yield its name. Raises OSError."""
    older = json.loads((source.folder / NAME).read_text(encoding="utf-8"))
    files = {file.file: file for file in source.files}
    older.pop("profile")
    resources = [_resource(each, files[each["path"]], source) for each in older.pop("resources")]
    document = {"$schema": f"{_PROFILES}datapackage.json", **older, "resources": resources}
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")
    yield NAME


def _resource(older: Mapping[str, Any], file: FileFields, source: WrittenDataset) -> dict[str, Any]:
    resource = {"$schema": f"{_PROFILES}dataresource.json", **older, "type": "table"}
    resource.pop("profile")
    described = {field.name: field for field in file.fields}
    fields = [
        {**each, **_categories(described[each["name"]], source)}
        for each in older["schema"]["fields"]
    ]
    resource["dialect"] = {"$schema": f"{_PROFILES}tabledialect.json", **older["dialect"]}
    resource["schema"] = {
        "$schema": f"{_PROFILES}tableschema.json",
        **older["schema"],
        "fields": fields,
        "missingValues": [_EMPTY],
    }
    return resource


def _categories(field: Field, source: WrittenDataset) -> dict[str, Any]:
    """Return the codes of a column that holds one at a time."""
    if "enum" not in field.constraints and field.computed is None:
        return {}
    words = source.words(field)
    if not words:
        return {}
    return {"categories": [{"value": code, "label": said} for code, said in words.items()]}
