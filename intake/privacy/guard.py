"""The identity guard: does a text, or a file's name, seem to identify a person.

Words that come with a name (``person_words``), telephone and national numbers, e-mail
addresses, long numbers. Medical prose must pass. It finds what is careless, not what is cunning.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

from intake.model.definition import FormDefinition, Item
from intake.privacy.person_words import introduced, names_somebody
from intake.words.spelling import fold, plain, without_accents
from intake.words.word_lists import identity_list, identity_words, months

_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PHONE = re.compile(
    r"(?<![\d.,])(?:(?:\+|00)[\s.-]?33[\s.-]?(?:\(0\))?[\s.-]?|0)[1-9](?:[\s.-]?\d{2}){4}(?!\d)"
)
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{2}|\d{1,2}/(?:19|20)\d{2})(?!\d)"
)
_NUMBER = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[ .,]\d{3}){1,9}(?![ .]?\d)|\d+)(?:\s?([^\W\d]+\d?(?:/\w+)?|%|/\w+))?"
)
_FILE_NUMBER = re.compile(r"(?<!\d)\d{2,4}[/-]\d{5,}|(?<!\d)\d{3}-\d{3}-\d{3,}(?!\d)")
_NIR = re.compile(
    r"(?<!\d)[1-478]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?(?:\d{2}|2[ABab])\s?"
    r"\d{3}\s?\d{3}(?:\s?/?\s?\d{2})?(?!\d)"
)
"""A text of the shape of the French national number, with or without its key."""
_WHOLE_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})(?!\d)"
)
_RUN = re.compile(r"\d(?:[\s./_-]{0,3}\d)+")
_PERSONAL = re.compile(r"0[1-9]\d{8}|(?:00)?33[1-9]\d{8}|[1-478]\d{12}(?:\d\d)?")
_BORN = re.compile(r"(?<!\w)n[ée]e?\s+[A-ZÀ-Þ][\w'-]+")
_MOST_DIGITS = 6
_FILE_DIGITS = 5
_EARLIER_DAY = re.compile(
    r"(?<!\d)(?:\d{1,2}[ _./-]\d{1,2}[ _./-](?:19\d\d|20[01]\d)"
    r"|(?:19\d\d|20[01]\d)[ _./-]\d{1,2}[ _./-]\d{1,2}"
    r"|\d{1,2}[ _./-]\d{1,2}[ _./-][013-9]\d"
    r"|(?:3[2-9]|[4-9]\d)[ _./-]\d{1,2}[ _./-]\d{1,2}"
    r"|\d{1,2}(?:er|st|nd|rd|th)?[ _./-]*[^\W\d_]{3,9}[ _./,-]*(?:19\d\d|20[01]\d))(?!\d)"
)
"""A day before 2020: no form of today was filled on it."""
_EXTENSION = re.compile(r"\.([A-Za-z0-9]{2,5})$")
_NAME_WORDS = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")


def is_guarded(item: Item, definition: FormDefinition) -> bool:
    """Say whether answers to an item are read by the guard: free text that is no identity."""
    return item.is_free_text and item.name not in definition.identity.items


def holds_identity(text: str, languages: Iterable[str] = ()) -> bool:
    """Say whether a text seems to identify a person.

    No language means all that have word lists. In one that ends as a file's name does, a word
    with a capital that no form's file has may be a name too.
    """
    read = plain(text)
    spoken = tuple(sorted(languages)) or _every_language()
    if _is_file_name(read):
        return _tells_of_somebody(read, ()) or _holds_telling_number(read)
    return (
        any(pattern.search(read) for pattern in (_MAIL, _PHONE, _BORN))
        or names_somebody(read, spoken)
        or _has_long_number(read)
    )


def file_name_holds_identity(name: str, known: Collection[str] = ()) -> bool:
    """Say whether a file's name, or a sheet's, may tell of somebody.

    A word with a capital may be a name, unless files of forms have it or it is in ``known`` (of
    the form, the study, the centres); so may a long number, and a day on which somebody may be
    born. Words in small letters are taken for what they say, save behind a title, a phrase or
    kin that comes with a name.
    """
    read = plain(name)
    return _tells_of_somebody(read, known) or _holds_telling_number(read)


def _tells_of_somebody(read: str, known: Collection[str]) -> bool:
    if _MAIL.search(read) or any(_may_be_name(word) for word in _strange_words(read, known)):
        return True
    behind = introduced(read, _every_language())
    return any(word.isdigit() or _strange_words(word, known) for word in behind)


def _may_be_name(word: str) -> bool:
    """Say whether a word begins with a capital, or is in letters that have none."""
    return not word[0].islower()


def _strange_words(name: str, known: Collection[str] = ()) -> list[str]:
    words = [word for part in _CAMEL.split(name) for word in _NAME_WORDS.findall(part)]
    allowed = _file_words() | {fold(word) for text in known for word in _NAME_WORDS.findall(text)}
    told = (word for word in words if len(word) > 1 or word.lower() == word.upper())
    return [word for word in told if fold(word) not in allowed]


def _holds_telling_number(name: str) -> bool:
    long = any(len(digits) > _FILE_DIGITS for digits in re.findall(r"\d+", name))
    is_day = _EARLIER_DAY.search(name) or _named_day().search(without_accents(name))
    return long or bool(is_day) or holds_personal_number(name)


def holds_personal_number(text: str) -> bool:
    """Say whether a text holds a telephone or a national number, however it is cut."""
    dateless = _WHOLE_DATE.sub(" ; ", plain(text))
    runs = (re.sub(r"\D", "", run) for run in _RUN.findall(dateless))
    found = _PHONE.search(dateless) or _NIR.search(dateless)
    return bool(found) or any(_PERSONAL.fullmatch(run) for run in runs)


def without_dates(text: str) -> str:
    """Return a text with a sign in the place of each date."""
    return _DATE.sub(" ; ", plain(text))


def _has_long_number(text: str) -> bool:
    if _NIR.search(text):
        return True  # a mistyped key changes nothing: its owner is still in it
    dateless = _DATE.sub(" ; ", text)
    if _FILE_NUMBER.search(dateless):
        return True
    return any(_is_long(match) for match in _NUMBER.finditer(dateless))


def _is_long(match: re.Match[str]) -> bool:
    """Say whether a number has seven digits or more and is not a measure."""
    digits = sum(character.isdigit() for character in match[1])
    if digits <= _MOST_DIGITS:
        return False
    unit = (match[2] or "").casefold()
    return not (unit in identity_list("measures") or "/" in unit)


def _is_file_name(text: str) -> bool:
    extension = _EXTENSION.search(text)
    return (
        "\n" not in text
        and extension is not None
        and extension[1].lower() in identity_list("extensions")
    )


@cache
def _named_day() -> re.Pattern[str]:
    """Return a pattern for such a day with the name of its month, in any order; no accents."""
    month = f"(?:{'|'.join(sorted(months(), key=len, reverse=True))})"
    day, by, year = r"\d{1,2}(?:er|st|nd|rd|th)?", "[ _./,-]", r"19\d\d|20[01]\d"
    last, first = rf"(?:{year}|[013-9]\d)", rf"(?:{year}|3[2-9]|[4-9]\d)"
    orders = (
        rf"{day}{by}*{month}{by}*{last}",
        rf"(?<![^\W\d_]){month}{by}*{day}{by}+{last}",
        rf"{first}{by}*{month}{by}*{day}",
        rf"{first}{by}+{day}{by}*{month}(?![^\W\d_])",
    )
    return re.compile(rf"(?<!\d)(?:{'|'.join(orders)})(?!\d)", re.IGNORECASE)


@cache
def _every_language() -> tuple[str, ...]:
    return tuple(sorted(identity_words("titles")))


@cache
def _file_words() -> frozenset[str]:
    """Return the words that a form's file may be named with, in every language; folded."""
    words = {fold(word) for word in identity_list("file_words")}
    return frozenset(words | identity_list("extensions") | months().keys())
