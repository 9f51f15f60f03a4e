"""Run a foreign program: in a process group of its own, within limits, off the network.

The whole group is killed when the program ends and when a limit stops it: such programs start
others, which outlive an ordinary kill. Time is limited everywhere; memory and the size of
files where the system has these limits (POSIX); the network is taken away where the system
lets an ordinary user do so (Linux, with ``unshare``).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_SHELL = "/bin/sh"
_WITHIN = 'ulimit -c 0; ulimit -v "$1"; ulimit -f "$2"; shift 2; exec "$@"'
"""Set what the system can limit, then become the program."""
_ALONE = ("unshare", "--map-root-user", "--net", "--pid", "--fork", "--kill-child")
"""Without network; all it starts ends with it, also what left its group."""
_BLOCK = 512


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a program may use before it is stopped; memory and file sizes in bytes."""

    seconds: float = 60
    memory: int = 2 << 30
    """Address space of each process."""
    file_size: int = 256 << 20
    """Of each file written."""


def run_confined(command: Sequence[str], environment: Mapping[str, str], bounds: Bounds) -> bool:
    """Run a program to its end, or to a limit; say whether it ended in time.

    What it prints is thrown away. ``environment`` is added to this process's own.
    """
    process = subprocess.Popen(  # noqa: S603 - the callers' fixed commands, on their own files
        [*_limited(bounds), *_alone(), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environment},
        start_new_session=True,
    )
    try:
        process.wait(timeout=bounds.seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _kill(process)
    return True


def _limited(bounds: Bounds) -> list[str]:
    """Return the words that set the limits before the program's own, where that is possible."""
    if not Path(_SHELL).exists():
        return []
    limits = (bounds.memory >> 10, bounds.file_size // _BLOCK)
    return [_SHELL, "-c", _WITHIN, _SHELL, *map(str, limits)]


@cache
def _alone() -> tuple[str, ...]:
    """Return the words that take the network away, none where the system refuses them."""
    if shutil.which(_ALONE[0]) is None or shutil.which("true") is None:
        return ()
    tried = subprocess.run([*_ALONE, "true"], capture_output=True, check=False)  # noqa: S603 - fixed words
    return _ALONE if tried.returncode == 0 else ()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the program with those it started, where the system has process groups."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):  # none of them is left
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
