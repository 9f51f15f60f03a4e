"""Files that are slow to make, made once for all the tests that use them.

Kept in pytest's own cache folder, so that workers and later runs share them. A file's key
holds all that may change its bytes: the sources of ``intake`` and of the kit, the schemas, the
demonstration's answers, the versions of the installed packages, and what was asked.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sysconfig
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.kit.places import DEMO, PROGRAMS, ROOT, SCHEMAS

_PACKAGES = Path(sysconfig.get_path("purelib"))
_ALL = ROOT / ".pytest_cache" / "d" / "kept"
_KIT = [path for path in (ROOT / "tests" / "kit").iterdir() if path != PROGRAMS]
_SOURCES = (ROOT / "intake", SCHEMAS, DEMO, *_KIT)


def kept(name: str, *asked: object, make: Callable[[], bytes]) -> bytes:
    """Return what ``make`` makes for what is asked; made only if nobody has made it yet."""
    path = _folder() / f"{name}-{_digest(repr(asked).encode())}"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        made = make()
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_bytes(made)
    beside.replace(path)
    return made


@cache
def _folder() -> Path:
    """Return the folder for the sources as they are now; those of older sources go."""
    folder = _ALL / _digest(*_state())
    folder.mkdir(parents=True, exist_ok=True)
    for older in _ALL.iterdir():
        if older != folder:
            shutil.rmtree(older, ignore_errors=True)
    return folder


def _state() -> list[bytes]:
    """Return the content of every source and the name of every package."""
    packages = sorted(path.name for path in _PACKAGES.glob("*.dist-info"))
    paths = sorted(path for source in _SOURCES for path in (source, *source.rglob("*")))
    sources = [path for path in paths if path.is_file() and path.suffix != ".pyc"]
    return [*(p.encode() for p in packages), *(_of_source(path) for path in sources)]


def _of_source(path: Path) -> bytes:
    return f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes()


def _digest(*parts: bytes) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()[:32]
