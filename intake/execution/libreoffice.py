"""LibreOffice, when it is installed: open files and save them again, headless.

With a profile and folder of its own, which go with all that it left there; without macros,
links to other files, recalculation or network. How it is held to its limits is in
``confined``.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from importlib import resources
from pathlib import Path

from intake.execution.allotted import allotted
from intake.execution.confined import Bounds, run_confined
from intake.model.errors import UnreadableFile, over_limit
from intake.model.finding_codes import FindingCode

BOUNDS = Bounds()
MOST_BYTES = 64 << 20
"""Largest file that a conversion may make."""
_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
"""Where it is installed without being on the path."""
_SETTINGS = "libreoffice_settings.xcu"


def is_installed() -> bool:
    """Say whether LibreOffice can be started here."""
    return _program() is not None


def saved_again(files: Mapping[str, bytes], extension: str) -> dict[str, bytes]:
    """Return files as LibreOffice saves them, by the same names; those it cannot save as given.

    ``extension`` is the kind to save as, without a dot, e.g. ``docx``.
    """
    with tempfile.TemporaryDirectory() as folder:
        sources = [Path(folder, f"{number}.{extension}") for number in range(len(files))]
        for source, content in zip(sources, files.values(), strict=True):
            source.write_bytes(content)
        _convert(sources, extension, BOUNDS)
        made = (_made(source, extension) for source in sources)
        return {
            name: path.read_bytes() if path.is_file() else content
            for (name, content), path in zip(files.items(), made, strict=True)
        }


def converted(
    content: bytes,
    kind: str,
    extension: str,
    bounds: Bounds = BOUNDS,
    *,
    work: Path | None = None,
) -> bytes:
    """Return a returned file as LibreOffice saves it as another kind.

    Both kinds are extensions without a dot, e.g. ``doc`` and ``docx``. The file is laid in a
    folder of its own in ``work``, else of the system, for as long as it takes: no longer than
    its bounds, and what is left for the file that it is part of. Raises UnreadableFile: a
    limit, or a file it cannot open.
    """
    if work is not None:
        work.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=work, ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"returned.{kind}")
        source.write_bytes(content)
        held = replace(bounds, seconds=min(bounds.seconds, allotted()()))
        if held.seconds <= 0 or not _convert([source], extension, held):
            raise over_limit("time")
        made = _made(source, extension)
        if not made.is_file() or made.is_symlink():
            raise UnreadableFile(FindingCode.FILE_DAMAGED)
        if made.stat().st_size > MOST_BYTES:
            raise over_limit("size")
        return made.read_bytes()


def _program() -> str | None:
    on_path = shutil.which("soffice")
    return on_path or next((place for place in _PLACES if Path(place).is_file()), None)


def _made(source: Path, extension: str) -> Path:
    return source.parent / "out" / f"{source.stem}.{extension}"


def _convert(sources: list[Path], extension: str, bounds: Bounds) -> bool:
    """Save files as another kind beside them; say whether it was done in time."""
    folder = sources[0].parent if sources else Path()
    program = _program()
    if not sources or program is None:
        return True
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    settings = resources.files("intake.execution").joinpath(_SETTINGS).read_bytes()
    (profile / "user" / "registrymodifications.xcu").write_bytes(settings)
    own = {name: str(folder) for name in ("HOME", "TMPDIR", "TMP", "TEMP")}
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", extension, "--outdir", str(folder / "out")]
    return run_confined([*command, *map(str, sources)], own, bounds)
