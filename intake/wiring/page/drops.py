"""Files dropped on the page: put in the inbox, and followed until somebody has seen the receipt.

What is told of a file is read from the inbox and the store, so it is true after anything. One
small file each, ``page/dropped`` in the archive, says that it is still to be seen: it is readable
by its owner only, as the name of a returned file may tell who a patient is.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from intake.channels.files import replace_file, sync_folder, write_for_owner
from intake.model.receipt import Receipt
from intake.reports.receipt.title import receipt_title
from intake.wiring.app import App, now
from intake.wiring.page.dropped_name import dropped_name, numbered
from intake.words.catalogue import Words
from intake.words.shown import utf8

_CHUNK = 1 << 20
_KEY = re.compile(r"[0-9a-f]{24}")
_LEFT_BY_A_CUT = ".page-*.part"
_ABANDONED_SECONDS = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """One file that was dropped, until its receipt is acknowledged."""

    key: str
    name: str
    """As it stands in the inbox."""
    sha256: str
    at: str


class DropState(StrEnum):
    """Where a dropped file is (a closed list)."""

    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    GONE = "gone"
    """Neither in the inbox nor in the store: somebody took it away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropLine:
    """What is told of a dropped file."""

    key: str
    name: str
    state: DropState
    receipt: str = ""
    outcome: str = ""
    said: str = ""
    """The receipt's title."""


def take(app: App, given: str, content: BinaryIO) -> Drop:
    """Put a file in the inbox, whole or not at all, over no other. Raises OSError."""
    inbox = app.places.inbox
    inbox.mkdir(parents=True, exist_ok=True)
    key = f"{now():%Y%m%d}{secrets.token_hex(8)}"
    beside = inbox / f".page-{key}.part"
    try:
        digest = _copied(content, beside)
        target = _reserved(inbox, dropped_name(given))
        drop = Drop(key=key, name=target.name, sha256=digest, at=now().isoformat())
        _keep(app, drop)
        replace_file(beside, target)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(inbox)
    return drop


def drop_lines(app: App, *, is_reading: bool, words: Words) -> tuple[DropLine, ...]:
    """Return what is told of each file that was dropped and not acknowledged, in order."""
    return tuple(_line(app, drop, words, is_reading=is_reading) for drop in _kept(app))


def acknowledge(app: App, keys: Iterable[str]) -> int:
    """Tell no more of some files, which have their receipt; return how many they were."""
    count = 0
    for key in keys:
        if _KEY.fullmatch(key):
            with contextlib.suppress(FileNotFoundError):
                (_folder(app) / f"{key}.json").unlink()
                count += 1
    return count


def sweep_drops(app: App) -> None:
    """Remove what drops left that were cut off, and nothing that may still be written."""
    long_ago = now().timestamp() - _ABANDONED_SECONDS
    for left in app.places.inbox.glob(_LEFT_BY_A_CUT):
        with contextlib.suppress(OSError):
            if left.stat().st_mtime < long_ago:
                left.unlink()


def read_inbox(app: App, tell: Callable[[int, int], None]) -> tuple[Receipt, ...]:
    """Read what is in the inbox; ``tell`` hears how many files of how many are read."""
    done = 0

    def progress(_receipt: Receipt | None, total: int) -> None:
        nonlocal done
        done += 1
        tell(done, total)

    return app.process(progress).receipts


def _line(app: App, drop: Drop, words: Words, *, is_reading: bool) -> DropLine:
    if (app.places.inbox / drop.name).exists():
        state = DropState.READING if is_reading else DropState.WAITING
        return DropLine(key=drop.key, name=drop.name, state=state)
    receipt = app.store.newest_receipt_for(drop.sha256)
    if receipt is None:
        state = DropState.READING if is_reading else DropState.GONE
        return DropLine(key=drop.key, name=drop.name, state=state)
    return DropLine(
        key=drop.key,
        name=drop.name,
        state=DropState.READ,
        receipt=receipt.id,
        outcome=receipt.outcome.value,
        said=receipt_title(receipt, words),
    )


def _copied(content: BinaryIO, path: Path) -> str:
    """Write a file and return its digest."""
    digest = hashlib.sha256()
    with path.open("xb") as stream:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            stream.write(chunk)
        stream.flush()
        os.fsync(stream.fileno())
    return digest.hexdigest()


def _reserved(inbox: Path, name: str) -> Path:
    """Return a free name of the inbox, taken so that nobody else can have it."""
    number = 1
    while True:
        path = inbox / numbered(name, number)
        try:
            path.open("xb").close()
        except FileExistsError:
            number += 1
        else:
            return path


def _folder(app: App) -> Path:
    return app.places.archive / "page" / "dropped"


def _keep(app: App, drop: Drop) -> None:
    write_for_owner(_folder(app) / f"{drop.key}.json", utf8(json.dumps(asdict(drop))))


def _kept(app: App) -> Iterator[Drop]:
    """Yield what was dropped and not acknowledged; what is no such file is passed over."""
    folder = _folder(app)
    for path in sorted(folder.glob("*.json"), key=lambda one: one.stat().st_mtime_ns):
        with contextlib.suppress(OSError, ValueError, TypeError):
            yield Drop(**json.loads(path.read_text("utf-8")))
