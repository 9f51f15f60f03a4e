"""Does a text look like the answer that was asked: a number with its unit, a date, a choice.

Anything may be typed in any place, a name or a telephone number too. Whether the question
itself is private is asked first (``private``).
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache, lru_cache
from typing import assert_never

from babel import Locale

from intake.model.definition import DataType, Item, MissingReason
from intake.privacy.guard import holds_personal_number, without_dates
from intake.privacy.private import withheld
from intake.words.messages import available_languages, messages
from intake.words.spelling import look_alike
from intake.words.word_lists import known_units


class Reader(Enum):
    """Who would read the text. The two limits differ because what surrounds them differs.

    ``SENDER`` gives a text back to those who wrote it and to the coordinator. Dates, marks
    for a missing answer and units that are not the question's are let through, so that a slip
    can be seen; figures are then all that can tell of a person, and all of them count.

    ``ANALYST`` is a stranger. No date passes, and a unit only if it is the question's own;
    so the figures of units do not count, and a laboratory's seven figures may pass.
    """

    SENDER = auto()
    ANALYST = auto()


_LONGEST = 60
_MOST_DIGITS_FOR_SENDER = 6
"""In the whole text. A longer number may be a telephone or a file number."""
_MOST_DIGITS_BESIDE_DATES = 8
"""In the place of a date: a day run together."""
_MOST_DIGITS_FOR_ANALYST = 7
"""In the number. More may be a date run together, a telephone or a file number."""
_SHORT_REASONS = frozenset({"nd", "nc", "nr", "na", "nf", "ndi", "inc", "nsp", "nav", "unk"})
"""Short marks people write for a missing answer, folded."""
_FIGURES = re.compile(r"[\d\s.,;:/<>=≤≥~+×%°()'’^?*–-]*")
_QUANTITY = re.compile(r"[<>=≤≥~±+\s-]*\d[\d\s.,'’]*(x\s?10[\^]?\d+)?\s*(?P<unit>[^\s\d]\S{0,11})?")
_TIME = re.compile(r"[~\s]*\d{1,4}\s*([:.,hH]\s*(\d{1,2})?(:\d{2})?)?\s*(mi?n|[ap]\.?m\.?)?", re.I)
_CERTAIN_TIME = re.compile(r"\d{1,2}\s?[:h]\s?\d{2}(?:\s?[ap]\.?m\.?)?", re.ASCII)
"""Not ``12.05``, which may be a day and a month."""
_WORD = re.compile(r"[^\W\d_]+")
_PARTS_OF_UNITS = re.compile(r"[/.·*]")
_POWER = re.compile(r"\^?[+-]?\d$")
_TURNING = re.compile("[\u061c\u200f\u202b\u202e\u2067]")
"""What is written with such a mark may be seen as another text than it is."""
# Three digits after each separator: a date written with dots or spaces is no number.
_NUMBER = r"(?:\d{1,3}(?:[ .,'’]\d{3})+|\d+)(?:[.,]\d+)?"
_WRITTEN_NUMBER = re.compile(
    rf"[<>≤≥=~+\-\s]*(?P<number>{_NUMBER})\s*(?P<unit>\D.*)?", re.ASCII | re.DOTALL
)
_MARKS_OF_BOXES = frozenset({"", "_", "1", "0"})


def looks_like_answer(text: str, item: Item, reader: Reader) -> bool:
    """Say whether a text is what the item asks for, as far as its reader needs to be sure."""
    match reader:
        case Reader.SENDER:
            is_plain = len(text) <= _LONGEST and not _TURNING.search(text)
            return is_plain and not holds_personal_number(text) and _recognised(text, item)
        case Reader.ANALYST:
            return _plain(look_alike(text), item)
        case _:
            assert_never(reader)


def _recognised(text: str, item: Item) -> bool:
    kind = item.data_type
    match kind:
        case DataType.INTEGER | DataType.DECIMAL:
            return _is_short(text) and (_is_mark(text, item) or _is_quantity(text, item))
        case DataType.DATE | DataType.PARTIAL_DATE:
            few = _digits(without_dates(text)) <= _MOST_DIGITS_BESIDE_DATES
            return few and (_is_mark(text, item) or _names_only_months(text))
        case DataType.TIME:
            return _TIME.fullmatch(text) is not None or look_alike(text) in _reasons()
        case DataType.SINGLE_CHOICE | DataType.MULTIPLE_CHOICE:
            return (_is_short(text) or _is_chosen(text, item)) and _is_mark(text, item)
        case DataType.TEXT:
            return False
        case unknown:
            return withheld(unknown)


def _plain(text: str, item: Item) -> bool:
    kind = item.data_type
    match kind:
        case DataType.INTEGER | DataType.DECIMAL:
            return _is_plain_number(text, item)
        case DataType.SINGLE_CHOICE | DataType.MULTIPLE_CHOICE:
            known = _choices(item) | _MARKS_OF_BOXES
            return all(part.strip() in known for part in text.split(";"))
        case DataType.TIME:
            return _CERTAIN_TIME.fullmatch(text) is not None
        case DataType.DATE | DataType.PARTIAL_DATE | DataType.TEXT:
            return False
        case unknown:
            return withheld(unknown)


def _is_plain_number(text: str, item: Item) -> bool:
    match = _WRITTEN_NUMBER.fullmatch(text)
    if match is None or sum(map(str.isdigit, match["number"])) > _MOST_DIGITS_FOR_ANALYST:
        return False
    return not match["unit"] or match["unit"] in _units(item) | {"%"}


def _is_mark(text: str, item: Item) -> bool:
    """Say whether a text is made of figures, of the item's choices, or a missing reason."""
    if _FIGURES.fullmatch(text):
        return True
    return _is_chosen(text, item) or look_alike(text) in _reasons()


