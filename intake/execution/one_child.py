"""One child process as its parent sees it: asked, timed, ended.

It inherits nothing but two pipes and a few harmless words of the environment.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar, cast

from intake.execution.child import CALLS_PER_CHILD, Terms
from intake.execution.frames import receive, send
from intake.execution.plain import FaultInChild, NoAnswer
from intake.model.errors import UnreadableFile, over_limit
from intake.model.finding_codes import FindingCode

T = TypeVar("T")

MOST_ANSWERED = 400 << 20
"""Bytes of one answer: the most that a container holds, written as text."""
_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TZ")
_START = (
    "import json, sys; path, terms, parent = json.loads(sys.argv[1]); sys.path[:] = path; "
    "from intake.execution.child import Terms, serve; serve(path, Terms(**terms), parent)"
)
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """A module-level function and what it is called with."""

    function: Callable[..., T]
    arguments: Sequence[object]
    named: Mapping[str, object]


class Child:
    """A process that answers calls one by one."""

    def __init__(self, terms: Terms) -> None:
        """Start it; it is not waited for."""
        self._calls = 0
        self._is_ended = self._is_late = False
        self._process = subprocess.Popen(  # noqa: S603 - this Python, with our own words
            [sys.executable, "-I", "-c", _START, _settings(terms)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
        )

    @property
    def can_go_on(self) -> bool:
        """Say whether it can take one call more."""
        return not self._is_ended and self._calls < CALLS_PER_CHILD

    def ask(self, call: Call[Any], seconds: float) -> bytes:
        """Return what the child sends for one call. Raises UnreadableFile: a limit."""
        question = pickle.dumps((call.function, call.arguments, call.named))
        to, back = cast("BinaryIO", self._process.stdin), cast("BinaryIO", self._process.stdout)
        with self._timed(seconds):
            try:
                if not self._calls:
                    receive(back, MOST_ANSWERED)
                self._calls += 1
                send(to, question)
                return receive(back, MOST_ANSWERED)
            except (OSError, EOFError):
                self.end()
                raise over_limit(self._why()) from None
            except UnreadableFile:
                self.end()
                raise

    def judged(self, take: Callable[[], T]) -> T:
        """Return what is taken from an answer; a faulty child is ended.

        Raises UnreadableFile and FaultInChild.
        """
        try:
            return take()
        except FaultInChild:
            self.end()
            raise
        except NoAnswer:
            self.end()
            _LOG.error("a child sent what is no answer: it was ended")
            raise UnreadableFile(FindingCode.INTERNAL_ERROR) from None

    def kill(self) -> None:
        """Kill it, from whatever thread; who waits for it sees its pipe end."""
        self._is_ended = True
        self._process.kill()

    def end(self) -> None:
        """Kill it and leave nothing of it. Only by the thread that asks it."""
        self.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what was still to be written to it
                cast("BinaryIO", pipe).close()

    @contextlib.contextmanager
    def _timed(self, seconds: float) -> Iterator[None]:
        """Kill the child when its time is over: the pipe then ends."""
        timer = threading.Timer(seconds, self._stop_late)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _stop_late(self) -> None:
        self._is_late = True
        self._process.kill()

    def _why(self) -> str:
        """Return the limit that a lost child has passed."""
        is_out_of_time = self._process.returncode == -getattr(signal, "SIGXCPU", 0)
        return "time" if self._is_late or is_out_of_time else "process"


def _settings(terms: Terms) -> str:
    """Return what the child is told at its start: where modules are, its terms, its parent."""
    path = [place or str(Path.cwd()) for place in sys.path]
    return json.dumps([path, asdict(terms), os.getpid()])
