"""Landlock (Linux 5.13 and later): the process keeps a few folders to read, nothing to write.

Called by number, for no library has it. Newer kernels also close TCP, sockets of other
programs and signals to them; what a kernel does not know is left out.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import struct
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_ASK_VERSION, _BENEATH = 1, 1
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights on files a version knows; later ones know those of the fifth."""
_ALL_TCP, _ALL_SCOPES = 0b11, 0b11
_TCP_FROM, _SCOPES_FROM = 4, 6
_OF_THE_SYSTEM = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache",
    "/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/zoneinfo", "/etc/localtime",
    "/dev/null", "/dev/urandom",
)  # fmt: skip
"""Shared libraries, fonts, time zones: never a person's folder."""


def version() -> int:
    """Return the version of Landlock that this system has; 0 for none."""
    if sys.platform != "linux":
        return 0
    return max(0, _call(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION)))


def keep_only(folders: Iterable[Path]) -> bool:
    """Take all files but these from this process, for good, and all writing; say if it is done.

    Needs ``no_new_privs``.
    """
    known = version()
    if not known:
        return False
    rules = _rules(known)
    ruleset = _call(_CREATE, rules, ctypes.c_size_t(len(rules)), ctypes.c_uint32(0))
    if ruleset < 0:
        return False
    try:
        for folder in folders:
            _allow(ruleset, folder)
        return _call(_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint32(0)) == 0
    finally:
        os.close(ruleset)


def own_modules() -> Iterator[Path]:
    """Yield where this Python, the packages and the libraries beneath them stand."""
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    yield from (Path(sysconfig.get_path(name)) for name in names)
    yield Path(sys.base_prefix, "lib")
    yield from (Path(p) for p in sys.path if p.endswith(("site-packages", "dist-packages")))
    yield Path(__file__).parent.parent
    yield from map(Path, _OF_THE_SYSTEM)


def _rules(known: int) -> bytes:
    """Return what is taken away: every right that the version knows."""
    files = (1 << _RIGHTS.get(known, _RIGHTS[5])) - 1
    words = [files]
    if known >= _TCP_FROM:
        words.append(_ALL_TCP)
    if known >= _SCOPES_FROM:
        words.append(_ALL_SCOPES)
    return struct.pack(f"={len(words)}Q", *words)


def _allow(ruleset: int, place: Path) -> None:
    """Give one place back, to read; one that is not there is passed over."""
    with contextlib.suppress(OSError):
        handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
        try:
            rights = _READ_FILE | (_READ_FOLDER if place.is_dir() else 0)
            rule = struct.pack("=Qi", rights, handle)
            _call(_ADD, ctypes.c_int(ruleset), ctypes.c_int(_BENEATH), rule, ctypes.c_uint32(0))
        finally:
            os.close(handle)


def _call(number: int, *arguments: object) -> int:
    """Make a system call; -1 where it is refused or not known."""
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    return int(library.syscall(ctypes.c_long(number), *arguments))
