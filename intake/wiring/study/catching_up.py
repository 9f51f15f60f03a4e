"""Bringing the outbox up to date after decisions that put it off: one refresh for several.

Nothing here must survive: that a dataset is older than the store is told by the store, so that
whoever needs it next writes it (a run, a closing, an export), whatever was killed before.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from intake.model.errors import SetupError
from intake.wiring.app import App
from intake.wiring.study.turns import outbox_turn, undecided


def catch_up(app: App) -> bool:
    """Refresh the outbox while others may decide; say whether all is up to date then.

    Raises StoreUnavailable, OSError, DefinitionError.
    """
    with outbox_turn(app.places):
        made = app.store.head
        app.rewrite()
        with undecided(app.places) as is_quiet:
            if not is_quiet or app.store.newest_head() != made:
                return False
            app.places.behind.unlink(missing_ok=True)
    return True


@dataclass
class CatchingUp:
    """Catches up in a thread of its own, a moment after the last decision of several."""

    opened: Callable[[], AbstractContextManager[App]]
    """Opens the study, and closes it."""
    quiet: float = 1.0
    """Seconds without a decision before it begins."""
    longest: float = 15.0
    """Seconds that a decision waits at most for others to follow."""
    pause: float = 5.0
    """Seconds until it tries again what did not work."""
    problem: Exception | None = None
    """What stopped the last time; None once it worked."""
    _asked: int = 0
    _done: int = 0
    _closes: bool = False
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _thread: threading.Thread | None = None

    @property
    def is_behind(self) -> bool:
        """Say whether something that was asked is not done."""
        return self._done != self._asked

    def ask(self) -> None:
        """Have the outbox brought up to date soon; returns at once."""
        with self._changed:
            self._asked += 1
            self._changed.notify_all()
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="outbox", daemon=True)
                self._thread.start()

    def close(self, patience: float | None = None) -> bool:
        """Do what was asked, once, without waiting for more; say whether all was done."""
        with self._changed:
            self._closes = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(patience)
        return not self.is_behind

    def _work(self) -> None:
        while self._is_wanted():
            asked = self._settled()
            if self._caught_up():
                self._done = asked
            elif self._closes:
                return
            else:
                self._wait(self.pause if self.problem else self.quiet)

    def _is_wanted(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self.is_behind or self._closes)
            return self.is_behind

    def _settled(self) -> int:
        """Wait until no decision follows for a moment; return how many were asked for."""
        end = time.monotonic() + self.longest
        while True:
            asked = self._asked
            self._wait(min(self.quiet, end - time.monotonic()))
            if asked == self._asked or self._closes or time.monotonic() >= end:
                return self._asked

    def _caught_up(self) -> bool:
        try:
            with self.opened() as app:
                is_done = catch_up(app)
        except (SetupError, OSError) as problem:
            self.problem = problem
            return False
        self.problem = None
        return is_done

    def _wait(self, seconds: float) -> None:
        with self._changed:
            if not self._closes and seconds > 0:
                self._changed.wait(seconds)
