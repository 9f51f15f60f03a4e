"""Turn one item into what the page shows: buttons, ticks or a box, and its fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, assert_never

from intake.formats.pdf.font import field_font
from intake.formats.pdf.write.layout.box_sizes import (
    VERY_LONG_TEXT,
    box_height,
    box_size,
    holds,
    sample,
)
from intake.formats.pdf.write.layout.geometry import (
    ANSWER,
    BUTTON,
    DROPDOWN_EXTRA,
    LINE,
    MM,
    OPTION_GAP,
    OPTION_SIZE,
    STEP,
)
from intake.formats.pdf.write.layout.spec import FieldBook, FieldSpec, Kind, radio_target
from intake.model.address import Place
from intake.model.definition import DataType, Family, FormDefinition, Item, LocalText, Option
from intake.words.catalogue import Words
from intake.words.typography import printed

Node = dict[str, Any]
"""A piece of the page model, as the template reads it."""
MANY_OPTIONS = 6
"""Above this, answers are set below the question, over the full width."""
MOST_BUTTONS = 30
"""Above this, a single choice is a dropdown."""
MOST_COLUMNS = 4
OPTION_AFTER = 2.5
"""White after an answer's label."""
MOST_WHITE = 6.0
"""Room added between answers that stand on one line."""
DROPDOWN_SIZE = 8.0
TWO_LINES = 6.9
"""Height in millimetres of a box for two small lines."""
AUTO = 0.0
"""Size of text that shrinks to fit its box."""
SPARE = 5
"""Characters a field takes beyond the true limit, so that no program cuts in silence."""


@dataclass(frozen=True)
class Sheet:
    """What every part of the layout needs: the form, its words, the fields met so far."""

    definition: FormDefinition
    words: Words
    prefill: Mapping[str, str]
    book: FieldBook = field(default_factory=FieldBook)

    def print(self, text: LocalText) -> str:
        """Return a schema's words as printed."""
        return printed(self.words.local(text), self.words.language)

    def add(self, spec: FieldSpec) -> FieldSpec:
        """Keep a field, holding its prefilled value if it has one."""
        value = self.prefill.get(spec.name, spec.value)
        return self.book.add(spec.with_value(value))


def text_width(text: str, size: float = OPTION_SIZE) -> float:
    """Return the width of a text in millimetres."""
    return field_font().width(text, size) / MM


def spoken(sheet: Sheet, item: Item, row: int | None = None) -> str:
    """Return what a screen reader says of an item's field: code, question, unit, row."""
    unit = sheet.words.local(item.unit)
    parts = [Place(item, row).code, sheet.words.local(item.label), f"({unit})" if unit else ""]
    words = " ".join(part for part in parts if part)
    return f"{words}, {_spoken_row(sheet, item, row)}" if row else words


def _spoken_row(sheet: Sheet, item: Item, row: int) -> str:
    """Return the printed value that names a row, else its number among the rows."""
    group = sheet.definition.groups[item.group or ""]
    fixed = next((i for i in group.items if i.name == group.fixed_item), None)
    if fixed is None:
        return sheet.words.text("form.spoken_row", row=row, rows=group.printed[-1])
    value = group.fixed_values[row - 1]
    option = fixed.option(value)
    return sheet.words.local(option.title) if option else value


def answer(sheet: Sheet, item: Item, row: int | None = None, width: float = ANSWER) -> Node:
    """Return the answer of an item, set in a width; registers its fields."""
    match item.family:
        case Family.TICKED:
            return ticks(sheet, item, row, width)
        case Family.LISTED if len(item.options) > MOST_BUTTONS:
            return dropdown(sheet, item, row, min(width, dropdown_width(sheet, item)))
        case Family.LISTED:
            return buttons(sheet, item, row, width)
        case Family.WORDS | Family.NUMBER | Family.DAY | Family.TIME:
            return text_box(sheet, item, row, width)
        case unknown:
            assert_never(unknown)


def is_wide(item: Item) -> bool:
    """Say whether the answer is set below the question."""
    if item.is_choice:
        return len(item.options) > MANY_OPTIONS
    return is_very_long(item)


def is_very_long(item: Item) -> bool:
    """Say whether the answer may fill a good part of a page."""
    return not item.is_choice and (item.max_length or 0) >= VERY_LONG_TEXT


def buttons(sheet: Sheet, item: Item, row: int | None = None, width: float = ANSWER) -> Node:
    """Return a radio group."""
    spec = radio(sheet, item, row)
    marks = [
        {"target": radio_target(spec.name, option.code), "label": sheet.print(option.title)}
        for option in item.options
    ]
    return {"kind": "radios", "columns": _columns(marks, width), "options": marks}


def radio(sheet: Sheet, item: Item, row: int | None = None) -> FieldSpec:
    """Register the radio group of a single choice."""
    return sheet.add(
        FieldSpec(
            name=Place(item, row).address,
            kind=Kind.RADIO,
            label=spoken(sheet, item, row),
            options=_labels(sheet, item),
        )
    )


def ticks(sheet: Sheet, item: Item, row: int | None = None, width: float = ANSWER) -> Node:
    """Return one tick box per option."""
    marks = [_tick(sheet, item, row, option) for option in item.options]
    return {"kind": "ticks", "columns": _columns(marks, width), "options": marks}


