"""The styles of a document: what a run of text is, direct, by its style or by its paragraph's.

Only found here, and not yet said to mean anything: that is in ``marks``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from intake.formats.office.theme import tinted
from intake.formats.word.read.names import VAL, is_on, w

_STYLE, _ID, _BASE, _RUN = w("style"), w("styleId"), w("basedOn"), w("rPr")
_DEFAULTS, _DEFAULT = f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}", w("default")
_PARAGRAPH_KIND = "paragraph"
_TYPE, _RUN_STYLE = w("type"), w("rStyle")
_TOGGLES = frozenset({w("strike"), w("dstrike"), w("vanish"), w("b")})
"""On twice, in the style of the run and of its paragraph, is off."""
_THEME_COLOUR, _TINT, _SHADE = w("themeColor"), w("themeTint"), w("themeShade")
_PLACES = {
    name: place
    for place, names in enumerate(
        (("dark1", "text1"), ("light1", "background1"), ("dark2", "text2"),
         ("light2", "background2"), ("accent1",), ("accent2",), ("accent3",), ("accent4",),
         ("accent5",), ("accent6",), ("hyperlink",), ("followedHyperlink",))
    )
    for name in names
}  # fmt: skip
_DEEPEST = 20
_Found = Mapping[str, etree._Element]
_NONE: _Found = {}


@dataclass(frozen=True, slots=True)
class Properties:
    """What is said of one run, by whom: itself, its style, the style of its paragraph."""

    direct: _Found
    of_style: _Found
    of_paragraph: _Found
    theme: tuple[str, ...] = ()

    def element(self, name: str) -> etree._Element | None:
        """Return what is said last of one property, None where nothing is."""
        for found in (self.direct, self.of_style, self.of_paragraph):
            if name in found:
                return found[name]
        return None

    def value(self, name: str) -> str:
        """Return the value of a property, empty where it has none."""
        element = self.element(name)
        return "" if element is None else str(element.get(VAL, ""))

    def is_own(self, name: str) -> bool:
        """Say whether the run itself or its own style says it, not its paragraph's."""
        return name in self.direct or name in self.of_style

    def is_on(self, name: str) -> bool:
        """Say whether a switch is on."""
        if name in self.direct:
            return is_on(self.direct[name].get(VAL))
        levels = [found for found in (self.of_style, self.of_paragraph) if name in found]
        on = [is_on(found[name].get(VAL)) for found in levels]
        return sum(on) % 2 == 1 if name in _TOGGLES else any(on[:1])

    def is_chosen(self, name: str) -> bool:
        """Say whether a switch is on because the run itself or its own style says so."""
        return self.is_own(name) and self.is_on(name)

    def colour(self, name: str) -> str:
        """Return a colour as six digits, empty where none is known."""
        element = self.element(name)
        if element is None:
            return ""
        stated = str(element.get(VAL, ""))
        place = _PLACES.get(str(element.get(_THEME_COLOUR, "")), len(self.theme))
        if place >= len(self.theme):
            return "" if stated.lower() == "auto" else stated
        return tinted(self.theme[place], _tint(element))


class Styles:
    """The styles of one document, each with what it takes from the one it is based on."""

    def __init__(self, root: etree._Element | None, theme: tuple[str, ...] = ()) -> None:
        """Keep what the styles say of text; without any, nothing is said."""
        self._theme = theme
        self._found: dict[str, _Found] = {}
        self._entries = {} if root is None else {e.get(_ID, ""): e for e in root.iter(_STYLE)}
        defaults = None if root is None else root.find(_DEFAULTS)
        self._defaults = _by_name(defaults)
        self._usual = next((i for i, e in self._entries.items() if _is_usual(e)), "")

    def properties(self, paragraph: str, run: etree._Element | None) -> Properties:
        """Return what is said of a run, its own properties and its paragraph's style given."""
        direct = _by_name(run)
        named = direct[_RUN_STYLE].get(VAL, "") if _RUN_STYLE in direct else ""
        return Properties(
            direct, self._of(named), self._of(paragraph or self._usual, whole=True), self._theme
        )

    def _of(self, name: str, *, whole: bool = False) -> _Found:
        """Return what a style says, with what it is based on; ``whole``: and the defaults."""
        if name not in self._entries:
            return self._defaults if whole else _NONE
        if name not in self._found:
            self._found[name] = self._gathered(name)
        return {**self._defaults, **self._found[name]} if whole else self._found[name]

    def _gathered(self, name: str) -> _Found:
        found: dict[str, etree._Element] = {}
        for _ in range(_DEEPEST):
            entry = self._entries.get(name)
            if entry is None:
                break
            found = {**_by_name(entry.find(_RUN)), **found}
            base = entry.find(_BASE)
            name = "" if base is None else base.get(VAL, "")
        return found


def _by_name(properties: etree._Element | None) -> _Found:
    return _NONE if properties is None else {str(child.tag): child for child in properties}


def _is_usual(entry: etree._Element) -> bool:
    return entry.get(_TYPE) == _PARAGRAPH_KIND and entry.get(_DEFAULT, "0") in ("1", "true", "on")


def _tint(element: etree._Element) -> float:
    """Return how much lighter or darker than the theme's a colour is."""
    for name, sign in ((_TINT, 1.0), (_SHADE, -1.0)):
        stated = str(element.get(name, ""))
        try:
            if stated:
                return sign * (1 - int(stated, 16) / 255)
        except ValueError:
            continue
    return 0.0
