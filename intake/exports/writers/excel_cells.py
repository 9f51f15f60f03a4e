"""The cells of a workbook's column: words for codes, numbers as numbers, texts that stay texts."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeAlias

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet.worksheet import Worksheet

from intake.exports.tables.fields import Field
from intake.exports.writers.lost import Lost
from intake.exports.writers.written_dataset import WrittenDataset

_MOST_CHARACTERS, _MOST_DIGITS = 32_767, 15
_FIRST_DAY = dt.date(1900, 3, 1)
"""Before it, programs count days differently."""
_RUN = ("=", "+", "-", "@", "\t", "\r", "#")
"""What would be run, or be an error, were the text typed again."""
_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_")

Made: TypeAlias = Cell | int | float | dt.date | None
Make = Callable[[str], Made]


def cell_of(sheet: Worksheet, file: str, field: Field, source: WrittenDataset, lost: Lost) -> Make:
    """Return what makes the cells of one column from the texts of the CSV file."""
    place = (file, field.name)
    words = distinct(source.words(field))

    def make(text: str) -> Made:
        if not text:
            return None
        if field.type in ("integer", "number"):
            return _number(text) if _fits(text) else _kept(sheet, text, place, lost)
        if field.type == "date":
            day = dt.date.fromisoformat(text)
            return day if day >= _FIRST_DAY else text_of(sheet, text)
        said = "; ".join(words.get(code, code) for code in text.split(";")) if words else text
        return text_of(sheet, _readable(said, place, lost))

    return make


def distinct(words: Mapping[str, str]) -> Mapping[str, str]:
    """Return the words of codes, the code added to words that several codes share."""
    shared = Counter(words.values())
    return {code: f"{said} ({code})" if shared[said] > 1 else said for code, said in words.items()}


def text_of(sheet: Worksheet, text: str) -> Cell:
    """Return a cell that holds a text whatever it begins with, also after it was edited."""
    cell: Cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    if text.startswith(_RUN):
        cell.quotePrefix = True
    return cell


def _fits(text: str) -> bool:
    return sum(character.isdigit() for character in text) <= _MOST_DIGITS


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _kept(sheet: Worksheet, text: str, place: tuple[str, str], lost: Lost) -> Cell:
    lost.note(*place, "a number of more digits than a cell holds", "a text")
    return text_of(sheet, text)


def _readable(text: str, place: tuple[str, str], lost: Lost) -> str:
    """Return a text that a cell can hold."""
    clean: str = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)
    if clean != text:
        lost.note(*place, "a character that no workbook holds", "\N{REPLACEMENT CHARACTER}")
    if _ESCAPE.search(clean):
        lost.note(*place, "a text like _x0041_", "read as a character")
    if len(clean) > _MOST_CHARACTERS:
        lost.note(*place, "a text of more characters than a cell holds", "its beginning")
    return clean[:_MOST_CHARACTERS]
