"""Taking turns in a workspace: one run at a time, and one writer of the outbox's common files.

Two turns, so that a person can decide while what was decided before is written into the dataset.
Whoever needs both takes the run's first. Each is marked while it is held: a mark that is found
says that the last one was cut off, and what it left half written is removed.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from intake.channels.files import sweep
from intake.model.errors import StoreUnavailable
from intake.words.catalogue import Words
from intake.words.shown import utf8
from intake.workspace.lock import in_turn, only_one
from intake.workspace.places import Workspace

RUN_LOCK = "run.lock"


@contextlib.contextmanager
def run_turn(places: Workspace) -> Iterator[None]:
    """Hold the workspace for one run, swept of what a cut-off one left.

    Raises StoreUnavailable when another run holds it.
    """
    with only_one(places.archive / RUN_LOCK):
        shutil.rmtree(places.work, ignore_errors=True)
        sweep(places.key.parent, deep=False)
        with _marked(places.archive / "run.begun") as was_cut_off:
            if was_cut_off:  # at any depth: this costs more, the more receipts there are
                with outbox_turn(places):
                    sweep(places.archive)
                    sweep(places.outbox)
            yield


@contextlib.contextmanager
def outbox_turn(places: Workspace) -> Iterator[None]:
    """Wait to be the only writer of the dataset, the list of receipts and the status."""
    lock, mark = places.archive / "outbox.lock", places.archive / "outbox.begun"
    with in_turn(lock), _marked(mark) as was_cut_off:
        if was_cut_off:  # nobody else writes at the top of these
            for folder in (places.dataset, places.receipts, places.outbox, places.archive):
                sweep(folder, deep=False)
        yield


@contextlib.contextmanager
def undecided(places: Workspace) -> Iterator[bool]:
    """Keep others from deciding for a moment; false while somebody is at it."""
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(only_one(places.archive / RUN_LOCK))
        except StoreUnavailable:
            yield False
        else:
            yield True


def say_behind(places: Workspace, language: str) -> None:
    """Say beside the dataset, for whoever opens it, that it is older than the store."""
    if places.dataset.is_dir() and not places.behind.exists():
        places.behind.write_bytes(utf8(Words(language).text("dataset.behind") + "\n"))


@contextlib.contextmanager
def _marked(mark: Path) -> Iterator[bool]:
    """Mark what is begun; say whether the one before it was not ended."""
    was_cut_off = mark.exists()
    mark.touch()
    yield was_cut_off
    mark.unlink(missing_ok=True)
