"""Every format that the dataset leaves in, each made of the CSV files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from intake.exports.writers import csv_fr, excel, package_v2, parquet, r_script, stats_files
from intake.exports.writers.lost import Lost
from intake.exports.writers.written_dataset import WrittenDataset
from intake.model.file.export_format import LOST, ExportFormat

Write = Callable[[WrittenDataset, Path, Lost], Iterator[str]]


def is_beside_csv(to: ExportFormat) -> bool:
    """Say whether the CSV files themselves are part of what leaves."""
    match to:
        case ExportFormat.CSV | ExportFormat.R | ExportFormat.DATAPACKAGE:
            return True
        case ExportFormat.CSV_FR | ExportFormat.EXCEL | ExportFormat.PARQUET:
            return False
        case ExportFormat.STATA | ExportFormat.SPSS:
            return False
        case unknown:
            assert_never(unknown)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the program that is installed apart, and the module that tells its presence."""

    extra: str
    module: str


def module_of(to: ExportFormat) -> Part | None:
    """Return what a format needs beyond the core of the program."""
    match to:
        case ExportFormat.PARQUET:
            return Part("parquet", "duckdb")
        case ExportFormat.STATA | ExportFormat.SPSS:
            return Part("stats-files", "pyreadstat")
        case ExportFormat.CSV | ExportFormat.R | ExportFormat.DATAPACKAGE:
            return None
        case ExportFormat.CSV_FR | ExportFormat.EXCEL:
            return None
        case unknown:
            assert_never(unknown)


def write_in(to: ExportFormat, source: WrittenDataset, folder: Path) -> tuple[str, ...]:
    """Write a dataset in a format, with what was lost on the way; return the names.

    Raises ImportError when the extra of the format is missing, OSError for the files.
    """
    lost = Lost()
    names = tuple(_WRITERS[to](source, folder, lost))
    (folder / LOST).write_bytes(lost.content)
    return (*names, LOST)


def _nothing_more(_source: WrittenDataset, _folder: Path, _lost: Lost) -> Iterator[str]:
    return iter(())


_WRITERS: Mapping[ExportFormat, Write] = {
    ExportFormat.CSV: _nothing_more,
    ExportFormat.CSV_FR: csv_fr.write,
    ExportFormat.R: r_script.write,
    ExportFormat.EXCEL: excel.write,
    ExportFormat.DATAPACKAGE: package_v2.write,
    ExportFormat.PARQUET: parquet.write,
    ExportFormat.STATA: stats_files.write_stata,
    ExportFormat.SPSS: stats_files.write_spss,
}
"""One row a format; a test holds that none is without."""
