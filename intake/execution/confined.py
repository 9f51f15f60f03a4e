"""Run a foreign program: in a process group of its own, within limits, off the network.

The whole group is killed when the program ends and when a limit stops it: such programs start
others, which outlive an ordinary kill. Time is limited everywhere; memory and the size of
files where the system has these limits (POSIX); the network is taken away, and the program
ended with us, where the system lets an ordinary user do so (Linux: ``unshare``, ``setpriv``).
Its processor time is limited by the system, also when nobody is left to look at the clock.
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
_WITHIN = 'ulimit -c 0; ulimit -v "$1"; ulimit -f "$2"; ulimit -t "$3"; shift 3; exec "$@"'
"""Set what the system can limit, then become the program."""
_ALONE = ("unshare", "--map-root-user", "--net", "--pid", "--fork", "--kill-child")
"""Without network; all it starts ends with it, also what left its group."""
_ENDING = ("setpriv", "--pdeathsig", "KILL")
"""Killed when this process is, and then all it started."""
_BLOCK = 512
_CORES = 2
"""Processor time may be so much more than time: a limit that holds when we are gone."""


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
        [*_limited(bounds), *_where_possible(_ENDING), *_where_possible(_ALONE), *command],
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
    processor = int(bounds.seconds * _CORES) + 1
    limits = (bounds.memory >> 10, bounds.file_size // _BLOCK, processor)
    return [_SHELL, "-c", _WITHIN, _SHELL, *map(str, limits)]


def leaves_network() -> bool:
    """Say whether the system lets a program be started without network."""
    return bool(_where_possible(_ALONE))


def ends_with_us() -> bool:
    """Say whether the system ends the program when this process is killed."""
    return bool(_where_possible(_ENDING))


@cache
def _where_possible(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words to put before a program's own, none where the system refuses them."""
    if shutil.which(words[0]) is None or shutil.which("true") is None:
        return ()
    tried = subprocess.run([*words, "true"], capture_output=True, check=False)  # noqa: S603 - fixed words
    return words if tried.returncode == 0 else ()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the program with those it started, where the system has process groups."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):  # none of them is left
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
