"""Taking a file into the private folder: cut off anywhere, it is there once and whole."""

from __future__ import annotations

import datetime as dt
import errno
import os
import tempfile
from pathlib import Path

import pytest

from intake.channels.folder.handles import HeldFolder
from intake.channels.folder.inbox import FolderInbox
from intake.channels.folder.private import PrivateFolder
from intake.model.run import Why

OURS = Path(tempfile.gettempdir()).stat().st_dev
PLACES = [Path("/dev/shm"), Path("/var/tmp")]  # noqa: S108 - one of memory, one of the disk
SECOND = next((p for p in PLACES if p.is_dir() and p.stat().st_dev != OURS), None)
NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
CONTENT = b"%PDF-1.7\n" + bytes(range(256)) * 9000 + b"\n%%EOF\n"
STEPS = ("mkdir", "rename", "replace", "unlink", "rmdir", "utime", "fsync", "chmod")


class PowerCut(BaseException):
    """Nothing in the program may catch it."""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def an_inbox(folder):
    private = PrivateFolder(folder.parent / "taken")
    return FolderInbox(folder, private, lambda: NOON, pause=lambda _: None)


def drop(folder, name="fiche.pdf", content=CONTENT):
    path = folder / name
    path.write_bytes(content)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def elsewhere(monkeypatch):
    """Make the inbox stand on another file system than the private folder."""
    real = HeldFolder.move

    def move(held, name, target, other):
        if held.handle is not None:
            raise OSError(errno.EXDEV, "another device")
        real(held, name, target, other)

    monkeypatch.setattr(HeldFolder, "move", move)


def cut(monkeypatch, count, *, early):
    """Cut the power before or after the n-th change of the file system."""
    left = [count]

    def over(real):
        def step(*arguments, **named):
            left[0] -= 1
            if left[0] == 0 and early:
                raise PowerCut
            try:
                return real(*arguments, **named)
            finally:
                if left[0] == 0:
                    raise PowerCut

        return step

    for name in STEPS:
        monkeypatch.setattr(os, name, over(getattr(os, name)))


@pytest.mark.parametrize("early", [True, False])
@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_a_power_cut_at_any_step_loses_nothing_and_doubles_nothing(
    folder, monkeypatch, is_elsewhere, early
):
    if is_elsewhere:
        elsewhere(monkeypatch)
    cuts = 0
    while True:
        drop(folder)
        with monkeypatch.context() as patched:
            cut(patched, cuts + 1, early=early)
            try:
                for source in an_inbox(folder).ready().files:
                    an_inbox(folder).remove(source)
                break
            except PowerCut:
                cuts += 1
        arrivals = an_inbox(folder).ready()
        if arrivals.files:
            (source,) = arrivals.files
            assert b"".join(an_inbox(folder).chunks(source)) == CONTENT
            assert source.name == "fiche.pdf"
            an_inbox(folder).remove(source)
        else:  # it was removed already, as the run was told to do
            assert cuts > 2
        assert arrivals.left == ()
        assert [path for path in folder.parent.rglob("*") if path.is_file()] == []
        assert an_inbox(folder).ready().files == ()
    assert cuts >= (7 if is_elsewhere else 5)


def test_a_file_of_another_file_system_is_copied_checked_and_keeps_its_time(folder, monkeypatch):
    elsewhere(monkeypatch)
    path = drop(folder)
    (source,) = an_inbox(folder).ready().files
    assert not path.exists()
    (taken,) = (folder.parent / "taken").rglob("fiche.pdf")
    assert taken.read_bytes() == CONTENT
    assert taken.stat().st_mtime == 1_700_000_000
    an_inbox(folder).remove(source)
    assert list((folder.parent / "taken").iterdir()) == []


def test_a_file_that_changes_while_it_is_copied_stays(folder, monkeypatch):
    elsewhere(monkeypatch)
    path = drop(folder)
    real = HeldFolder.open

    def open_and_grow(held, name):
        stream = real(held, name)
        if list((folder.parent / "taken").iterdir()):
            with path.open("ab") as other:
                other.write(b"more")
        return stream

    monkeypatch.setattr(HeldFolder, "open", open_and_grow)
    arrivals = an_inbox(folder).ready()
    assert [(one.name, one.why) for one in arrivals.left] == [("fiche.pdf", Why.UNFINISHED)]
    assert path.read_bytes() == CONTENT + b"more"
    assert list((folder.parent / "taken").iterdir()) == []


def test_a_file_that_is_still_written_after_it_was_taken_is_not_lost(folder):
    path = drop(folder)
    with path.open("ab") as writer:
        (source,) = an_inbox(folder).ready().files
        writer.write(b"more")
    an_inbox(folder).remove(source)
    (grown,) = an_inbox(folder).ready().files
    assert grown.sha256 != source.sha256
    assert b"".join(an_inbox(folder).chunks(grown)) == CONTENT + b"more"


def test_a_disk_that_fills_while_a_file_is_copied_leaves_the_file(folder, monkeypatch):
    elsewhere(monkeypatch)
    path = drop(folder)

    def full(descriptor):
        raise OSError(errno.ENOSPC, "no space left")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        arrivals = an_inbox(folder).ready()
    assert [(one.name, one.why) for one in arrivals.left] == [("fiche.pdf", Why.UNFINISHED)]
    assert path.read_bytes() == CONTENT
    assert list((folder.parent / "taken").iterdir()) == []
    assert len(an_inbox(folder).ready().files) == 1


@pytest.mark.skipif(SECOND is None, reason="needs a second file system")
def test_a_real_second_file_system_is_copied_from(tmp_path):
    with tempfile.TemporaryDirectory(dir=SECOND) as other:
        folder = Path(other)
        drop(folder)
        private = PrivateFolder(tmp_path / "taken")
        inbox = FolderInbox(folder, private, lambda: NOON, pause=lambda _: None)
        (source,) = inbox.ready().files
        assert b"".join(inbox.chunks(source)) == CONTENT
        assert list(folder.iterdir()) == []
