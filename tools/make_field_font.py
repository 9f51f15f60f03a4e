"""Make ``FormField.ttf`` and ``FormField.json``: the font of what is typed into fields.

Also ``print.json``: which characters the print fonts hold.

Run by hand when the repertoire changes, with fontTools installed (not a part of the
product): ``python make_field_font.py``. The files it writes are committed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools import agl, subset  # type: ignore[import-not-found]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found]

HERE = Path(__file__).parents[1] / "intake" / "formats" / "pdf" / "fonts"
NAME = "FormField"
"""Not the source's name: the template must never pick the subset for print."""
SOURCE = HERE / "DejaVuSansCondensed.ttf"
EXTRA = "≥≤≠≈−\u202f∞√→←↑↓αβγδεκλ\u03bcσωΔΩ⁰⁴⁵⁶⁷⁸⁹⁻"
"""Characters beyond Windows-1252, in the order their codes are given out."""
FREE = [0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D, *range(0x0E, 0x20), *range(0x01, 0x09)]
"""Codes that Windows-1252 leaves empty; tab, line feed and carriage return stay free."""


def repertoire() -> dict[int, str]:
    """Return the character of each code: Windows-1252, then the extra ones."""
    codes = {}
    for code in range(0x20, 0x100):
        if code != 0x7F:
            text = bytes([code]).decode("cp1252", errors="ignore")
            codes.update({code: text} if text else {})
    codes.update(zip(FREE, EXTRA, strict=True))
    return codes


def glyph_name(character: str) -> str:
    """Return the Adobe name of a character, or ``uniXXXX``."""
    return str(agl.UV2AGL.get(ord(character), f"uni{ord(character):04X}"))


def cut(characters: set[str]) -> TTFont:
    """Return the source font with these characters only, without hints or dates."""
    font = TTFont(SOURCE, recalcTimestamp=False)
    missing = {c for c in characters if ord(c) not in font.getBestCmap()}
    if missing:
        sys.exit(f"not in the font: {sorted(missing)}")
    options = subset.Options()
    options.drop_tables += ["FFTM", "GPOS", "GSUB", "GDEF", "kern"]
    options.hinting = False
    options.name_IDs = [0, 5, 13, 14]
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(c) for c in characters])
    cutter.subset(font)
    for number, text in {1: NAME, 2: "Regular", 4: NAME, 6: NAME}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    return font


def metrics(font: TTFont, codes: dict[int, str]) -> str:
    """Return JSON: vertical measures, then ``[code, character, width, name]`` a line.

    Widths and measures are thousandths of an em; the name is null for Windows-1252.
    """
    scale = 1000 / font["head"].unitsPerEm
    cmap, advance, head = font.getBestCmap(), font["hmtx"], font["head"]
    lines = [
        json.dumps(
            [
                code,
                text,
                round(advance[cmap[ord(text)]][0] * scale),
                glyph_name(text) if text in EXTRA else None,
            ],
            ensure_ascii=False,
        )
        for code, text in sorted(codes.items())
    ]
    box = [round(value * scale) for value in (head.xMin, head.yMin, head.xMax, head.yMax)]
    ascent, descent = (round(v * scale) for v in (font["hhea"].ascent, font["hhea"].descent))
    return (
        f'{{"ascent": {ascent}, "descent": {descent}, "cap_height": 729, "box": {box},\n'
        '"glyphs": [\n' + ",\n".join(lines) + "\n]}\n"
    )


def print_ranges() -> str:
    """Return the characters that every print font holds, as ranges of code points."""
    names = ("DejaVuSansCondensed", "DejaVuSansCondensed-Bold", "DejaVuSansCondensed-Oblique")
    maps = [set(TTFont(HERE / f"{name}.ttf").getBestCmap()) for name in names]
    points = sorted(point for point in set.intersection(*maps) if point >= 0x20)
    ranges: list[list[int]] = []
    for point in points:
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "[" + ",\n".join(json.dumps(pair) for pair in ranges) + "]\n"


def main() -> None:
    """Write the files beside this script."""
    codes = repertoire()
    font = cut(set(codes.values()))
    font.save(HERE / "FormField.ttf")
    (HERE / "print.json").write_text(print_ranges(), encoding="ascii")
    (HERE / "FormField.json").write_text(metrics(font, codes), encoding="utf-8")


if __name__ == "__main__":
    main()
