"""The colours of a table's answers, by formulas: what does not apply, what is awaited."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter

from intake.formats.excel.write import look
from intake.formats.excel.write.conditions import ALWAYS, Conditions
from intake.formats.excel.write.lines import Line
from intake.formats.excel.write.table.sheet import HEAD_ROW, TableSheet
from intake.model.address import Place


def draw_colours(on: TableSheet) -> None:
    """Grey the answers that do not apply; colour those that are awaited.

    Cells whose formulas say the same of each share a rule: it is written for the first.
    """
    asleep: dict[str, list[str]] = {}
    wanted: dict[str, list[tuple[int, str]]] = {}
    conditions = Conditions(on.book.definition, on.book.words)
    number = on.table.rows[0] if on.is_group else None
    named = partial(_named, on)
    for rows, line in _questions(on):
        applies = conditions.formula(line.item.relevant, line.item.group, named, number)
        if applies and applies != ALWAYS:
            asleep.setdefault(f"NOT({applies})", []).append(on.span(*rows))
        awaited = conditions.formula(line.item.required, line.item.group, named, number)
        if awaited:
            empty = _empty(on, *rows)
            formula = empty if awaited == ALWAYS else f"AND({awaited},{empty})"
            alike = awaited if rows[0] == rows[1] else formula
            wanted.setdefault(alike, []).append((rows[0], formula))
    for formula, cells in asleep.items():
        _colour(on, " ".join(cells), formula, ASLEEP)
    for found in wanted.values():
        _colour(on, " ".join(on.span(row) for row, _ in found), found[0][1], WANTED)


def _questions(on: TableSheet) -> Iterator[tuple[tuple[int, int], Line]]:
    """Yield the first and last row of each question, with its first line."""
    numbered = list(enumerate(on.table.lines, start=HEAD_ROW + 1))
    for row, line in numbered:
        if line.option is None and not line.printed:
            options = sum(other.item is line.item for _, other in numbered) - 1
            yield (row, row + options), line


def _empty(on: TableSheet, first: int, last: int) -> str:
    """Return the formula that is true while a question has no answer in a row begun."""
    column = get_column_letter(on.first)
    tests = [f"LEN(TRIM({column}{first}))=0"]
    if last > first:
        tests = [f"COUNTA({column}{first + 1}:{column}{last})=0"]
    if on.is_group:
        printed = sum(bool(other.printed) for other in on.table.lines)
        end = HEAD_ROW + len(on.table.lines)
        tests.append(f"COUNTA({column}${HEAD_ROW + 1}:{column}${end})>{printed}")
    return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"


def _named(on: TableSheet, place: Place) -> str:
    """Return how a formula of this sheet names a place: its name, or its line's cell."""
    if place.row is None or place.item.group != on.table.lines[0].item.group:
        return place.address
    _, cell = on.book.cells[place.address]
    return cell.replace("$", "", 1)


def _colour(on: TableSheet, cells: str, formula: str, colour: DifferentialStyle) -> None:
    rule = Rule(type="expression", formula=[formula], dxf=colour, stopIfTrue=True)
    on.sheet.conditional_formatting.add(cells, rule)


def _tint(colour: str) -> DifferentialStyle:
    return DifferentialStyle(fill=PatternFill("solid", start_color=colour, end_color=colour))


WANTED, ASLEEP = _tint(look.WANTED), _tint(look.ASLEEP)
