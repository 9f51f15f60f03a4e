"""Names of WordprocessingML elements and attributes, as the parser gives them."""

from __future__ import annotations

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DRAWING_TEXT = "http://schemas.openxmlformats.org/drawingml/2006/main"
MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def w(name: str) -> str:
    """Return a name of the main vocabulary."""
    return f"{{{MAIN}}}{name}"


VAL = w("val")
NAME = w("name")
ID = w("id")
TYPE = w("fldCharType")
CHECKBOX = f"{{{WORD_2010}}}checkbox"
CHECKED = f"{{{WORD_2010}}}checked"
CHECKED_VAL = f"{{{WORD_2010}}}val"
OFF = frozenset({"0", "false", "off", "none", "nil"})


def is_on(value: str | None) -> bool:
    """Say whether a switch is on; one without a value is."""
    return (value or "1").lower() not in OFF
