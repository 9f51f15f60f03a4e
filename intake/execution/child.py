"""The child process that opens returned files: what it gives up, then one call after another.

It reads calls from its pipe and answers in plain data; a fault of ours ends it. Before the
first it loads what every file needs, then gives up for good what no file needs: more memory,
processor time, files to write; on Linux also other files, the network, programs, signals, and
outliving its parent.
What a system cannot take away is left out here and said by ``lacks``.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from intake.execution import calls, landlock
from intake.execution.frames import receive, send
from intake.execution.plain import done, fault_at

try:
    import resource
except ImportError:  # Windows
    MEMORY_CAN_BE_LIMITED = False
else:
    MEMORY_CAN_BE_LIMITED = hasattr(resource, "RLIMIT_AS")

CALLS_PER_CHILD = 50
"""A child is replaced after so many files, before leaks of its libraries matter."""
READY = b"ready"
MOST_ASKED = 1 << 32
"""Bytes of one call, longer than any file that is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a child may use, and what it loads before its first file."""

    memory: int = 1 << 30
    """Address space in bytes."""
    seconds: float = 60
    """For one call, the start of the child included; processor time where the parent is gone."""
    modules: Sequence[str] = ()


DEFAULT_TERMS = Terms()


def serve(path: Sequence[str], terms: Terms, parent: int) -> None:
    """Answer the calls that come on the standard input until it ends."""
    calls.end_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its children itself
    asked, answers = _pipes()
    prepare(terms)
    sys.excepthook = lambda _kind, fault, _trace: send(answers, fault_at(fault))
    send(answers, READY)
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            function, arguments, named = pickle.loads(receive(asked, MOST_ASKED))  # noqa: S301 - the parent's own words
            _limit_time(terms.seconds)
            send(answers, done(function, arguments, named))


def prepare(terms: Terms) -> None:
    """Load what every file needs, then give up the rest. Runs once in each child."""
    for name in terms.modules:
        importlib.import_module(name)
    if MEMORY_CAN_BE_LIMITED:
        resource.setrlimit(resource.RLIMIT_AS, (terms.memory, terms.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
        most = int(terms.seconds * CALLS_PER_CHILD) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    if calls.gain_nothing():
        landlock.keep_only(landlock.own_modules())
        calls.refuse_calls()


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the pipes from and to the parent; what a library prints goes nowhere."""
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    return asked, answers


def _limit_time(seconds: float) -> None:
    """Let this call have its own processor time: the limit holds when the parent is gone."""
    if MEMORY_CAN_BE_LIMITED:
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        until = int(time.process_time() + seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (min(until, most), most))
