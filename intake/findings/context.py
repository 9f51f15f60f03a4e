"""Turn a finding's context into words of one language: numbers, dates, units, choices.

The context's names, as the checks and readers fill them:

low, high, first, second, count, limit       numbers
earliest, latest, closing                    ISO dates
value                                        what was understood, as in the record
offered, offered_from                        a reading to be confirmed, and its unit
kind                                         the kind of file
how                                          how its program saves it as one that is read
section                                      a section's name
entered                                      the answer as written; quoted only if it may be
centre, form, version, receipt, revision...  said as they are
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import assert_never

from intake.model.definition import Family, FormDefinition, Item
from intake.model.finding import Finding
from intake.privacy.quoting import quoted_answer
from intake.words.catalogue import Words

_NUMBERS = frozenset({"low", "high", "first", "second", "count", "limit"})
_DATES = frozenset({"earliest", "latest", "closing"})
_VALUES = frozenset({"value", "offered"})
_NOT_KNOWN = ("", "?")
_ISO_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_SIGNED = re.compile(r"([<>≤≥]=?)?\s*(.*)", re.DOTALL)


def finding_context(
    words: Words, finding: Finding, definition: FormDefinition | None
) -> dict[str, str]:
    """Return every placeholder that can be filled for this finding; the others are absent."""
    item = definition.items.get(finding.item or "") if definition else None
    context = {"entered": quoted_answer(finding, definition) or ""}
    for name, text in finding.context.items():
        if name != "entered" and text not in _NOT_KNOWN:
            context[name] = _said(words, name, text, item)
    context["how"] = _how(words, finding.context.get("kind", ""))
    if item is not None:
        context |= {"label": words.local(item.label), **_unit(words, finding, item, definition)}
    if definition is not None:
        context |= _section(words, finding.context, definition)
    return {name: text for name, text in context.items() if text}


def _unit(
    words: Words, finding: Finding, item: Item, definition: FormDefinition | None
) -> dict[str, str]:
    """Return the unit asked, or the code of the question that asks which it is.

    A scale is no unit beside its own end: ``0 to 80``, and not ``0 to 80 /80``.
    """
    chosen = definition.items.get(item.unit_item or "") if definition else None
    if chosen is not None:
        return {"unit_code": chosen.code}
    unit = words.local(item.unit)
    return {} if unit == f"/{finding.context.get('high')}" else {"unit": unit}


def _said(words: Words, name: str, text: str, item: Item | None) -> str:
    if name == "kind":
        return words.text(f"kind.{text}") if words.has(f"kind.{text}") else ""
    if name in _VALUES and item is not None:
        return _value(words, text, item)
    if name in _DATES and _ISO_DATE.fullmatch(text):
        return words.date(text)
    return _number(words, text) if name in _NUMBERS | _VALUES else text


def _value(words: Words, text: str, item: Item) -> str:
    match item.family:
        case Family.DAY:
            return words.date(text) if _ISO_DATE.fullmatch(text) else text
        case Family.LISTED | Family.TICKED:
            return words.value(item, text)
        case Family.TIME:
            return text
        case Family.NUMBER | Family.WORDS:
            return _number(words, text)
        case unknown:
            assert_never(unknown)


def _how(words: Words, kind: str) -> str:
    """Return how files of a kind are saved as another kind, empty when nothing is known."""
    return words.text(f"how.{kind}") if words.has(f"how.{kind}") else ""


def _number(words: Words, text: str) -> str:
    """Return a number or a bound in words; a text that is neither as it is."""
    match = _SIGNED.fullmatch(text)
    sign, digits = (match[1] or "", match[2]) if match else ("", text)
    try:
        number = words.number(Decimal(digits))
    except InvalidOperation:
        return text
    return f"{sign}\N{NO-BREAK SPACE}{number}" if sign else number


def _section(
    words: Words, context: Mapping[str, str], definition: FormDefinition
) -> dict[str, str]:
    name = context.get("section")
    section = next((found for found in definition.sections if found.name == name), None)
    if section is None:
        return {}
    return {"section": f"{section.letter} · {words.local(section.title)}"}
