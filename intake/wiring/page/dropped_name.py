"""The name of a dropped file in the inbox: its own, as far as any system holds it."""

from __future__ import annotations

import re
from pathlib import PurePath

from intake.channels.folder.stability import is_litter, why_not_by_name
from intake.words.shown import as_shown
from intake.words.spelling import REPLACEMENT

_LONGEST = 120
"""Bytes of a name: most systems hold 255, and a number may be added."""
_LONGEST_ENDING = 12
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
"""Names that Windows keeps for devices, whatever stands behind the point."""


def dropped_name(given: str) -> str:
    """Return a name without folders that Windows, Mac and Linux hold, and that will be read."""
    own = re.split(r"[\\/]", given)[-1].strip()
    shown = as_shown(own).replace(REPLACEMENT, "_")
    name = _FORBIDDEN.sub("_", shown).strip(" .~$")
    name = _shortened(name) or "file"
    if _RESERVED.match(name):
        name = f"_{name}"
    return f"{name}_" if why_not_by_name(name) or is_litter(name) else name


def numbered(name: str, number: int) -> str:
    """Return a name that differs from the others of its kind: ``form (2).pdf``."""
    path = PurePath(name)
    return name if number == 1 else f"{path.stem} ({number}){path.suffix}"


def _shortened(name: str) -> str:
    """Return a name of so many bytes, its ending kept."""
    suffix = PurePath(name).suffix
    ending = suffix if len(suffix.encode()) <= _LONGEST_ENDING else ""
    stem = name.removesuffix(ending).encode()[: _LONGEST - len(ending.encode())]
    return f"{stem.decode(errors='ignore').rstrip(' .')}{ending}" if stem else ending.strip(".")
