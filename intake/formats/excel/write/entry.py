"""What helps a person answer in a cell: its list, its message, its warning.

Warnings, never refusals: a reason for a missing answer may be written in any cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import assert_never

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from intake.formats.excel.anchors import LISTS_SHEET
from intake.formats.wording.captions import joined, reason_words
from intake.model.definition import DataType, Family, Item, MissingReason
from intake.words.catalogue import Words

LONGEST_MESSAGE = 255
"""Characters of a message that Excel shows."""
LONGEST_WARNING = 225


@dataclass(slots=True)
class Lists:
    """The lists of a form, each once, one column a list."""

    labels: dict[tuple[str, ...], str] = field(default_factory=dict)

    def reference(self, labels: tuple[str, ...]) -> str:
        """Return where a list stands, as a formula names it."""
        if labels not in self.labels:
            column = get_column_letter(len(self.labels) + 1)
            self.labels[labels] = f"{LISTS_SHEET}!${column}$1:${column}${len(labels)}"
        return self.labels[labels]


@dataclass(slots=True)
class Entries:
    """The lists and messages of one sheet; cells that share them share one rule."""

    words: Words
    lists: Lists
    rules: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)

    def add(self, item: Item, cells: str) -> None:
        """Give the cells of an item their list and message."""
        labels = self._labels(item)
        source = self.lists.reference(labels) if labels else ""
        key = (source, self._message(item), self._warning(item) if source else "")
        if any(key):
            self.rules.setdefault(key, []).append(cells)

    def _labels(self, item: Item) -> tuple[str, ...]:
        """Return the list that the item's cells offer; none where an answer is typed."""
        match item.family:
            case Family.TICKED:
                return (self.words.text("excel.yes"),)
            case Family.LISTED:
                return tuple(self.words.local(option.title) for option in item.options)
            case Family.NUMBER | Family.DAY | Family.TIME | Family.WORDS:
                return ()
            case unknown:
                assert_never(unknown)

    def write(self, sheet: Worksheet) -> None:
        """Write the rules into their sheet."""
        title = self.words.text("excel.warning_title")
        for (source, message, warning), cells in self.rules.items():
            rule = DataValidation(
                type="list" if source else None,
                formula1=source or None,
                errorStyle="warning",
                allow_blank=True,
                showErrorMessage=bool(source),
                error=warning or None,
                errorTitle=title if source else None,
                showInputMessage=bool(message),
                prompt=message or None,
                sqref=" ".join(cells),
            )
            sheet.add_data_validation(rule)

    def _message(self, item: Item) -> str:
        """Return what is shown when a cell of the item is chosen."""
        words = self.words
        parts = [words.printed(item.hint), self._how_to_write(item)]
        if item.missing:
            reasons = words.text("excel.message.reasons", reasons=self._reasons(item))
            parts.append(reasons)
        return _within("\n".join(part for part in parts if part), LONGEST_MESSAGE)

    def _how_to_write(self, item: Item) -> str:
        match item.data_type:
            case DataType.DATE:
                return self.words.text("excel.message.date")
            case DataType.PARTIAL_DATE:
                return self.words.text("excel.message.partial")
            case DataType.TIME:
                return self.words.text("excel.message.time")
            case DataType.TEXT | DataType.INTEGER | DataType.DECIMAL:
                return ""
            case DataType.SINGLE_CHOICE | DataType.MULTIPLE_CHOICE:
                return ""
            case unknown:
                assert_never(unknown)

    def _warning(self, item: Item) -> str:
        if item.is_ticked:
            return self.words.text("excel.warning.tick", yes=self.words.text("excel.yes"))
        parts = [self.words.text("excel.warning.list")]
        if item.missing:
            reasons = self.words.text("excel.message.reasons", reasons=self._reasons(item))
            parts.append(reasons)
        return _within(" ".join(parts), LONGEST_WARNING)

    def _reasons(self, item: Item) -> str:
        named = [reason for reason in item.missing if _has_word(self.words, reason)]
        return joined(self.words, [reason_words(self.words, reason) for reason in named], "or")


def _has_word(words: Words, reason: MissingReason) -> bool:
    return words.has(f"form.reason.{reason.value}")


def _within(text: str, longest: int) -> str:
    """Return a text cut after a word where a program would cut it anywhere."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