def _is_chosen(text: str, item: Item) -> bool:
    known = _choices(item)
    return all(look_alike(part) in known for part in text.split(";"))


def _is_short(text: str) -> bool:
    return _digits(text) <= _MOST_DIGITS_FOR_SENDER


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


def _is_quantity(text: str, item: Item) -> bool:
    match = _QUANTITY.fullmatch(text.strip())
    if match is None:
        return False
    unit = match["unit"] or ""
    return not unit or look_alike(unit) in _units(item) or _is_known_unit(unit)


def _is_known_unit(unit: str) -> bool:
    """Say whether every part of a unit is one that is known, and no word."""
    parts = [_POWER.sub("", part) for part in _PARTS_OF_UNITS.split(look_alike(unit))]
    return any(parts) and all(not part or part in known_units() for part in parts)


def _names_only_months(text: str) -> bool:
    return all(look_alike(word) in _months() for word in _WORD.findall(text))


def _choices(item: Item) -> set[str]:
    known = {_as_seen(option.code) for option in item.options}
    return known | {_as_seen(title) for option in item.options for title in option.title.values()}


@lru_cache(maxsize=8192)
def _as_seen(printed: str) -> str:
    """Return what all that looks like a word of a form is; never asked of what a person typed."""
    return look_alike(printed)


def _units(item: Item) -> set[str]:
    symbols = (*item.unit.values(), *(accepted.symbol for accepted in item.accepted_units))
    return set(map(_as_seen, symbols))


@cache
def _reasons() -> frozenset[str]:
    """Return the missing reasons, short and in full, in every language with words."""
    return _SHORT_REASONS | frozenset(
        look_alike(messages(language)[f"missing.{reason}"])
        for language in available_languages()
        for reason in MissingReason
    )


@cache
def _months() -> frozenset[str]:
    """Return the names of months and their short forms in every language with words."""
    names: set[str] = set()
    for language in available_languages():
        months = Locale.parse(language).months["format"]
        names |= {
            look_alike(name).rstrip(".") for width in months.values() for name in width.values()
        }
    return frozenset(names)
