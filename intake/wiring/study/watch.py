"""Reading the inbox again and again until somebody stops it, whatever happens meanwhile.

Each look opens the workspace anew: settings that were mended count at once, and a store or a
folder that was gone for a while is found again. Nothing is read while nothing has changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from intake.model.errors import SetupError, StudyError, UnreadableFile
from intake.model.run import Run, Why
from intake.pipeline.returns.attempt import attempt
from intake.wiring.app import App, now
from intake.words.told import told

LONGEST_WAIT = 300.0
"""Seconds until the next look, at most, while something does not work."""
Looking = Callable[[App], Run]
"""Read an inbox once."""
Snapshot = frozenset[tuple[str, int, int]]
"""Name, size and time of change of each file of an inbox."""


class Event(StrEnum):
    """What a look came to (a closed list)."""

    QUIET = "quiet"
    """Nothing to say."""
    READ = "read"
    TROUBLE = "trouble"
    """Something does not work, and this was not said yet."""
    RECOVERED = "recovered"
    """It works again, after a trouble."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One look: what to say of it, and in how many seconds to look again."""

    event: Event
    wait: float
    app: App | None = None
    run: Run | None = None
    problem: SetupError | None = None


@dataclass
class Watcher:
    """The state between looks."""

    root: Path
    looking: Looking
    every: float = 10.0
    clock: Callable[[], dt.datetime] = now
    _seen: Snapshot | None = field(default=None, init=False)
    _left: frozenset[tuple[str, Why]] = field(default=frozenset(), init=False)
    _day: dt.date | None = field(default=None, init=False)
    _trouble: str = field(default="", init=False)
    _failed: int = field(default=0, init=False)

    def look(self) -> Happened:
        """Look once. Raises nothing: what goes wrong is in what is returned."""
        try:
            found = attempt(self._look)
        except SetupError as problem:
            return self._failing(problem)
        if isinstance(found, UnreadableFile):  # the program's own fault; the log says where
            return self._failing(StudyError(told("setup.watch.our_fault")))
        return self._working(found)

    def _look(self) -> tuple[App, Run | None]:
        try:
            app = App.open(self.root)
            _require_folders(app)
            return app, self._read(app)
        except OSError as problem:
            said = problem.strerror or type(problem).__name__
            raise StudyError(told("setup.watch.system", problem=said)) from None

    def _read(self, app: App) -> Run | None:
        """Read the inbox where something has changed in it, or the day has; else None."""
        there, today = _snapshot(app.places.inbox), self.clock().date()
        if there == self._seen and today == self._day:
            return None
        try:
            run = self.looking(app)
        finally:
            if "store" in app.__dict__:
                app.store.close()
        self._seen = None if _waits(run) else _snapshot(app.places.inbox)
        self._day = today
        return run

    def _failing(self, problem: SetupError) -> Happened:
        self._seen = None
        self._failed += 1
        said = f"{type(problem).__name__} {problem}"
        event = Event.QUIET if said == self._trouble else Event.TROUBLE
        self._trouble = said
        return Happened(event=event, wait=self._longer(), problem=problem)

    def _working(self, found: tuple[App, Run | None]) -> Happened:
        app, run = found
        was_troubled, self._trouble = bool(self._trouble), ""
        left = frozenset((one.name, one.why) for one in run.left) if run else self._left
        is_news = run is not None and bool(run.receipts or run.undelivered or left != self._left)
        self._left = left
        self._failed = self._failed + 1 if run and _waits(run) else 0
        event = Event.READ if is_news else Event.RECOVERED if was_troubled else Event.QUIET
        return Happened(event=event, wait=self._longer(), app=app, run=run)

    def _longer(self) -> float:
        """Return the seconds until the next look: the more it failed, the longer."""
        return min(LONGEST_WAIT, self.every * 2.0 ** min(self._failed, 10))


def watch(
    watcher: Watcher, tell: Callable[[Happened], None], is_stopped: Callable[[float], bool]
) -> None:
    """Look until stopped; ``is_stopped`` waits for some seconds and says whether to end."""
    while True:
        happened = watcher.look()
        if happened.event is not Event.QUIET:
            tell(happened)
        if is_stopped(happened.wait):
            return


def _require_folders(app: App) -> None:
    """Raise StudyError for a folder that is gone: a drive that was taken off, a share away.

    Nothing is made in its place: what was in it would seem lost.
    """
    for folder in (app.places.inbox, app.places.archive):
        if not folder.is_dir():
            raise StudyError(told("setup.watch.gone", folder=str(folder)))


def _snapshot(inbox: Path) -> Snapshot:
    """Return what an inbox holds now. Raises OSError."""
    found = []
    for path in inbox.rglob("*"):
        try:
            status = path.lstat()
        except FileNotFoundError:
            continue  # taken away meanwhile
        found.append((str(path), status.st_size, status.st_mtime_ns))
    return frozenset(found)


def _waits(run: Run) -> bool:
    """Say whether a run left something that may work at the next look, though nothing changes."""
    return bool(run.undelivered) or any(_may_pass(one.why) for one in run.left)


def _may_pass(why: Why) -> bool:
    match why:
        case Why.UNFINISHED | Why.NO_ROOM | Why.FAILED:
            return True
        case Why.HIDDEN | Why.TEMPORARY | Why.FOREIGN | Why.SEVERAL_NAMES | Why.KEY | Why.TOO_LARGE:
            return False
        case unknown:
            assert_never(unknown)