def _tick(sheet: Sheet, item: Item, row: int | None, option: Option) -> Node:
    label = f"{spoken(sheet, item, row)} : {sheet.words.local(option.title)}"
    name = Place(item, row, option).address
    sheet.add(FieldSpec(name=name, kind=Kind.TICK, label=label))
    return {"target": name, "label": sheet.print(option.title)}


def dropdown(
    sheet: Sheet, item: Item, row: int | None, width: float, *, size: float = DROPDOWN_SIZE
) -> Node:
    """Return a dropdown of a given width."""
    spec = sheet.add(
        FieldSpec(
            name=Place(item, row).address,
            kind=Kind.DROPDOWN,
            label=spoken(sheet, item, row),
            options=_labels(sheet, item),
            size=size,
        )
    )
    return {"kind": "dropdown", "target": spec.name, "w": width, "h": LINE}


def dropdown_width(sheet: Sheet, item: Item) -> float:
    """Return the width that the longest answer of a dropdown needs."""
    longest = max(text_width(label, DROPDOWN_SIZE) for _, label in _labels(sheet, item))
    return longest + DROPDOWN_EXTRA


def _labels(sheet: Sheet, item: Item) -> tuple[tuple[str, str], ...]:
    return tuple((option.code, sheet.words.local(option.title)) for option in item.options)


def option_widths(marks: Sequence[Node], size: float = OPTION_SIZE) -> list[float]:
    """Return the width in millimetres that each answer needs: button, label, white."""
    return [BUTTON + OPTION_GAP + text_width(m["label"], size) + OPTION_AFTER for m in marks]


def _columns(marks: list[Node], width: float) -> list[float]:
    """Return the widths of the columns that answers are set in, left to right.

    Short answers stand on the page's pitch; others in as many columns as fit, each as
    wide as its longest answer, the room left shared out.
    """
    needs = option_widths(marks)
    on_pitch = max(needs[:-1], default=0) <= STEP and len(needs) <= 5
    if width == ANSWER and on_pitch and needs[-1] <= width - STEP * (len(needs) - 1):
        return [STEP] * (len(needs) - 1) + [width - STEP * (len(needs) - 1)]
    for count in range(min(MOST_COLUMNS, len(marks)), 1, -1):
        columns = [max(needs[start::count]) for start in range(count)]
        spare = width - sum(columns)
        if spare >= 0:
            more = spare / count if count < len(marks) else min(spare / count, MOST_WHITE)
            return [column + more for column in columns]
    return [width]


def text_box(sheet: Sheet, item: Item, row: int | None = None, width: float = ANSWER) -> Node:
    """Return a box to write in, with its unit or how to write beside."""
    box_width, height = box_size(item, width)
    spec = sheet.add(text_spec(sheet, item, row, lines=height > LINE, width=box_width))
    return {
        "kind": "box",
        "target": spec.name,
        "w": box_width,
        "h": height,
        "unit": sheet.print(item.unit),
        "note": _note(sheet, item),
    }


def text_spec(
    sheet: Sheet, item: Item, row: int | None, *, lines: bool, width: float = 0
) -> FieldSpec:
    """Return the field of a text, number or date.

    With a width, a text that may not fit shrinks instead of being cut in print.
    """
    limit = item.max_length if item.is_free_text else None
    size = 8.0 if limit and limit > 40 else 9.0
    if width and limit and text_width("n" * limit, size) > width:
        size = AUTO
    return FieldSpec(
        name=Place(item, row).address,
        kind=Kind.TEXT,
        label=spoken(sheet, item, row),
        max_length=limit + max(SPARE, limit // 10) if limit else None,
        multiline=lines,
        size=AUTO if lines else size,
        length=limit or 0,
        sample=sample(item),
    )


def with_beside(sheet: Sheet, item: Item, beside: Item) -> Node:
    """Return a box to tick with a text's box, and its name, on the same line."""
    marks = [_tick(sheet, item, None, option) for option in item.options]
    name = sheet.print(beside.label)
    tick = sum(option_widths(marks))
    width = ANSWER - tick - text_width(name, OPTION_SIZE) - OPTION_AFTER
    fits = holds(beside.max_length or 0, width, TWO_LINES)
    height = TWO_LINES if fits else box_height(beside.max_length or 0, width)
    spec = sheet.add(text_spec(sheet, beside, None, lines=height > LINE, width=width))
    box = {"kind": "box", "target": spec.name, "w": width, "h": height, "unit": "", "note": name}
    ticked = {"kind": "ticks", "columns": [tick], "options": marks}
    return {"kind": "beside", "w": tick, "ticks": ticked, "box": box}


def _note(sheet: Sheet, item: Item) -> str:
    match item.data_type:
        case DataType.DATE:
            return sheet.words.text("form.date.full")
        case DataType.PARTIAL_DATE:
            return sheet.words.text("form.date.partial")
        case DataType.TIME:
            return sheet.words.text("form.time")
        case DataType.TEXT | DataType.INTEGER | DataType.DECIMAL:
            return ""
        case DataType.SINGLE_CHOICE | DataType.MULTIPLE_CHOICE:
            return ""
        case unknown:
            assert_never(unknown)
