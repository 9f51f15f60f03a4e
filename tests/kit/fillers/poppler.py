"""Fill with poppler, as the viewers of Linux desktops do: an appended save."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.kit.fillers.kinds import entries, radio_states, ticks
from tests.kit.fillers.process import run
from tests.kit.places import PROGRAMS

NAME = "poppler"
PYTHON = "/usr/bin/python3"
SCRIPT = PROGRAMS / "poppler_fill.py"
PROBE = "import gi; gi.require_version('Poppler', '0.18')"


@cache
def missing() -> str | None:
    if not Path(PYTHON).exists():
        return "the system has no Python"
    done = subprocess.run([PYTHON, "-c", PROBE], capture_output=True, check=False)
    return None if done.returncode == 0 else "the system's Python has no poppler binding"


def fill(blank: bytes, answers: Mapping[str, str]) -> bytes:
    numbers = {**radio_states(blank), **entries(blank), **{name: ["1"] for name in ticks(blank)}}
    told = {
        name: numbers[name].index(text) if name in numbers else text
        for name, text in answers.items()
        if text
    }
    with tempfile.TemporaryDirectory() as folder:
        source, texts, target = (Path(folder, n) for n in ("in.pdf", "in.json", "out.pdf"))
        source.write_bytes(blank)
        texts.write_text(json.dumps(told), encoding="utf-8")
        run([PYTHON, str(SCRIPT), str(source), str(texts), str(target)])
        return target.read_bytes()
