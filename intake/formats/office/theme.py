"""The colours of an office file's theme, which its parts name instead of saying them."""

from __future__ import annotations

from lxml import etree

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MOST = 12
WHITE, BLACK = "FFFFFF", "000000"


def theme_colours(root: etree._Element | None) -> tuple[str, ...]:
    """Return the colours of a theme in its order: dark 1, light 1, dark 2, light 2, accents."""
    scheme = None if root is None else next(root.iter(f"{_DRAWING}clrScheme"), None)
    entries = [] if scheme is None else list(scheme)[:_MOST]
    found = [next(iter(entry), None) for entry in entries]
    return tuple("" if e is None else e.get("lastClr") or e.get("val", "") for e in found)


def tinted(colour: str, tint: float) -> str:
    """Return a colour made lighter (up to 1) or darker (down to -1)."""
    try:
        parts = bytes.fromhex(colour[-6:])
    except ValueError:
        return ""
    moved = (p + (255 - p) * tint if tint > 0 else p * (1 + tint) for p in parts)
    return "".join(f"{min(max(round(p), 0), 255):02X}" for p in moved)
