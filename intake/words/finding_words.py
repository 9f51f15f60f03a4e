"""Put one finding into words: title, sentence, advice.

A code's ``precise`` sentences are used where the finding knows all that they mention, the
fullest first; its plain ``sentence`` needs nothing. So a finding with less context than
usual is still said, never a crash while a receipt is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from string import Formatter
from typing import TYPE_CHECKING

from intake.model.definition import FormDefinition, Item
from intake.model.finding import Finding
from intake.words.quoting import quoted_answer

if TYPE_CHECKING:
    from intake.words.catalogue import Words

NUMBERS = frozenset({"low", "high", "first", "second", "suggested", "value", "count", "limit"})
"""Context names whose text is a number with a decimal point."""
DATES = frozenset({"earliest", "latest", "received", "closing", "filled"})
"""Context names whose text is an ISO date, full or partial."""
_ISO_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_NOT_KNOWN = ("", "?")
_RULE = "RULE"


@dataclass(frozen=True, slots=True)
class FindingWords:
    """What a person reads about one finding."""

    title: str
    """Three to five words."""
    sentence: str
    """What is wrong, with the value where that helps."""
    advice: str
    """What the person does next; empty when the sentence already says it."""

    @property
    def message(self) -> str:
        """Return sentence and advice together."""
        return " ".join(part for part in (self.sentence, self.advice) if part)


def finding_words(
    words: Words, finding: Finding, definition: FormDefinition | None
) -> FindingWords:
    """Return the words of a finding; the schema's own message comes before ours."""
    code = finding.code if words.has(f"finding.{finding.code}.title") else _RULE
    title = words.text(f"finding.{code}.title")
    if finding.message:
        return FindingWords(title, words.local(finding.message), "")
    context = _context(words, finding, definition)
    sentence = next(_precise(words, code, context), words.text(f"finding.{code}.sentence"))
    return FindingWords(title, sentence, words.text(f"finding.{code}.advice"))


def placeholders(template: str) -> frozenset[str]:
    """Return the names in braces of a sentence."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def _precise(words: Words, code: str, context: Mapping[str, object]) -> Iterator[str]:
    index = 0
    while words.has(key := f"finding.{code}.precise.{index}"):
        if all(context.get(name) for name in placeholders(words.template(key))):
            yield words.text(key, **context)
        index += 1


def _context(
    words: Words, finding: Finding, definition: FormDefinition | None
) -> dict[str, object]:
    item = definition.items.get(finding.item or "") if definition else None
    context: dict[str, object] = {
        name: _said(words, name, text)
        for name, text in finding.context.items()
        if text not in _NOT_KNOWN
    }
    context["entered"] = quoted_answer(finding, item)
    if item is not None:
        context |= _of_item(words, item)
    if definition is None:
        return context
    section = next((s for s in definition.sections if s.name == context.get("section")), None)
    if section is not None:
        context["section"] = f"{section.letter} · {words.local(section.title)}"
    return context


def _of_item(words: Words, item: Item) -> dict[str, object]:
    return {"unit": words.local(item.unit), "label": words.local(item.label)}


def _said(words: Words, name: str, text: str) -> str:
    if name in DATES and _ISO_DATE.fullmatch(text):
        return words.date(text)
    if name in NUMBERS:
        try:
            return words.number(Decimal(text))
        except InvalidOperation:
            return text
    return text
