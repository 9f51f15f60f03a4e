"""Which answers may be quoted where others read them: the receipt, its JSON, a message.

Identifying items and free text never. An answer to any other question is quoted when it
looks like what was asked: a number with its unit, a date, a choice. What is left (words
typed into a number's place, say) may hold a name, so it is not repeated.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from babel import Locale

from intake.model.definition import FormDefinition, Item, MissingReason
from intake.model.finding import Finding
from intake.words.messages import available_languages, messages

_LONGEST = 60
_MOST_DIGITS = 6
"""A longer number may be a telephone or a file number."""
_REASONS = frozenset({"nd", "nc", "nr", "na", "nf", "ndi", "inc", "nsp", "nav", "unk"})
"""Short marks people write for a missing answer, folded."""
_FIGURES = re.compile(r"[\d\s.,;:/<>=≤≥~+×%°()'’^?*–-]*")
_QUANTITY = re.compile(r"[<>=≤≥~±+\s-]*\d[\d\s.,'’]*(x\s?10[\^]?\d+)?\s*(?P<unit>[^\s\d]\S{0,11})?")
_WORD = re.compile(r"[^\W\d_]+")
_MARKS_OF_UNITS = re.compile(r"[/%µμ°^²³]|^[a-zµμ]{1,4}L?$|^(?:UI|IU|U|G|T|M|L)$")


def quotable(text: str, item: Item) -> bool:
    """Say whether an answer looks like what is asked, and so may be repeated."""
    if item.identifying or item.is_free_text or len(text) > _LONGEST:
        return False
    if item.is_number and sum(c.isdigit() for c in text) > _MOST_DIGITS:
        return False
    if _FIGURES.fullmatch(text) or _is_choice(text, item) or _is_reason(text):
        return True
    if item.is_date:
        return all(fold(word) in _months() for word in _WORD.findall(text))
    return item.is_number and _is_quantity(text, item)


def is_private(item: Item, definition: FormDefinition) -> bool:
    """Say whether no answer to this question may be repeated, whatever it looks like."""
    return item.identifying or item.is_free_text or item.name in definition.identity.items


def quoted_answer(finding: Finding, definition: FormDefinition | None) -> str | None:
    """Return the answer a finding is about as it was written, or None if not to be shown."""
    text = finding.context.get("entered", "").strip()
    item = definition.items.get(finding.item or "") if definition else None
    if not text or item is None or definition is None or is_private(item, definition):
        return None
    return text if quotable(text, item) else None


def fold(text: str) -> str:
    """Return a text without accents, case and outer spaces, for comparison only."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip()


def _is_choice(text: str, item: Item) -> bool:
    known = {fold(option.code) for option in item.options}
    known |= {fold(title) for option in item.options for title in option.title.values()}
    return all(fold(part) in known for part in text.split(";"))


def _is_reason(text: str) -> bool:
    return fold(text) in _REASONS | _missing_words()


def _is_quantity(text: str, item: Item) -> bool:
    match = _QUANTITY.fullmatch(text.strip())
    if match is None:
        return False
    unit = match["unit"] or ""
    units = {fold(symbol) for symbol in item.unit.values()}
    units |= {fold(accepted.symbol) for accepted in item.accepted_units}
    return not unit or fold(unit) in units or bool(_MARKS_OF_UNITS.search(unit))


@cache
def _missing_words() -> frozenset[str]:
    """Return the missing reasons in full, in every language with words."""
    return frozenset(
        fold(messages(language)[f"missing.{reason}"])
        for language in available_languages()
        for reason in MissingReason
    )


@cache
def _months() -> frozenset[str]:
    """Return the names of months and their short forms in every language with words."""
    names: set[str] = set()
    for language in available_languages():
        months = Locale.parse(language).months["format"]
        names |= {fold(name).rstrip(".") for width in months.values() for name in width.values()}
    return frozenset(names)
