"""What a reading's text says once the form's own words are taken off it. Pure.

Off come: the placeholder of an untouched place, the printed unit of a line, the printed
label of an option. What the rest means is decided in ``intake.checks``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from intake.checks.parse.choice import parse_tick
from intake.formats.wording.placeholders import placeholders
from intake.model.definition import Item
from intake.words.spelling import fold, plain

_MARK = re.compile(r"\s*(?:\[\s*([xX]?)\s*\]|([☐□☒☑✓✔✗✘]|[xX](?=\s)))\s*")
"""A box, a tick or a typed cross at the beginning of an option's paragraph."""

_EVEN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2019": "'"})
"""Printed spaces and apostrophes as schemas write them, letter for letter."""

_LEAST = 2
"""Letters that both parts of a torn placeholder have at least."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text, the spellings that count as the same, and whether it stood alone."""

    text: str
    keys: frozenset[str]
    is_alone: bool = True
    """False where something stood in it: words of the form, line breaks moved away."""
    is_beside: bool = False
    """Written just before or behind the whole placeholder, as programs without controls let."""


@lru_cache(maxsize=4096)
def comparable(text: str) -> str:
    """Return a text with one kind of space and apostrophe, for comparison only."""
    return " ".join(plain(text).replace("\u2019", "'").split())


def said_in_place(item: Item, text: str) -> Said:
    """Return what a control or a bookmark says."""
    return _said(item, text, text)


def said_in_line(item: Item, text: str) -> Said:
    """Return what the last cell of a line says beside its unit.

    A unit may also have been typed and the printed one be gone: both spellings count.
    """
    if behind := _behind_unit(item, text):
        return Said(behind, frozenset({comparable(behind)}), is_alone=False, is_beside=True)
    return _said(item, text, "\n".join(_without_unit(item, line) for line in text.split("\n")))


def _said(item: Item, text: str, bare: str) -> Said:
    """Return what a text says, with and without its units and its repetition."""
    once = _once(bare)
    rest, is_beside = _without_placeholder(once)
    if rest and item.takes_any_words:
        rest, is_beside = _without_placeholder(bare)
    if not comparable(rest):
        return Said(rest, frozenset({""}), not is_beside)
    spelled = {rest, *(_without_placeholder(each)[0] for each in (text, bare, once))}
    is_broken = _begins_broken(text)
    is_alone = not (is_beside or is_broken or _is_torn(bare))
    return Said(rest, frozenset(map(comparable, spelled)), is_alone, is_beside and not is_broken)


@lru_cache(maxsize=256)
def said_by_mark(text: str) -> Said:
    """Return what the sign of a box says: ``1``, nothing, or the sign as it is."""
    bare = text.strip().strip("[]").strip() if text.strip().startswith("[") else text.strip()
    ticked = parse_tick(bare)
    if ticked is None:
        return Said(bare, frozenset({bare}))
    return Said("1" * ticked, frozenset({"1" * ticked}))


def titles_of(item: Item) -> dict[str, str]:
    """Return the labels of an item's options in every language, folded, to their codes."""
    return {fold(title): option.code for option in item.options for title in option.title.values()}


def said_by_options(titles: Mapping[str, str], text: str) -> Iterator[tuple[str, Said]]:
    """Yield what each paragraph of a multiple choice says, by code; empty where not known.

    A paragraph that shows a label and no sign says nothing of its option.
    """
    for line in text.split("\n"):
        mark = _MARK.match(line)
        code = titles.get(fold(line[mark.end() :] if mark else line), "")
        if code and mark is not None:
            yield code, said_by_mark(mark[1] or mark[2] or "")
        elif not code and comparable(line):
            yield "", Said(line, frozenset({comparable(line)}))


def _once(text: str) -> str:
    """Return a text that stands on several lines, the same on each, as it stands on one.

    Programs that double controls leave it so.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    return lines[0] if len(lines) > 1 and len(set(map(comparable, lines))) == 1 else text


def _begins_broken(text: str) -> bool:
    """Say whether line breaks stand before the text: LibreOffice moves them there."""
    return text.startswith("\n") and bool(text.strip())


def _without_placeholder(text: str) -> tuple[str, bool]:
    """Return a text without the placeholder, and whether it stood beside one."""
    seen, known = text.strip(), placeholders()
    if seen in known:
        return "", False
    if not seen.startswith(known) and not seen.endswith(known):
        return text, False
    for waiting in known:
        if seen.startswith(waiting) or seen.endswith(waiting):
            seen = seen.removeprefix(waiting).removesuffix(waiting).strip()
            break
    return seen, True


def _behind_unit(item: Item, text: str) -> str:
    """Return what was written behind an untouched place and its unit; empty where nothing."""
    seen = text.strip()
    even = seen.translate(_EVEN)
    for waiting in placeholders():
        for unit in _units(item):
            if even.startswith(f"{waiting} {unit}"):
                return seen[len(waiting) + 1 + len(unit) :].strip()
    return ""


def _is_torn(text: str) -> bool:
    """Say whether a text may have been written into the middle of a placeholder."""
    seen = text.strip()
    return seen not in placeholders() and any(
        len(seen) > len(waiting) and seen.startswith(waiting[:cut]) and seen.endswith(waiting[cut:])
        for waiting in placeholders()
        if seen[:_LEAST] == waiting[:_LEAST]
        for cut in range(_LEAST, len(waiting) - _LEAST + 1)
    )


def _units(item: Item) -> list[str]:
    """Return the units that may be printed in an item's line, the longest first."""
    units = {unit.translate(_EVEN) for unit in item.unit.values() if unit}
    return sorted(units, key=len, reverse=True)


def _without_unit(item: Item, text: str) -> str:
    """Return a line's text without the unit printed at its end, in any language."""
    seen = text.rstrip()
    even = seen.translate(_EVEN)
    for unit in _units(item):
        bare = even[: len(even) - len(unit)]
        is_whole = not bare or not bare[-1].isalnum() or not unit[0].isalpha()
        if even.endswith(unit) and is_whole:
            return seen[: len(bare)].rstrip()
    return text
