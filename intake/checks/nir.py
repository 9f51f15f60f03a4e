"""The French national number (NIR) and its key.

Thirteen figures (Corsican departments write 2A or 2B) and a two-figure key, 97 minus the
number modulo 97.
"""

from __future__ import annotations

import re

NIR = re.compile(
    r"(?<!\d)[1-478]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?(?:\d{2}|2[ABab])\s?"
    r"\d{3}\s?\d{3}(?:\s?/?\s?\d{2})?(?!\d)"
)
_CORSICA = {"2A": "19", "2B": "18"}


def nir_key(number: str) -> int:
    """Return the key of the thirteen characters of a NIR."""
    figures = number.upper()
    for letters, stand_in in _CORSICA.items():
        figures = figures.replace(letters, stand_in)
    return 97 - int(figures) % 97


def nir_is_plausible(text: str) -> bool:
    """Say whether a text of the NIR's shape is one: no key, or the right key."""
    compact = re.sub(r"[\s/]", "", text)
    number, key = compact[:13], compact[13:]
    return not key or int(key) == nir_key(number)
