"""A reader of the analysis dataset who also has what lies in mailboxes.

Every returned form, every receipt, and the first and last day of the collection. Not the
answers: who reads a whole form finds its row by them, whatever the dataset withholds.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping

from intake.model.receipt import Receipt

_WORD = re.compile(r"\w[\w.-]*")
_DESCRIPTIONS = ("codebook.csv", "datapackage.json")


def tables(files: Mapping[str, bytes]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Yield the tables of data, by name."""
    for name in sorted(files):
        if name not in _DESCRIPTIONS:
            text = io.StringIO(files[name].decode("utf-8"), newline="")
            yield name, list(csv.DictReader(text, strict=True))


def marks_of(receipt: Receipt) -> set[str]:
    """Return every word by which a receipt, or the form it is about, could be found again."""
    digest = receipt.source.sha256
    days = (receipt.filling_date, receipt.source.received.date().isoformat())
    told = {receipt.id, digest, digest[:12], receipt.source.name, receipt.folder}
    told |= {receipt.subject or "", receipt.centre or "", *(day or "" for day in days)}
    hashed = {hashlib.sha256(mark.encode()).hexdigest() for mark in told}
    return (told | hashed) - {""}


def rows_linked(files: Mapping[str, bytes], receipts: Iterable[Receipt]) -> list[str]:
    """Return the cells that name a form or a receipt, with the file and column of each."""
    marks = set().union(*(marks_of(receipt) for receipt in receipts))
    return [
        f"{name} {column}: {cell}"
        for name, rows in tables(files)
        for row in rows
        for column, cell in row.items()
        if marks & {cell, *_WORD.findall(cell)}
    ]


def columns_that_date(
    files: Mapping[str, bytes],
    days_zero: Mapping[str, dt.date],
    collection: tuple[dt.date, dt.date],
) -> set[str]:
    """Return the columns of whole numbers that, counted back from the collection, date rows.

    Such a column, read as days, leads from a day of the collection to the true day zero of
    each row it fills. A column of one patient's chance hit is none.
    """
    found: set[str] = set()
    for name, rows in tables(files):
        for column in rows[0] if rows else ():
            cells = [(row["record_id"], row[column]) for row in rows]
            filled = [(row, int(cell)) for row, cell in cells if re.fullmatch(r"-?\d{1,5}", cell)]
            reached = [days_zero[row] + dt.timedelta(cell) for row, cell in filled]
            if reached and all(collection[0] <= day <= collection[1] for day in reached):
                found.add(f"{name} {column}")
    return found


def days_zero_guessed(
    files: Mapping[str, bytes], column: str, known_days: Iterable[dt.date]
) -> dict[str, set[dt.date]]:
    """Return, for each record, what day zero would be if a column were one of the days known."""
    days = tuple(known_days)
    return {
        row["record_id"]: {day - dt.timedelta(int(row[column])) for day in days}
        for row in dict(tables(files))["records.csv"]
    }
