"""LibreOffice, run headless on one file at a time with a profile of its own."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.fillers.process import run


def missing() -> str | None:
    """Return why LibreOffice cannot run here, or None."""
    return None if shutil.which("soffice") else "LibreOffice is not installed"


def converted(content: bytes, *extensions: str) -> bytes:
    """Return a file saved again and again, each time as the next kind of file."""
    first, *kinds = extensions
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"0.{first}")
        path.write_bytes(content)
        for number, kind in enumerate(kinds, start=1):
            out = Path(folder, str(number))
            profile = f"-env:UserInstallation=file://{folder}/profile"
            command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(out)]
            run([*command, str(path)])
            path = out / f"{path.stem}.{kind}"
        return path.read_bytes()
