"""Words that come with a person's name: titles, telling phrases, kin, addresses.

Names alone are not known here: a capital after such words is taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from intake.words.spelling import fold, without_accents
from intake.words.word_lists import identity_list, identity_words

_NAME = r"[A-Z](?:[a-z]{2,}|[A-Z]{3,})"
"""Longer than what is short for a disease, a drug or an examination."""
_FULL_NAME = (
    rf"(?:[A-Z][a-z]*\.|[A-Z][a-z]{{2,}}(?:-[A-Z][a-z]+)?|[A-Z]{{4,}}) (?:[a-z]{{1,3}} )?{_NAME}"
)
_BORN = re.compile(r"(?<!\w)n(?:é|ée|ee)[ .-]+(?:le[ .-]+)?(\w+)", re.IGNORECASE)
_NUMBER = r"(?<![\w.,/-])\d{1,4}(?: ?(?:bis|ter|quater|[a-zA-Z]))?,? "
_LITTLE = r"(?:(?:de|des|du|la|le|les|l['’]|d['’]) ?)"


def names_somebody(text: str, languages: tuple[str, ...]) -> bool:
    """Say whether words that come with a name, or an address, stand before what may be one."""
    bare = without_accents(text)
    if _titles(languages).search(text) or _phrases(languages).search(bare):
        return True
    return any(pattern.search(bare) for pattern in _around_names(languages))


def introduced(name: str, languages: tuple[str, ...]) -> Iterator[str]:
    """Yield what stands behind a title, a telling phrase or kin in a file's name.

    Nobody writes capitals with care there, and other signs stand for a blank.
    """
    spaced = name.replace("_", " ")
    bare = without_accents(spaced)
    yield from (match[1] for match in _BORN.finditer(spaced))
    for pattern in _leads(languages):
        yield from (match[1] for match in pattern.finditer(bare))


@cache
def _leads(languages: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    titles, particles = _any_of("titles", languages), "|".join(identity_list("particles"))
    phrases, kin, of = (_any_of(kind, languages) for kind in ("phrases", "kin", "kin_of"))
    little = rf"(?:(?:{particles})[ -]|d['’])*"
    patterns = (
        rf"(?<!\w)(?:{titles})(?:(?<=\.)[ .-]*|[ .-]+){little}([^\W\d_]{{2,}})",
        rf"(?<!\w)(?:{phrases})(?!\w)[ .:=,-]*(\w+)",
        rf"(?<!\w)(?:{kin})[ -](?:{of})(?:(?<=['’])|[ -]+)([^\W\d_]{{2,}})",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


@cache
def _titles(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for a title before a capital, or before a particle and a capital.

    After a shouted title, the capitals are two at least.
    """
    words = _words("titles", languages)
    shouted = {w for w in words if len(w) > 1 and w.isupper() and "." not in w}
    usual = "|".join(sorted(map(re.escape, set(words) - shouted), key=len, reverse=True))
    loud = "|".join(sorted(shouted, key=len, reverse=True))
    after_usual = rf"(?:{usual})\.?\s*[A-ZÀ-ÞŒ]"
    after_loud = rf"(?:{loud})\.?\s+[A-ZÀ-ÞŒ]{{2,}}(?![a-z])"
    spaced = after_usual.replace(r"\s*", r"(?:(?<=\.)\s*|\s+)")
    civil = "|".join(map(re.escape, sorted(identity_list("titles_before_particles"))))
    particles = "|".join(sorted(identity_list("particles")))
    between = rf"(?i:{civil})\.?\s+(?:(?:{particles})\s|d['’])\s?[A-ZÀ-ÞŒ]"
    found = ((spaced, usual), (after_loud, loud), (between, words))
    pattern = "|".join(part for part, listed in found if listed)
    return re.compile(rf"(?<![\w.-])(?:{pattern or '(?!)'})")


@cache
def _phrases(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for a telling phrase followed by a capital or a figure."""
    spellings = _any_of("phrases", languages)
    return re.compile(rf"(?<!\w)(?i:{spellings})(?!\w)[ \t:=]*(?:[a-z]{{1,3}} )?[A-Z0-9]")


@cache
def _around_names(languages: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Return patterns for kin of somebody, who saw the patient, and streets; without accents."""
    kin, of = _any_of("kin", languages), _any_of("kin_of", languages)
    seen_by, elsewhere = _any_of("seen_by", languages), _any_of("places", languages)
    before = _any_of("streets_before", languages)
    after = "|".join(_words("streets_after", languages)) or "(?!)"
    return tuple(
        map(
            re.compile,
            (
                rf"(?<!\w)(?i:{kin}) (?i:{of}) ?{_NAME}",
                rf"(?<!\w)(?i:{seen_by}):? (?!(?i:{elsewhere})\b){_FULL_NAME}",
                rf"{_NUMBER}(?i:{before})\.? (?:{_LITTLE}{{1,2}}[A-Za-z]|[A-Z])",
                rf"{_NUMBER}(?:[A-Z][a-z'’]+ ){{1,3}}(?:{after})(?![\w-])",
            ),
        )
    )


def _any_of(kind: str, languages: tuple[str, ...]) -> str:
    """Return what matches each folded word of a kind; nothing where there is none."""
    words = sorted(map(fold, _words(kind, languages)), key=len, reverse=True)
    return "|".join(re.escape(word).replace("'", "['’]") for word in words) or "(?!)"


def _words(kind: str, languages: tuple[str, ...]) -> list[str]:
    return [word for lang in languages for word in identity_words(kind).get(lang, ())]
