"""What the dataset must say of an answer: the script's own reading of what is true.

Nothing of the program's reading is used: dates, numbers, codes and reasons are told apart by
what the questions of the form are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from intake.model.address import Place, places_by_address
from intake.model.definition import DataType
from intake.model.submission import Submission
from tests.whole.study.hands import definition, every_row

Cell = tuple[str, int, str]
"""Group, row, item, as a line of ``values.csv`` names an answer."""


def expected(truth: Mapping[str, str]) -> dict[Cell, str]:
    """Return the value of each answer as ``values.csv`` must give it."""
    places = places_by_address(every_row(definition("1.1.0")))
    cells: dict[Cell, str] = {}
    for address, place in places.items():
        text = truth.get(address, "")
        if text:
            key = _key(place)
            code = place.option.code if place.option else _value(place, text)
            cells[key] = f"{cells[key]};{code}" if key in cells else code
    return cells


def dataset_cells(files: Mapping[str, bytes]) -> dict[str, dict[Cell, str]]:
    """Return the values of each record by its number, as the exported files hold them."""
    subjects = {row["record_id"]: row["subject"] for row in _rows(files["records.csv"])}
    found: dict[str, dict[Cell, str]] = {subject: {} for subject in subjects.values()}
    for row in _rows(files["values.csv"]):
        if row["value"]:
            key = (row["group"], int(row["row"]), row["item"])
            found[subjects[row["record_id"]]][key] = row["value"]
    return found


def cells_of(submission: Submission) -> dict[Cell, str]:
    """Return the values that a record holds."""
    items = definition("1.1.0").items
    return {
        (items[v.item].group or "", v.row or 0, v.item): _held(v.value)
        for v in submission.values
        if v.value is not None
    }


def _key(place: Place) -> Cell:
    return (place.item.group or "", place.row or 0, place.item.name)


def _value(place: Place, text: str) -> str:
    if place.item.is_date:
        return "-".join(reversed(text.split("/")))
    if place.item.data_type in (DataType.INTEGER, DataType.DECIMAL):
        return text.replace(" ", "").replace(",", ".")
    return text


def _held(value: Any) -> str:
    if isinstance(value, tuple | list):
        return ";".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
