"""Words of a form: every language present, labels told apart, characters printable."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from intake.schema.check.places import (
    DocumentPlace,
    DocumentPlaces,
    Fault,
    Options,
    escape,
    mapping,
    texts_of,
)
from intake.words.spelling import look_alike

_BY_LANGUAGE = frozenset({"message", "note", "unit", "x-unit"})
"""Keywords whose value holds one text per language."""


def language_faults(places: DocumentPlaces) -> Iterator[Fault]:
    """Yield each word that a language of the form lacks, or that is empty."""
    for place in places.worded():
        for keyword in ("title", "description"):
            if keyword in place.value:
                yield from _translations(place, keyword, places.languages)
        for language in mapping(place.value.get("x-i18n")):
            if language not in places.languages:
                yield Fault(
                    place.at("x-i18n", language),
                    f"{language!r} is not a language of this form",
                    "Add it to x-form/languages, or remove it",
                )
    yield from _objects_by_language(places.document, "", places.languages)


def label_faults(places: DocumentPlaces) -> Iterator[Fault]:
    """Yield options of one item that a reader of answers could not tell apart."""
    seen = set()
    for item in places.items:
        found = places.options(item)
        where = tuple(option.pointer for option in found.options) if found else ()
        if found is None or where in seen:
            continue
        seen.add(where)
        for language in places.languages:
            yield from _label_faults(found, language, language == places.languages[0])


def printable_faults(places: DocumentPlaces, printable: Collection[int]) -> Iterator[Fault]:
    """Yield words holding a character that the form's font cannot draw."""
    for place in places.worded():
        for language, keyword, text in texts_of(place):
            steps = ("x-i18n", language, keyword) if language else (keyword,)
            yield from _unprintable(place.at(*steps), text, printable)
    for pointer, words in _walk_by_language(places.document, ""):
        for language, text in words.items():
            if isinstance(text, str):
                yield from _unprintable(f"{pointer}/{escape(language)}", text, printable)


def _translations(
    place: DocumentPlace, keyword: str, languages: tuple[str, ...]
) -> Iterator[Fault]:
    if not str(place.value[keyword]).strip():
        yield Fault(place.at(keyword), f"the {keyword} is empty", "Write it")
    for language in languages[1:]:
        words = mapping(mapping(place.value.get("x-i18n")).get(language))
        if not str(words.get(keyword, "")).strip():
            yield Fault(
                place.pointer,
                f"the {keyword} is missing in {language!r}",
                f"Write it in x-i18n/{language}/{keyword}",
            )


def _objects_by_language(
    value: object, pointer: str, languages: tuple[str, ...]
) -> Iterator[Fault]:
    for where, words in _walk_by_language(value, pointer):
        for language in languages:
            if not str(words.get(language, "")).strip():
                yield Fault(where, f"the text is missing in {language!r}", f"Write {language!r}")
        for language in words:
            if language not in languages:
                yield Fault(
                    f"{where}/{escape(language)}",
                    f"{language!r} is not a language of this form",
                    "Add it to x-form/languages, or remove it",
                )


def _walk_by_language(value: object, pointer: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield every object of words by language below a value, with its pointer."""
    if isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _walk_by_language(entry, f"{pointer}/{index}")
    for key, entry in mapping(value).items():
        where = f"{pointer}/{escape(str(key))}"
        if (
            key in _BY_LANGUAGE
            and isinstance(entry, Mapping)
            and not pointer.endswith("properties")
        ):
            yield where, entry
        else:
            yield from _walk_by_language(entry, where)


def _label_faults(found: Options, language: str, default: bool) -> Iterator[Fault]:  # noqa: FBT001
    labels: dict[str, DocumentPlace] = {}
    codes = {look_alike(option.name): option for option in found.options}
    for option in found.options:
        words = option.value if default else mapping(option.value.get("x-i18n")).get(language)
        label = look_alike(str(mapping(words).get("title", "")))
        if not label:
            continue
        earlier = labels.setdefault(label, option)
        if earlier is not option:
            yield Fault(
                option.pointer,
                f"{option.name!r} and {earlier.name!r} have the same label in {language!r}",
                "Labels must differ by more than case and accents",
            )
        if codes.get(label, option) is not option:
            yield Fault(
                option.pointer,
                f"the label of {option.name!r} in {language!r} is the code of another option",
                "A written answer could mean either: change the label or the code",
            )


def _unprintable(pointer: str, text: str, printable: Collection[int]) -> Iterator[Fault]:
    wrong = sorted({c for c in text if ord(c) not in printable})
    if wrong:
        named = ", ".join(f"{c!r} (U+{ord(c):04X})" for c in wrong)
        yield Fault(pointer, f"the form's font has no {named}", "Write it with other characters")
