"""Share out a card's items over lines: which stand side by side, and how wide each is.

Widths only; what an item shows in its width is in ``cards`` and ``card_answers``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.formats.pdf.write.layout.answers import Node, Sheet, text_width
from intake.formats.pdf.write.layout.card_answers import Room, card_room
from intake.formats.pdf.write.layout.group_parts import FULL_LINE, item_words
from intake.model.definition import Item

SPANS = 24
"""Columns of the grid inside a card."""
GUTTER = 3.0
UNIT = (FULL_LINE + GUTTER) / SPANS
MOST_SPANS = 12
"""A short answer is not stretched further to fill its line."""
BOLD = 1.12
"""How much wider bold letters are."""
LONGEST_LABEL = 64.0
"""Longer labels of a card go over two lines."""
FOLDED = 1.8
"""How much narrower a label is over two lines."""
CODE_SIZE, LABEL_SIZE = 6.4, 7.4
LABEL_LINE, BETWEEN = 2.9, 2.5
"""Heights in millimetres of a line of words, and of the white in and under a line."""


@dataclass(frozen=True, slots=True)
class Cell:
    """An item that is to stand on a line of a card."""

    item: Item
    span: int
    """Spans that it wants, its words on one line if that is not too long."""
    least: int
    """Spans that it cannot do without, its words over two lines."""
    words: float
    """Width of its words on one line, in millimetres."""
    height: float
    """Height of its answer in millimetres."""

    @property
    def ticks(self) -> bool:
        """Say whether the answer keeps its height; boxes are as tall as the tallest."""
        return self.item.is_ticked


@dataclass(frozen=True, slots=True)
class Line:
    """Cells side by side, and how many spans each got."""

    cells: tuple[Cell, ...]
    spans: tuple[int, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Return the items of the line, in order."""
        return tuple(cell.item for cell in self.cells)

    @property
    def widths(self) -> tuple[float, ...]:
        """Return the width of each item's cell in millimetres."""
        return tuple(span * UNIT - GUTTER for span in self.spans)

    @property
    def height(self) -> float:
        """Return roughly how tall the line is, in millimetres."""
        box = max((cell.height for cell in self.cells if not cell.ticks), default=0)
        return BETWEEN + max(
            (cell.height if cell.ticks else box) + LABEL_LINE * (1 if cell.words <= width else 2)
            for cell, width in zip(self.cells, self.widths, strict=True)
        )

    @property
    def empty(self) -> int:
        """Return the spans that its cells did not ask for."""
        return max(0, SPANS - sum(cell.span for cell in self.cells))


def packed(sheet: Sheet, items: Sequence[Item], shared: str | None) -> tuple[Line, ...]:
    """Set items on the lines of a card, in order: as low as can be, then evenly filled."""
    cells = [_cell(sheet, item, item_words(sheet, item, shared)) for item in items]
    best: list[tuple[Line, ...]] = [()]
    for end in range(1, len(cells) + 1):
        lines = [(start, _line(cells[start:end])) for start in range(end)]
        best.append(min(((*best[s], line) for s, line in lines if line), key=_cost))
    return best[-1]


def _cost(lines: Sequence[Line]) -> tuple[float, int, int]:
    height = sum(line.height for line in lines)
    return round(height, 3), len(lines), sum(line.empty**2 for line in lines)


def is_beside(words: Node, width: float) -> bool:
    """Say whether the condition of a cell fits on the line of its label."""
    label, when = _word_widths(words)
    return label + when <= width


def _line(cells: Sequence[Cell]) -> Line | None:
    """Return cells side by side, or None when they do not fit; some may have to fold."""
    spans = [cell.span for cell in cells]
    if sum(spans) > SPANS:
        spans = [cell.least for cell in cells]
    if sum(spans) > SPANS:
        return None
    most = [max(cell.span, MOST_SPANS) for cell in cells]
    for limits in ([cell.span for cell in cells], most):
        while sum(spans) < SPANS:
            growing = [i for i, span in enumerate(spans) if span < limits[i]]
            if not growing:
                break
            for index in growing[: SPANS - sum(spans)]:
                spans[index] += 1
    return Line(tuple(cells), tuple(spans))


def _word_widths(words: Node) -> tuple[float, float]:
    """Return the widths of a cell's label and of its condition."""
    mark = " *" if words["required"] else ""
    code = text_width(f"{words['code']}.1  ", CODE_SIZE * BOLD)
    when = text_width(words["when"], CODE_SIZE * BOLD)
    label = code + text_width(f"{words['label']}{mark}", LABEL_SIZE) + 0.5
    return label, when + (1 if when else 0)


def _cell(sheet: Sheet, item: Item, words: Node) -> Cell:
    """Return an item with the spans it wants and those it cannot do without."""
    room: Room = card_room(sheet, item)
    label, when = _word_widths(words)
    two = max(label, when) if when else label / FOLDED
    one = label + when if label + when <= LONGEST_LABEL else two
    wanted, least = (
        min(SPANS, -int(-(max(room.width, width) + GUTTER) // UNIT)) for width in (one, two)
    )
    return Cell(item, wanted, least, label + when, room.height)
