"""``r``: a script that reads the CSV files into R, with base R alone.

It names no column: the codebook beside it says which are numbers, dates and choices, so the same
script reads any dataset.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from intake.exports.writers.lost import Lost
from intake.exports.writers.written_dataset import WrittenDataset

NAME = "import.R"
_SCRIPT = Path(__file__).with_name("import.R")


def write(source: WrittenDataset, folder: Path, lost: Lost) -> Iterator[str]:
    """Write the script beside the CSV files and yield its name. Raises OSError."""
    text = _SCRIPT.read_text(encoding="utf-8").replace("@LANGUAGE@", source.language)
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")
    for file in source.files:
        for field in file.fields:
            if field.type == "time":
                lost.note(file.file, field.name, "R has no time of day", "a text", 0)
    yield NAME
