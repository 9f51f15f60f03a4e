"""``stata`` and ``spss``: one file a wide table, by pyreadstat (extra ``stats-files``).

The long table is left out: its reasons stand in the others. Each table is held whole while it is
written: these formats are written by columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intake.exports.tables.fields import Field, FileFields
from intake.exports.tables.table import Row
from intake.exports.writers.lost import Lost
from intake.exports.writers.stats_columns import (
    Reasons,
    StatsColumn,
    note_losses,
    read_reasons,
    stats_column,
)
from intake.exports.writers.stats_limits import RANGE, SPSS, STATA, Bounds, Limits
from intake.exports.writers.written_dataset import CODEBOOK, VALUES, WrittenDataset

if TYPE_CHECKING:
    from pandas import DataFrame

_STATA_MOMENT = re.compile(rb"<timestamp>.{18}</timestamp>", re.DOTALL)
_FIXED_STATA = b"<timestamp>\x1101 Jan 1980 00:00</timestamp>"
_SPSS_MOMENT = slice(92, 109)
_FIXED_SPSS = b"01 Jan 8000:00:00"


def write_stata(source: WrittenDataset, folder: Path, lost: Lost) -> Iterator[str]:
    """Write each table and yield its name. Raises ImportError without the extra, OSError."""
    for file, columns in _tables(source, STATA, lost):
        path = folder / file.file.replace(".csv", ".dta")
        _write_stata(columns, path)
        content = path.read_bytes()
        path.write_bytes(_STATA_MOMENT.sub(lambda _: _FIXED_STATA, content, count=1))
        yield path.name


def write_spss(source: WrittenDataset, folder: Path, lost: Lost) -> Iterator[str]:
    """Write each table and yield its name. Raises ImportError without the extra, OSError."""
    for file, columns in _tables(source, SPSS, lost):
        path = folder / file.file.replace(".csv", ".sav")
        _write_spss(columns, path)
        with path.open("r+b") as stream:
            stream.seek(_SPSS_MOMENT.start)
            stream.write(_FIXED_SPSS)
        yield path.name


def _tables(
    source: WrittenDataset, bounds: Bounds, lost: Lost
) -> Iterator[tuple[FileFields, list[StatsColumn]]]:
    """Yield each table with its columns."""
    reasons = read_reasons(source)
    for file in source.wide:
        limits = Limits(bounds, file.file, lost)
        rows = list(source.rows(file.file))
        yield file, _columns(source, file, rows, reasons, limits)
    for name in (VALUES, "findings.csv", CODEBOOK):
        lost.note(name, "", "the whole file", "labels and reasons in the others: ask for csv", 0)


def _columns(
    source: WrittenDataset,
    file: FileFields,
    rows: Sequence[Row],
    reasons: Reasons,
    limits: Limits,
) -> list[StatsColumn]:
    names = [field.name for field in file.fields]
    row_at = names.index("row") if "row" in names else None
    made = []
    for place, field in enumerate(file.fields):
        item = _item(field)
        whys = [
            reasons.get((row[0], item, "0" if row_at is None else row[row_at]), "") if item else ""
            for row in rows
        ]
        texts = [row[place] for row in rows]
        column = stats_column(source, field, texts, whys, limits)
        note_losses(field, column, texts, limits)
        made.append(column)
    return made


def _item(field: Field) -> str:
    """Return the item whose missing reasons stand in a column: in its own column alone."""
    column = field.column
    return column.merged.name if column is not None and column.name == column.merged.name else ""


def _frame(columns: Sequence[StatsColumn]) -> DataFrame:
    import pandas  # noqa: PLC0415 - an extra, and slow

    return pandas.DataFrame(
        {
            column.name: pandas.Series(
                column.cells, dtype="object" if _has_texts(column) else float
            )
            for column in columns
        }
    )


def _has_texts(column: StatsColumn) -> bool:
    """Say whether a column holds texts, or letters among numbers."""
    return column.is_text or any(isinstance(cell, str) for cell in column.cells)


def _write_stata(columns: Sequence[StatsColumn], path: Path) -> None:
    import pyreadstat  # noqa: PLC0415 - an extra

    letters = {
        column.name: sorted(word for word in column.words if isinstance(word, str))
        for column in columns
    }
    labels: dict[str, dict[Any, str]] = {c.name: dict(c.words) for c in columns if c.words}
    pyreadstat.write_dta(
        _frame(columns),
        str(path),
        column_labels={column.name: column.label for column in columns},
        version=15,
        variable_value_labels=labels,
        missing_user_values={name: found for name, found in letters.items() if found},
    )


def _write_spss(columns: Sequence[StatsColumn], path: Path) -> None:
    import pyreadstat  # noqa: PLC0415 - an extra

    labels: dict[str, dict[Any, str]] = {c.name: dict(c.words) for c in columns if c.words}
    missing: dict[str, list[Any]] = {c.name: [dict(RANGE)] for c in columns if not c.is_text}
    pyreadstat.write_sav(
        _frame(columns),
        str(path),
        column_labels={column.name: column.label for column in columns},
        variable_value_labels=labels,
        missing_ranges=missing,
    )
