"""What the page remembers while it runs: its study, who decides, what was just done.

One person uses it in one browser, so there is one of it.  What must outlive it stands in the
study's own folders and store.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from starlette.requests import Request

from intake.model.errors import SetupError
from intake.web.jobs import Done, Job, Jobs, Tell
from intake.web.safety.entry import Entry
from intake.wiring.app import App
from intake.wiring.page.drops import sweep_drops
from intake.wiring.page.first import has_study
from intake.wiring.study.catching_up import CatchingUp
from intake.wiring.study.language import spoken_language
from intake.wiring.study.person import as_name, kept_name, known_name
from intake.words.catalogue import LANGUAGES, Words, words_of

T = TypeVar("T")
PATIENCE = 20.0
"""Seconds that an act waits for the one before it."""


class Busy(Exception):
    """Another act of this page is not over: nothing was begun."""


@dataclass
class Page:
    """The page of one start of the program."""

    folder: Path
    entry: Entry
    by: str = ""
    stop: Callable[[], None] = lambda: None
    patience: float = PATIENCE
    jobs: Jobs = field(default_factory=Jobs)
    language: str = ""
    """The one that was chosen on the page."""
    was_asked: bool = False
    """Who decides was asked for on the page, and may have been left out."""
    _flash: Done | None = None
    _turn: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def catching_up(self) -> CatchingUp:
        """Return what writes the dataset after acts that put it off."""
        return CatchingUp(self.opened)

    def begin(self) -> None:
        """Make up for what the last start was cut off in; what hinders it, a screen will say."""
        with suppress(SetupError, OSError), self.opened() as app:
            sweep_drops(app)
            if app.places.behind.exists():
                self.catching_up.ask()

    def end(self) -> None:
        """Begin nothing more; what was decided is written into the dataset."""
        self.jobs.end()
        self.catching_up.close(PATIENCE)

    @property
    def words(self) -> Words:
        """Return the words of the language that the page speaks."""
        return words_of(self.language or spoken_language(self.folder))

    @property
    def has_study(self) -> bool:
        """Say whether there is a study at or above the folder."""
        return has_study(self.folder)

    def speak(self, language: str) -> None:
        """Speak another language, if it has words."""
        if language in LANGUAGES:
            self.language = language

    @property
    def who(self) -> str:
        """Return who decides, as far as a name was given."""
        return self.by or known_name()

    def name(self, text: str) -> None:
        """Keep who decides."""
        self.by, self.was_asked = as_name(kept_name(text)), True

    @contextmanager
    def opened(self, *, puts_off: bool = False) -> Iterator[App]:
        """Open the study and close it. Raises StudyError where the folder holds none."""
        app = replace(App.around(self.folder), by=self.who, puts_off=puts_off)
        try:
            yield app
        finally:
            if "store" in app.__dict__:
                app.store.close()

    def look(self, look: Callable[[App], T]) -> T:
        """Return what a function of the study gives; it changes nothing."""
        with self.opened() as app:
            return look(app)

    def act(self, act: Callable[[App], T]) -> T:
        """Do one act of the study, when the one before it is over. Raises Busy.

        The dataset is written a moment later: it waits for the acts that follow, they not for it.
        """
        with self._own_turn(self.patience), self.opened(puts_off=True) as app:
            done = act(app)
        self.catching_up.ask()
        return done

    def act_without_study(self, act: Callable[[Path], T]) -> T:
        """Do one act on the folder, which may hold no study yet. Raises Busy."""
        with self._own_turn(self.patience):
            return act(self.folder)

    def start(self, job: Job, work: Callable[[App, Tell], Done]) -> Job:
        """Begin a long act, when those before it are over."""

        def run(tell: Tell) -> Done:
            with self._own_turn(-1), self.opened() as app:
                return work(app, tell)

        return self.jobs.start(job, run)

    def flash(self, done: Done) -> None:
        """Keep what was done until a screen has said it."""
        self._flash = done

    def take_flash(self) -> Done | None:
        """Return what was done and not said yet."""
        done, self._flash = self._flash, None
        return done

    @contextmanager
    def _own_turn(self, patience: float) -> Iterator[None]:
        if not self._turn.acquire(timeout=patience):
            raise Busy
        try:
            yield
        finally:
            self._turn.release()


def page_of(request: Request) -> Page:
    """Return the page that a request asks."""
    page = request.app.state.page
    assert isinstance(page, Page)  # noqa: S101 - the application holds nothing else there
    return page
