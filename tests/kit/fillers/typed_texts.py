"""A record as a person of the form's language writes it: text by address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intake.model.address import Place, item_places, places_by_address
from intake.model.definition import DataType, FormDefinition, Item
from intake.words.catalogue import Words

REASONS = {
    "fr": {"NOTDONE": "NF", "NAV": "NDI", "UNK": "INC", "NI": "NR"},
    "en": {"NOTDONE": "ND", "NAV": "NAV", "UNK": "UNK", "NI": "NR"},
}


def texts(definition: FormDefinition, record: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return what to write in each place; nothing for what is absent or not applicable."""
    written: dict[str, str] = {}
    for item in definition.single_items:
        written |= _item(item, record, None, language)
    for group in definition.groups.values():
        for row in record.get(group.name, []):
            for item in group.items:
                if item.name != group.fixed_item:
                    written |= _item(item, row, row["_row"], language)
    return written


def in_lists(
    definition: FormDefinition, written: Mapping[str, str], language: str
) -> dict[str, str]:
    """Return the same answers as they are chosen in a workbook: labels, yes beside an option."""
    words, every = Words(language), places_by_address(definition)
    chosen = {}
    for address, text in written.items():
        place = every[address]
        option = place.item.option(text) if place.item.is_choice else None
        yes = words.text("excel.yes") if place.option and text else text
        chosen[address] = words.local(option.title) if option and not place.option else yes
    return chosen


def _item(item: Item, holder: Mapping[str, Any], row: int | None, language: str) -> dict[str, str]:
    if item.name in holder and item.data_type is DataType.MULTIPLE_CHOICE:
        chosen = holder[item.name]
        return {p.address: "1" for p in item_places(item, row) if p.option.code in chosen}
    text = _text(item, holder, language)
    return {Place(item, row).address: text} if text else {}


def _text(item: Item, holder: Mapping[str, Any], language: str) -> str:
    reason = holder.get("_missing", {}).get(item.name)
    if reason is not None:
        return REASONS.get(language, REASONS["en"]).get(reason, "")
    bound = holder.get("_bound", {}).get(item.name)
    value = bound if bound is not None else holder.get(item.name, "")
    if item.is_date:
        return "/".join(reversed(str(value).split("-"))) if value else ""
    if item.is_number and value != "":
        text = value if isinstance(value, str) else format(value, "f" if value == 0 else "")
        return text.replace(".", ",") if language == "fr" else text
    return str(value)
