"""The font of what is typed into fields: measures, encoding, PDF objects' data.

Made by ``fonts/make_field_font.py``; a simple TrueType with Windows-1252 plus a few
clinical characters, so that every program that fills forms can draw with it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FONT_FOLDER = Path(__file__).parent / "fonts"
RESOURCE = "/FormField"
"""The font's name in resource dictionaries."""
_UNKNOWN = "?"


@dataclass(frozen=True)
class FieldFont:
    """Widths, codes and names of the field font; measures are thousandths of an em."""

    ascent: int
    descent: int
    cap_height: int
    box: tuple[int, ...]
    characters: Mapping[int, str]
    widths: Mapping[int, int]
    differences: Mapping[int, str]
    codes: Mapping[str, int]

    def encode(self, text: str) -> bytes:
        """Return a text in the font's codes; ``?`` stands for what it cannot draw."""
        composed = unicodedata.normalize("NFC", text)
        return bytes(self.codes.get(c, self.codes[_UNKNOWN]) for c in composed)

    def can_draw(self, character: str) -> bool:
        """Say whether the font holds a character."""
        return character in self.codes

    def width(self, text: str, size: float) -> float:
        """Return the width of a text in points."""
        return sum(self.widths[code] for code in self.encode(text)) * size / 1000


@cache
def field_font() -> FieldFont:
    """Load the font's measures."""
    data = json.loads((FONT_FOLDER / "FormField.json").read_text(encoding="utf-8"))
    glyphs = data["glyphs"]
    return FieldFont(
        ascent=data["ascent"],
        descent=data["descent"],
        cap_height=data["cap_height"],
        box=tuple(data["box"]),
        characters={code: text for code, text, _, _ in glyphs},
        widths={code: width for code, _, width, _ in glyphs},
        differences={code: name for code, _, _, name in glyphs if name},
        codes={text: code for code, text, _, _ in glyphs},
    )


@cache
def printed_characters() -> frozenset[str]:
    """Return the characters that the print fonts hold."""
    ranges = json.loads((FONT_FOLDER / "print.json").read_text(encoding="ascii"))
    return frozenset(chr(c) for first, last in ranges for c in range(first, last + 1))


def font_program() -> bytes:
    """Return the TrueType file that is embedded in forms."""
    return (FONT_FOLDER / "FormField.ttf").read_bytes()


def to_unicode() -> bytes:
    """Return the CMap that gives each code its character."""
    pairs = "\n".join(
        f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>"
        for code, text in sorted(field_font().characters.items())
    )
    count = len(field_font().characters)
    blocks = []
    lines = pairs.split("\n")
    for start in range(0, count, 100):
        part = lines[start : start + 100]
        blocks.append(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar")
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /FormField-UCS def /CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        + "\n".join(blocks)
        + "\nendcmap CMapName currentdict /CMap defineresource pop end end\n"
    ).encode("ascii")
