"""How the cells of a workbook look, where that changes what they say: fonts, fills, frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from intake.formats.office.lettering import UNMARKED, Face, is_of_signs, is_unseen
from intake.formats.office.theme import BLACK, WHITE, tinted

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
T = TypeVar("T")

_OFF = ("0", "false")
_LIGHT_FIRST = (1, 0, 3, 2)
"""Cells number the first four colours of a theme the other way round."""
_INDEXED = {"0": BLACK, "1": WHITE, "8": BLACK, "9": WHITE, "64": BLACK, "65": WHITE}
_QUIET_FRAMES = frozenset({"", "none", "thin", "hair", "dotted", "dashed"})
_SMALLEST = 2.0
"""Points below which letters cannot be seen."""


@dataclass(frozen=True, slots=True)
class Look:
    """How one cell looks."""

    face: Face = UNMARKED
    fill: str = ""
    """Colour behind the text, empty where nothing is."""
    is_stressed: bool = False
    """Bold or underlined."""
    is_marked: bool = False
    """Coloured or framed as if to mark the cell."""


PLAIN_LOOK = Look()


def face_of(font: etree._Element | None, fill: str, theme: tuple[str, ...]) -> Face:
    """Return how a font, or the font of a run, sets its letters on a ground."""
    if font is None:
        return UNMARKED
    found = {str(child.tag).removeprefix(_MAIN): child for child in font}
    name = _value(found.get("name")) or _value(found.get("rFont"))
    level = _value(found.get("vertAlign"))
    face = Face(
        struck=_is_on(found.get("strike")),
        hidden=_is_small(found.get("sz")) or is_unseen(_colour(found.get("color"), theme), fill),
        level="" if level == "baseline" else level,
        font=name if is_of_signs(name) else "",
    )
    return UNMARKED if face == UNMARKED else face


def looks_of(root: etree._Element | None, theme: tuple[str, ...]) -> tuple[Look, ...]:
    """Return the look of each cell style of a workbook, in the order of their numbers."""
    if root is None:
        return ()
    parts = {str(child.tag).removeprefix(_MAIN): list(child) for child in root}
    fills = [_fill(entry, theme) for entry in parts.get("fills", ())]
    frames = [_is_framed(entry) for entry in parts.get("borders", ())]
    fonts = parts.get("fonts", [])
    made: dict[tuple[int, int, int], Look] = {}
    found = []
    for entry in parts.get("cellXfs", ()):
        key = (_number(entry, "fontId"), _number(entry, "fillId"), _number(entry, "borderId"))
        if key not in made:
            fill = _at(fills, key[1], "")
            font = _at(fonts, key[0], None)
            face, is_stressed = face_of(font, fill, theme), _is_stressed(font)
            is_coloured = bool(fill) and not is_unseen(fill, WHITE)
            is_marked = is_coloured or _at(frames, key[2], default=False)
            made[key] = Look(face, fill, is_stressed, is_marked)
        found.append(made[key])
    return tuple(found)


def _at(entries: list[T], number: int, default: T) -> T:
    return entries[number] if number < len(entries) else default


def _fill(entry: etree._Element, theme: tuple[str, ...]) -> str:
    pattern = entry.find(f"{_MAIN}patternFill")
    if pattern is None:
        ends = entry.iter(f"{_MAIN}color")
        return next((_colour(end, theme) for end in ends), "")
    if pattern.get("patternType", "none") == "none":
        return ""
    return _colour(pattern.find(f"{_MAIN}fgColor"), theme)


def _is_framed(entry: etree._Element) -> bool:
    """Say whether a thick or double line stands at a side of a cell."""
    return any(side.get("style", "") not in _QUIET_FRAMES for side in entry)


def _is_stressed(font: etree._Element | None) -> bool:
    if font is None:
        return False
    return any(_is_on(font.find(f"{_MAIN}{name}")) for name in ("b", "u"))


def _colour(entry: etree._Element | None, theme: tuple[str, ...]) -> str:
    """Return a colour as six digits, empty where it is not said or not known."""
    if entry is None:
        return ""
    if stated := entry.get("rgb", ""):
        return str(stated)[-6:]
    if indexed := entry.get("indexed", ""):
        return _INDEXED.get(indexed, "")
    named = entry.get("theme", "")
    number = int(named) if named.isdecimal() else len(theme)
    number = _LIGHT_FIRST[number] if number < len(_LIGHT_FIRST) else number
    if number >= len(theme):
        return ""
    try:
        return tinted(theme[number], float(entry.get("tint", "0")))
    except ValueError:
        return ""


def _is_small(entry: etree._Element | None) -> bool:
    try:
        return entry is not None and 0 < float(_value(entry)) < _SMALLEST
    except ValueError:
        return False


def _is_on(entry: etree._Element | None) -> bool:
    return entry is not None and entry.get("val", "1").lower() not in (*_OFF, "none")


def _value(entry: etree._Element | None) -> str:
    return "" if entry is None else str(entry.get("val", ""))


def _number(entry: etree._Element, name: str) -> int:
    stated = str(entry.get(name, "0"))
    return int(stated) if stated.isdecimal() else 0
