"""How far a run is: files done, of how many, how fast, how long still. On standard error.

On a terminal one line that is drawn again; for another program one line of JSON at a time;
else nothing. How fast and how long are told by the last files: the first ones may have been
quicker, and those that take long come last.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

import click

from intake.cli.frame import WORDS
from intake.model.receipt import Receipt
from intake.model.run import Progress
from intake.words.catalogue import Words

_FEW, _LATELY = 30, 60.0
"""The pace is that of the last minute, and of no fewer than so many files."""
_LEAST = 3
"""Files that tell a pace."""
_REDRAWN, _WRITTEN = 0.1, 1.0
"""Seconds between two drawings, and between two lines of JSON, at least."""
_BAR = 20
FILES, PATIENTS = "done", "patients"
"""What is counted, as the words name it."""


class Shown(StrEnum):
    """How a run says how far it is (a closed list)."""

    AUTO = "auto"
    """A line on a terminal, nothing elsewhere."""
    JSON = "json"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Far:
    """How far a run is; no pace while too few files are done."""

    done: int
    total: int
    per_minute: float | None = None
    seconds_left: float | None = None


class Pace:
    """Counts files as they are done, at times in seconds."""

    def __init__(self, started: float) -> None:
        """Begin to count."""
        self._done = 0
        self._times = deque([started])

    def count(self, total: int, now: float) -> Far:
        """Count one more file, done now, and return how far this is."""
        self._done += 1
        self._times.append(now)
        while len(self._times) > _FEW + 1 and self._times[1] < now - _LATELY:
            self._times.popleft()
        seconds = now - self._times[0]
        if self._done < _LEAST or seconds <= 0:
            return Far(self._done, total)
        a_second = (len(self._times) - 1) / seconds
        left = max(0, total - self._done) / a_second
        return Far(self._done, total, a_second * 60, left)


@contextmanager
def shown_progress(
    how: Shown, clock: Callable[[], float] = time.monotonic, *, of: str = FILES
) -> Iterator[Progress]:
    """Yield what is to be called after each file, or patient; end the line that was drawn."""
    match how:
        case Shown.NONE:
            yield _nothing
        case Shown.JSON:
            yield _counting(_as_json, _WRITTEN, clock)
        case Shown.AUTO if not sys.stderr.isatty():
            yield _nothing
        case Shown.AUTO:
            line = _Line(of)
            try:
                yield _counting(line.draw, _REDRAWN, clock)
            finally:
                line.end()
        case unknown:
            assert_never(unknown)


def _nothing(_receipt: Receipt | None, _total: int) -> None:
    """Show nothing."""


def _counting(show: Callable[[Far], None], every: float, clock: Callable[[], float]) -> Progress:
    """Return what counts files and shows how far they are, not oftener than so many seconds."""
    pace = Pace(clock())
    next_at = clock()

    def count(_receipt: Receipt | None, total: int) -> None:
        nonlocal next_at
        now = clock()
        far = pace.count(total, now)
        if now >= next_at or far.done >= total:
            next_at = now + every
            show(far)

    return count


def _as_json(far: Far) -> None:
    """Write one line: whole numbers, but for the pace; null where it is not known."""
    pace = None if far.per_minute is None else round(far.per_minute, 1)
    left = None if far.seconds_left is None else round(far.seconds_left)
    told = {"done": far.done, "total": far.total, "per_minute": pace, "seconds_left": left}
    click.echo(json.dumps({"progress": told}), err=True)
    sys.stderr.flush()


class _Line:
    """The line of a terminal that is drawn again and again."""

    def __init__(self, of: str) -> None:
        self._width = 0
        self._of = of

    def draw(self, far: Far) -> None:
        """Draw it anew, over what was there, no wider than the terminal."""
        filled = "#" * (_BAR * far.done // max(1, far.total))
        most = shutil.get_terminal_size().columns - 1
        line = f"[{filled:{_BAR}}] {said_far(far, WORDS, self._of)}"[:most]
        click.echo(f"\r{line:{self._width}}", nl=False, err=True)
        self._width = len(line)

    def end(self) -> None:
        """Go on below it."""
        if self._width:
            click.echo(err=True)


def said_far(far: Far, words: Words, of: str = FILES) -> str:
    """Return how far a run is, in words."""
    said = [words.text(f"cli.progress.{of}", done=far.done, total=far.total)]
    if far.per_minute is not None and far.seconds_left is not None:
        said.append(words.text("cli.progress.pace", number=_rounded(far.per_minute)))
        if far.done < far.total:
            said.append(words.text("cli.progress.left", time=_time(far.seconds_left, words)))
    return " · ".join(said)


def _rounded(pace: float) -> str:
    return f"{pace:.0f}" if pace >= 1 else "<\N{NO-BREAK SPACE}1"


def _time(seconds: float, words: Words) -> str:
    """Return a time as roughly as it is known."""
    if seconds < 90:
        return words.text("cli.progress.seconds", number=max(5, 5 * round(seconds / 5)))
    minutes = round(seconds / 60)
    if minutes < 90:
        return words.text("cli.progress.minutes", number=minutes)
    return words.text("cli.progress.hours", hours=minutes // 60, minutes=f"{minutes % 60:02}")
