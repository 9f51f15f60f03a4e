"""``parquet``: one file a table, typed, by DuckDB (extra ``parquet``); no table is held whole.

The words of the columns are in ``codebook.parquet`` and in the metadata of each file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from intake.exports.tables.fields import Field, FileFields
from intake.exports.writers.lost import Lost
from intake.exports.writers.written_dataset import WrittenDataset

_TYPES = {"integer": "BIGINT", "number": "DOUBLE", "date": "DATE"}
_TEXT = "VARCHAR"
_MOST_DIGITS = 15
_ROWS_TOGETHER = 4096
"""Rows held at a time: wide tables are held by rows, and DuckDB's own number costs memory."""


def write(source: WrittenDataset, folder: Path, lost: Lost) -> Iterator[str]:
    """Write each table and yield its name. Raises ImportError without the extra, OSError."""
    import duckdb  # noqa: PLC0415 - an extra

    with duckdb.connect(":memory:", config={"threads": 1}) as base:
        for file in source.files:
            name = file.file.removesuffix(".csv") + ".parquet"
            base.execute(_copy(source, file, folder / name))
            _note(source, file, lost)
            yield name


def _copy(source: WrittenDataset, file: FileFields, target: Path) -> str:
    """Return the statement that turns a CSV file into a typed one."""
    columns = ", ".join(f"{_quoted(field.name)}: 'VARCHAR'" for field in file.fields)
    chosen = ", ".join(_typed(field) for field in file.fields)
    told = json.dumps({f.name: source.label(f) for f in file.fields}, ensure_ascii=False)
    read = (
        f"read_csv({_quoted(str(source.folder / file.file))}, columns={{{columns}}}, header=true,"
        " auto_detect=false, delim=',', quote='\"', escape='\"', nullstr='', strict_mode=true,"
        " parallel=false, max_line_size=100000000)"
    )
    how = (
        f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS_TOGETHER},"
        f" KV_METADATA {{labels: {_quoted(told)}}}"
    )
    return f"COPY (SELECT {chosen} FROM {read}) TO {_quoted(str(target))} ({how})"  # noqa: S608 - names and paths are quoted


def _typed(field: Field) -> str:
    name = '"' + field.name.replace('"', '""') + '"'
    return f"CAST({name} AS {_TYPES.get(field.type, _TEXT)}) AS {name}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _note(source: WrittenDataset, file: FileFields, lost: Lost) -> None:
    """Note the decimal numbers of more digits than a binary one keeps."""
    places = [n for n, field in enumerate(file.fields) if field.type == "number"]
    for row in source.rows(file.file):
        for place in places:
            if sum(map(str.isdigit, row[place])) > _MOST_DIGITS:
                what = "a number of more than 15 digits"
                lost.note(file.file, file.fields[place].name, what, "the nearest binary number")
