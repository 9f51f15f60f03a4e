"""Several answers at once, as a person keeps them: a table of codes and answers. Pure."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from intake.model.errors import DecisionRefused, Refusal
from intake.model.receipt import Correction
from intake.words.spelling import entered, fold

_DELIMITERS = (";", "\t", ",")
_COLUMNS = 2
_HEADS = ("code", "question", "adresse", "address", "place")


def answers_of(content: bytes) -> tuple[Correction, ...]:
    """Return the answers of a CSV file, in its order.

    A first line of titles is passed over; a column beyond two that it names holds remarks.
    Raises DecisionRefused for a line that holds anything but a code and an answer, and for a
    table without any.
    """
    rows = list(_rows(_text(content)))
    width = _COLUMNS
    if rows and fold(rows[0][1][0]) in map(fold, _HEADS):
        width = sum(1 for title in rows[0][1] if title.strip())
        rows = rows[1:]
    if not rows:
        raise DecisionRefused(Refusal.NOT_A_TABLE, line="1")
    return tuple(_answer(line, cells, width) for line, cells in rows)


def _answer(line: int, cells: list[str], width: int) -> Correction:
    is_more = any(cell.strip() for cell in cells[max(width, _COLUMNS) :])
    is_cut = len(cells) > _COLUMNS and all(cell.strip().isdigit() for cell in cells[1:3])
    # ``N02,1,5`` and ``C01;a;b`` are one answer, cut in two by the sign between the columns.
    if len(cells) < _COLUMNS or not entered(cells[0]) or is_more or is_cut:
        raise DecisionRefused(Refusal.NOT_A_TABLE, line=str(line))
    place, text = entered(cells[0]), cells[1].strip()
    if not entered(text):
        raise DecisionRefused(Refusal.EMPTY_VALUE, place=place)
    return Correction(place, text)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error:
        raise DecisionRefused(Refusal.NOT_A_TABLE, line=str(reader.line_num)) from None


def _text(content: bytes) -> str:
    """Return the text of a file saved by any spreadsheet program in use here."""
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
