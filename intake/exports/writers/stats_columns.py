"""A column of a statistics file: its name, its words, its numbers, and why cells hold none.

Stata and SPSS label numbers alone, so that a choice is a number by the order of the form, its label
the code and its words. A reason for an empty cell is a missing value of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.exports.tables.fields import Field
from intake.exports.tables.value_table import MISSING_CODES
from intake.exports.writers.stats_limits import Limits
from intake.exports.writers.written_dataset import VALUES, WrittenDataset
from intake.model.computed import DerivedType

Reasons = Mapping[tuple[str, str, str], str]
"""Why there is no answer, by record, item and row."""
Cell = float | str | None
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class StatsColumn:
    """One column, ready to be written."""

    name: str
    label: str
    cells: Sequence[Cell]
    is_text: bool
    words: Mapping[float | str, str]
    """Of its numbers and of its missing values."""


def read_reasons(source: WrittenDataset) -> Reasons:
    """Return why answers are missing, from the long table."""
    names = [field.name for field in source.file(VALUES).fields]
    at = [names.index(name) for name in ("record_id", "item", "row", "missing")]
    rows = ([row[place] for place in at] for row in source.rows(VALUES))
    return {(record, item, row): reason for record, item, row, reason in rows if reason}


def number_of(code: str, codes: Sequence[str]) -> float:
    """Return the number of a code: its rank. Raises ValueError when it is none of them."""
    return float(codes.index(code) + 1)


def stats_column(
    source: WrittenDataset,
    field: Field,
    texts: Sequence[str],
    whys: Sequence[str],
    limits: Limits,
) -> StatsColumn:
    """Return a column of its texts; ``whys`` are the reasons of its empty cells, or nothing."""
    words = source.words(field) if _holds_one(field) else {}
    codes = list(words)
    name, label = limits.name(field.name), limits.label(field.name, source.label(field))
    is_listed = bool(codes) and {*texts} <= {*codes, ""}
    is_number = field.type in ("integer", "number") and not any(
        text and limits.is_reason(float(text)) for text in texts
    )
    if not is_listed and not is_number:
        kept = [limits.text(field.name, text) for text in texts]
        if count := sum(map(bool, whys)):
            what = "why a text is empty"
            limits.lost.note(limits.file, field.name, what, "an empty text: ask for csv", count)
        return StatsColumn(name, label, kept, is_text=True, words={})
    cells: list[Cell] = []
    for text, why in zip(texts, whys, strict=True):
        if text:
            cells.append(number_of(text, codes) if is_listed else float(text))
        else:
            cells.append(limits.reason(why) if why else None)
    told: dict[float | str, str] = {}
    if is_listed:
        for code, said in words.items():
            told[number_of(code, codes)] = limits.answer(field.name, f"{code} - {said}")
    for why in MISSING_CODES:
        if why in whys:
            told[limits.reason(why)] = why
    return StatsColumn(name, label, cells, is_text=False, words=told)


def note_losses(field: Field, column: StatsColumn, texts: Sequence[str], limits: Limits) -> None:
    """Note what a column of a statistics file says otherwise than the CSV file."""
    file, lost = limits.file, limits.lost
    if column.is_text and field.type in ("integer", "number"):
        lost.note(file, field.name, "a number among those that stand for reasons", "texts", 0)
    if field.type in ("date", "time"):
        lost.note(file, field.name, f"a {field.type}", "a text", 0)
    if not column.is_text and _holds_one(field) and field.type == "string":
        lost.note(file, field.name, "codes", "their rank; the code begins the label", 0)
    if field.type == "number":
        for text in texts:
            if sum(map(str.isdigit, text)) > _MOST_DIGITS:
                what = "a number of more than 15 digits"
                lost.note(file, field.name, what, "the nearest binary number")


def _holds_one(field: Field) -> bool:
    """Say whether a cell of a column holds one code at most."""
    if field.computed is not None:
        return field.computed.kind == DerivedType.STRING
    if field.column is None or field.column.option is not None:
        return False
    return not any(item.is_ticked for item in field.column.merged.asked_as)
