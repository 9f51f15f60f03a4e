"""Run a filling script: blank file, answers as JSON, target file. Nothing PDF here."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path


def fill_with(command: Sequence[str], blank: bytes, answers: Mapping[str, str]) -> bytes:
    """Return the file written by ``command blank answers.json target``."""
    with tempfile.TemporaryDirectory() as folder:
        source, texts, target = (Path(folder, n) for n in ("in.pdf", "in.json", "out.pdf"))
        source.write_bytes(blank)
        texts.write_text(json.dumps(dict(answers)), encoding="utf-8")
        run([*command, str(source), str(texts), str(target)])
        return target.read_bytes()


def run(command: Sequence[str]) -> str:
    """Run a program and return what it prints; its errors are the test's errors."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed: {done.stderr[-2000:]}")
    return done.stdout


def said(command: Sequence[str]) -> str:
    """Return all that a program prints, on either stream; empty where it is absent."""
    if shutil.which(command[0]) is None:
        return ""
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return done.stdout + done.stderr
