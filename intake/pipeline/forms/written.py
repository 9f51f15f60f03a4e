"""A record as a centre would write it: the text of each place, by address.

The other way round from ``checks.parse``: what is written here is read there as the same
answer. Whether a record may be written at all is ``record_faults``' question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, assert_never

from babel.numbers import get_decimal_symbol

from intake.model.address import Place, item_places
from intake.model.definition import Family, FormDefinition, Item, MissingReason
from intake.words.catalogue import Words

UNWRITTEN = frozenset({MissingReason.NA, MissingReason.ERR})
"""Reasons that no person writes: the place of a hidden or held back answer stays empty."""
_TICKED = "1"
_AMBIGUOUS_DECIMALS = 3
"""``1,234`` may mean a thousand and more; ``1,2340`` may not."""


def written(definition: FormDefinition, record: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return what stands in each place of a form that holds a record's answers.

    Choices are codes and ticks ``1``, as form writers take them. Printed answers are the
    form's own, and left out.
    """
    words = Words(language)
    texts: dict[str, str] = {}
    for item in definition.single_items:
        texts |= _texts(item, record, None, words)
    for group in definition.groups.values():
        for row in record.get(group.name, ()):
            for item in group.items:
                if item.name != group.fixed_item:
                    texts |= _texts(item, row, row["_row"], words)
    return texts


def answer_written(item: Item, row: int | None, record: Mapping[str, Any], language: str) -> str:
    """Return what a record says in one question, as a person types it; options joined by ``;``."""
    holder = record if item.group is None else _row(record.get(item.group, ()), row)
    if item.is_ticked and holder.get(item.name):
        return ";".join(holder[item.name])
    return _text(item, holder, Words(language))


def _row(rows: Iterable[Mapping[str, Any]], row: int | None) -> Mapping[str, Any]:
    return next((each for each in rows if each["_row"] == row), {})


def _texts(item: Item, holder: Mapping[str, Any], row: int | None, words: Words) -> dict[str, str]:
    chosen = holder.get(item.name)
    if item.is_ticked:
        codes = chosen or ()
        places = item_places(item, row)
        return {p.address: _TICKED for p in places if p.option and p.option.code in codes}
    text = _text(item, holder, words)
    return {Place(item, row).address: text} if text else {}


def _text(item: Item, holder: Mapping[str, Any], words: Words) -> str:
    reason = holder.get("_missing", {}).get(item.name)
    if reason is not None:
        is_said = MissingReason(reason) not in UNWRITTEN
        return words.text(f"form.reason.{reason}") if is_said else ""
    bound = holder.get("_bound", {}).get(item.name)
    if bound is not None:
        digits = str(bound).lstrip("<>=")
        sign = str(bound)[: len(str(bound)) - len(digits)]
        return sign + _number(digits, words)
    value = holder.get(item.name)
    if value is None:
        return ""
    match item.family:
        case Family.DAY:
            return words.date(str(value))
        case Family.NUMBER:
            return _number(str(value), words)
        case Family.TIME | Family.WORDS | Family.LISTED | Family.TICKED:
            return str(value)
        case unknown:
            assert_never(unknown)


def _number(value: str, words: Words) -> str:
    """Return a number in plain figures, with the language's decimal sign."""
    whole, _, decimals = f"{Decimal(value):f}".partition(".")
    decimals = decimals.rstrip("0")
    if not decimals:
        return whole
    if len(decimals) == _AMBIGUOUS_DECIMALS:
        decimals += "0"
    return f"{whole}{get_decimal_symbol(words.locale)}{decimals}"
