"""The formats that the dataset leaves in, and which part of the program each of them needs."""

from __future__ import annotations

from enum import StrEnum


class ExportFormat(StrEnum):
    """For whom the files are (a closed list); ``csv`` is what all others are made of."""

    CSV = "csv"
    CSV_FR = "csv-fr"
    """For a double click in a French spreadsheet."""
    R = "r"
    """CSV with a script that reads it."""
    EXCEL = "excel"
    DATAPACKAGE = "datapackage"
    """CSV described as Data Package, version 2."""
    PARQUET = "parquet"
    STATA = "stata"
    SPSS = "spss"


LOST = "lost-on-the-way.csv"
"""What a format could not hold as it was."""
