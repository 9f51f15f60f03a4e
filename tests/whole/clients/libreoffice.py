"""LibreOffice, run headless with a profile of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.kit.fillers.process import run
from tests.kit.places import PROGRAMS
from tests.whole.clients import versions

PYTHON = "/usr/bin/python3"
_PROGRAMS = PROGRAMS
SCRIPT = _PROGRAMS / "libreoffice_fill.py"
PROTECT = _PROGRAMS / "libreoffice_protect.py"
WALK = _PROGRAMS / "libreoffice_walk.py"
_FILTERS = {"doc": "MS Word 97", "odt": "writer8", "xls": "MS Excel 97", "ods": "calc8"}


def missing() -> str | None:
    """Return why LibreOffice cannot run here, or None."""
    return None if shutil.which("soffice") else "LibreOffice is not installed"


def converted(content: bytes, *extensions: str) -> bytes:
    """Return a file saved again and again, each time as the next kind of file."""
    return converted_together([content], *extensions)[0]


def converted_together(contents: Sequence[bytes], *extensions: str) -> list[bytes]:
    """Return files of one kind saved again, each time as the next kind: one start for them all."""
    first, *kinds = extensions
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.{first}") for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        for number, kind in enumerate(kinds, start=1):
            out = Path(folder, f"out{number}")
            profile = f"-env:UserInstallation=file://{folder}/profile"
            command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(out)]
            run([*command, *map(str, paths)])
            paths = [out / f"{path.stem}.{kind}" for path in paths]
        return [path.read_bytes() for path in paths]


@cache
def cannot_type() -> str | None:
    """Return why LibreOffice cannot be made to type here, or None."""
    if missing() or not Path(PYTHON).exists():
        return missing() or "the system has no Python"
    done = subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return None if done.returncode == 0 else "the system's Python has no LibreOffice binding"


def typed(blank: bytes, texts: Mapping[str, str]) -> bytes:
    """Return a Word form with texts typed at its placeholders, by address, in every way."""
    with tempfile.TemporaryDirectory() as folder:
        source, answers, target = (Path(folder, n) for n in ("in.docx", "in.json", "out.docx"))
        source.write_bytes(blank)
        answers.write_text(json.dumps(dict(texts)), encoding="utf-8")
        run([PYTHON, str(SCRIPT), str(source), str(answers), str(target), f"{folder}/profile"])
        return target.read_bytes()


def protected(content: bytes, kind: str, password: str) -> bytes:
    """Return a Word or Excel file saved as an old or OpenDocument kind, under a password."""
    with tempfile.TemporaryDirectory() as folder:
        form, target = Path(folder, "form"), Path(folder, f"locked.{kind}")
        form.write_bytes(content)
        words = [str(form), str(target), _FILTERS[kind], password, f"{folder}/profile"]
        run([PYTHON, str(PROTECT), *words])
        return target.read_bytes()


def family() -> str:
    """Return which LibreOffice is installed, e.g. ``7.4``."""
    return versions.of_command("soffice", "--version")


def walked(blank: bytes, texts: Mapping[str, str]) -> tuple[bytes, dict[str, Any]]:
    """Return an Excel form filled with the keyboard, sheet after sheet, and what was seen on it."""
    with tempfile.TemporaryDirectory() as folder:
        source, answers, target = (Path(folder, n) for n in ("in.xlsx", "in.json", "out.xlsx"))
        source.write_bytes(blank)
        answers.write_text(json.dumps(dict(texts)), encoding="utf-8")
        told = run([PYTHON, str(WALK), str(source), str(answers), str(target), f"{folder}/profile"])
        return target.read_bytes(), json.loads(told)
