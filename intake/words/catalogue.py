"""Say things in one language: sentences, numbers, dates, values, findings.

Knows the model and the catalogue files; knows no form and no format. A form may have a
language without words here: then each sentence falls back to English, while numbers and
plurals follow the language itself.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache, cached_property
from typing import Literal, assert_never

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, get_group_symbol

from intake.model.definition import (
    Family,
    Item,
    LocalText,
    MissingReason,
)
from intake.model.finding import Severity
from intake.model.receipt import Outcome
from intake.model.submission import ItemData
from intake.words.messages import FALLBACK, available_languages, messages
from intake.words.typography import typeset

LANGUAGES = available_languages()
"""The languages that have words of their own."""

Joiner = Literal["and", "or"]
_PRECISION = {1: "year", 2: "month", 3: "day"}
_BOUND_SIGNS = "<>≤≥"


@cache
def _table(language: str) -> Mapping[str, str]:
    """Return the sentences of a language, and in English those that it lacks."""
    return {**messages(FALLBACK), **messages(language)}


class Words:
    """The catalogue in one language."""

    def __init__(self, language: str) -> None:
        """Choose the language, a two-letter code; an unknown one reads as English."""
        self.language = language
        self._table = _table(language)

    @cached_property
    def locale(self) -> Locale:
        """Return the Babel locale that formats numbers, dates and lists."""
        try:
            return Locale.parse(self.language)
        except (UnknownLocaleError, ValueError):
            return Locale.parse(FALLBACK)

    def text(self, key: str, **context: object) -> str:
        """Return a sentence. Raises KeyError for an unknown key or a missing placeholder.

        Numbers are written in the language. With ``count``, the plural forms ``key.one``
        and ``key.other`` are used where they exist.
        """
        template = self._table.get(self._plural_key(key, context.get("count")))
        if template is None:
            template = self._table[key]
        return self.filled(template, {name: self._said(each) for name, each in context.items()})

    def filled(self, template: str, said: Mapping[str, str]) -> str:
        """Return a sentence with its placeholders filled; ``from 3 to 3`` is said as ``3``."""

        def one_end(ends: re.Match[str]) -> str:
            low, high = ends["low"], ends["high"]
            return f"{{{low}}}" if said.get(low) == said.get(high) else ends[0]

        for interval in _intervals(self.language):
            template = interval.sub(one_end, template)
        return template.format_map(said)

    def has(self, key: str) -> bool:
        """Say whether a sentence exists under this key."""
        return key in self._table

    def template(self, key: str) -> str:
        """Return a sentence with its placeholders unfilled. Raises KeyError."""
        return self._table[key]

    def number(self, value: Decimal | float) -> str:
        """Return a number with the language's decimal sign, every decimal kept."""
        text = str(format_decimal(value, locale=self.locale, decimal_quantization=False))
        # A comma or a point between thousands reads as a decimal sign across languages,
        # and the narrow space of French nearly vanishes in print.
        return text.replace(get_group_symbol(self.locale), "\N{NO-BREAK SPACE}")

    def date(self, iso: str) -> str:
        """Return a full or partial ISO date in figures, as forms print them."""
        parts = iso.split("-")
        pattern = self.text(f"date.{_PRECISION.get(len(parts), 'day')}")
        try:
            day = dt.date.fromisoformat("-".join([*parts, "01", "01"][: max(3, len(parts))]))
        except ValueError:
            return iso
        return str(format_date(day, pattern, locale=self.locale))

    def long_date(self, day: dt.date) -> str:
        """Return a day as a letter writes it: ``31 mars 2027``, ``1er avril 2027``."""
        written = str(format_date(day, self.text("date.long"), locale=self.locale))
        return f"{self.text('date.first')}{written[1:]}" if day.day == 1 else written

    def list(self, texts: Iterable[str], joiner: Joiner = "and") -> str:
        """Return texts in one phrase: ``a, b et c``."""
        style: Literal["standard", "or"] = "standard" if joiner == "and" else "or"
        return str(format_list(list(texts), style=style, locale=self.locale))

    def local(self, text: LocalText) -> str:
        """Return a schema's words in this language, else in English, else in any."""
        for language in (self.language, FALLBACK):
            if language in text:
                return text[language]
        return next(iter(text.values()), "")

    def printed(self, text: LocalText) -> str:
        """Return a schema's words set for a page; ``local`` gives them as written."""
        return typeset(self.local(text), self.language)

    def outcome(self, outcome: Outcome) -> str:
        """Return what became of a file."""
        return self.text(f"outcome.{outcome.value}")

    def severity(self, severity: Severity) -> str:
        """Return how much a finding asks for."""
        return self.text(f"severity.{severity.value}")

    def missing(self, reason: MissingReason) -> str:
        """Return a missing reason in full."""
        return self.text(f"missing.{reason.value}")

    def value(self, item: Item, value: ItemData) -> str:
        """Return an answer as a person reads it: label, number with unit, date, reason.

        Takes stored values and their text in a record (codes joined by ``;``, bounds,
        missing reasons); what fits none of these is returned as it is.
        """
        if str(value) in MissingReason.__members__ and item.option(str(value)) is None:
            return self.missing(MissingReason(str(value)))
        codes = value if isinstance(value, tuple) else tuple(str(value).split(";"))
        match item.family:
            case Family.LISTED:
                return self._labels(item, codes)[0]
            case Family.TICKED:
                return "\N{NO-BREAK SPACE}; ".join(self._labels(item, codes))
            case Family.DAY:
                return self.date(str(value))
            case Family.NUMBER:
                return self._quantity(item, str(value))
            case Family.TIME | Family.WORDS:
                return str(value)
            case unknown:
                assert_never(unknown)

    def _labels(self, item: Item, codes: Iterable[str]) -> tuple[str, ...]:
        options = ((code, item.option(code)) for code in codes)
        return tuple(self.local(option.title) if option else code for code, option in options)

    def _quantity(self, item: Item, value: str) -> str:
        text = value.strip()
        digits = text.lstrip(_BOUND_SIGNS).strip()
        sign = text[: len(text) - len(digits)].strip()
        try:
            number = Decimal(digits)
        except InvalidOperation:
            return text
        unit = "" if item.unit_item else self.local(item.unit)  # it says where to find the unit
        parts = [sign, self.number(number), unit]
        return "\N{NO-BREAK SPACE}".join(part for part in parts if part)

    def _plural_key(self, key: str, count: object) -> str:
        if not isinstance(count, int):
            return key
        form = self.locale.plural_form(count)
        exact = f"{key}.{form}"
        return exact if exact in self._table else f"{key}.other"

    def _said(self, value: object) -> str:
        if isinstance(value, int | float | Decimal):
            return self.number(value)
        return str(value)


@cache
def _intervals(language: str) -> tuple[re.Pattern[str], ...]:
    """Return what says an interval between two placeholders, the longest first."""
    phrases = (text for key, text in _table(language).items() if key.startswith("interval."))
    return tuple(map(_between_placeholders, phrases))


def _between_placeholders(phrase: str) -> re.Pattern[str]:
    pattern = re.escape(phrase)
    for end in ("low", "high"):
        pattern = pattern.replace(re.escape(f"{{{end}}}"), rf"\{{(?P<{end}>\w+)\}}")
    return re.compile(pattern)


@cache
def words_of(language: str) -> Words:
    """Return the catalogue in one language, made once."""
    return Words(language)


def in_every_language(key: str) -> LocalText:
    """Return a sentence in each language that has words. Raises KeyError for an unknown key."""
    return {language: words_of(language).template(key) for language in LANGUAGES}


def with_part(label: LocalText, part: LocalText) -> LocalText:
    """Return the label of a part of something, in the languages of the whole."""
    return {
        language: words_of(language).text(
            "dataset.part", label=text, part=words_of(language).local(part)
        )
        for language, text in label.items()
    }
