"""Which family of each program is installed: the part that no security update changes."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path

from tests.kit.fillers.process import said
from tests.kit.places import PROGRAMS

MODULES = PROGRAMS / "node_modules"
_FAMILY = re.compile(r"\d+\.\d+")


def family(text: str) -> str:
    """Return the first major and minor number in a text, empty when there is none."""
    found = _FAMILY.search(text)
    return found.group() if found else ""


@cache
def of_command(*command: str) -> str:
    """Return the family that a program prints when asked."""
    return family(said(command))


def of_distribution(name: str) -> str:
    """Return the family of a Python package."""
    return family(version(name))


def of_module(name: str) -> str:
    """Return the family of a JavaScript package."""
    return family(json.loads((MODULES / name / "package.json").read_text("utf-8"))["version"])


def of_jar(jar: Path) -> str:
    """Return the family of a Java library, from the file beside it whose name ends with it."""
    numbered = sorted(jar.parent.glob(f"{jar.stem}-[0-9]*.jar"))
    return family(numbered[0].stem.partition("-")[2]) if numbered else ""
