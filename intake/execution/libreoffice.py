"""LibreOffice, when it is installed: open files and save them again, headless.

In a process group of its own, with a profile and folder of its own and a time limit: its
helpers outlive an ordinary kill.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

_SECONDS = 60


def is_installed() -> bool:
    """Say whether LibreOffice can be started here."""
    return shutil.which("soffice") is not None


def saved_again(files: Mapping[str, bytes], extension: str) -> dict[str, bytes]:
    """Return files as LibreOffice saves them, by the same names; those it cannot save as given.

    ``extension`` is the kind to save as, without a dot, e.g. ``docx``.
    """
    with tempfile.TemporaryDirectory() as folder:
        sources = []
        for number, content in enumerate(files.values()):
            source = Path(folder, f"{number}.{extension}")
            source.write_bytes(content)
            sources.append(source)
        out = Path(folder, "out")
        _convert(sources, extension, out)
        made = (out / source.name for source in sources)
        return {
            name: path.read_bytes() if path.is_file() else content
            for (name, content), path in zip(files.items(), made, strict=True)
        }


def _convert(sources: list[Path], extension: str, out: Path) -> None:
    profile = (out.parent / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to"]
    process = subprocess.Popen(  # noqa: S603 - a fixed command on files written just above
        [*command, extension, "--outdir", str(out), *map(str, sources)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the program with the helpers it started, where the system has process groups."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
