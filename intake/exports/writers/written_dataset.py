"""A dataset as it was written in CSV: what every other format is made of, a row at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from intake.exports.tables.fields import Field, FileFields
from intake.exports.tables.table import Row
from intake.model.definition import Option
from intake.words.catalogue import words_of

CODEBOOK, RECORDS, VALUES = "codebook.csv", "records.csv", "values.csv"


@dataclass(frozen=True, slots=True)
class WrittenDataset:
    """The CSV files of a folder with their fields, in the order of the package."""

    folder: Path
    files: Sequence[FileFields]
    languages: Sequence[str]
    """The default language first."""

    @property
    def language(self) -> str:
        """Return the language that labels are in."""
        return self.languages[0]

    def file(self, name: str) -> FileFields:
        """Return one file by its name. Raises KeyError."""
        found = {file.file: file for file in self.files}
        return found[name]

    @property
    def wide(self) -> tuple[FileFields, ...]:
        """Return the files with a column an item: patients, then each repeating group."""
        fixed = (VALUES, "findings.csv", CODEBOOK)
        return tuple(file for file in self.files if file.file not in fixed)

    def rows(self, name: str) -> Iterator[Row]:
        """Yield the rows of one file, its header left out; no file is held whole."""
        with (self.folder / name).open(encoding="utf-8", newline="") as stream:
            lines = csv.reader(stream, strict=True)
            next(lines)
            yield from map(tuple, lines)

    def label(self, field: Field) -> str:
        """Return the words of a column."""
        return words_of(self.language).local(field.label)

    def words(self, field: Field) -> Mapping[str, str]:
        """Return the words of each code that a column may hold; empty where it holds no codes."""
        said = words_of(self.language)
        return {option.code: said.local(option.title) for option in codes_of(field)}


def codes_of(field: Field) -> tuple[Option, ...]:
    """Return the codes that a column may hold, in order, alone or joined by ``;``."""
    if field.computed is not None:
        return tuple(Option(code, title) for code, title in field.computed.codes.items())
    is_answer = field.column is not None and field.column.option is None
    return field.column.merged.options if field.column is not None and is_answer else ()
