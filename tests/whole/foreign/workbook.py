"""A workbook of openpyxl with answers of every kind, with names for its cells and without."""

from __future__ import annotations

import datetime as dt
import io

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

CELLS = {
    "nom_patient": ("B2", "Œdème d’été"),
    "poids": ("B3", 72.5),
    "Né_le": ("B4", dt.date(2016, 3, 14)),
    "accord": ("B5", True),
    "age": ("B6", 48),
    "code": ("B7", "007"),
    "vide": ("B8", None),
}
VALUES = {
    "nom_patient": "Œdème d’été",
    "poids": "72.5",
    "Né_le": "2016-03-14",
    "accord": "TRUE",
    "age": "48",
    "code": "007",
    "vide": "",
}


def form(*, named: bool = True) -> bytes:
    """Return the workbook, filled in."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Fiche n° 1"
    for name, (cell, value) in CELLS.items():
        sheet[f"A{cell[1:]}"] = name
        sheet[cell] = value
        if named:
            place = f"'{sheet.title}'!$B${cell[1:]}"
            book.defined_names[name] = DefinedName(name, attr_text=place)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
