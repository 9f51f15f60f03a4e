"""The inbox: finished regular files only, in order, taken out only when still the same."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import threading
import time

import pytest

from intake.channels.folder.inbox import FolderInbox

NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
PDF = b"%PDF-1.7\n...\n%%EOF\n"


@pytest.fixture
def inbox(tmp_path):
    return FolderInbox(tmp_path, lambda: NOON, quiet_seconds=0.3)


def drop(folder, name, content=PDF, *, age=60.0):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    when = NOON.timestamp() - age
    os.utime(path, (when, when))
    return path


def test_files_come_oldest_first_then_by_name(inbox, tmp_path):
    for name, age in (("b.pdf", 10), ("a.pdf", 10), ("old.pdf", 99)):
        drop(tmp_path, name, age=age)
    for name in ("a.pdf", "b.pdf"):
        os.utime(tmp_path / name, (1_700_000_000, 1_700_000_000))
    os.utime(tmp_path / "old.pdf", (1_600_000_000, 1_600_000_000))
    assert [f.name for f in inbox.ready().files] == ["old.pdf", "a.pdf", "b.pdf"]


def test_a_file_is_known_by_its_bytes_and_the_time_it_was_seen(inbox, tmp_path):
    drop(tmp_path, "sub folder/fiche é.pdf")
    (source,) = inbox.ready().files
    assert source.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (source.name, source.size, source.received) == ("fiche é.pdf", len(PDF), NOON)
    assert b"".join(inbox.chunks(source)) == PDF


@pytest.mark.parametrize(
    "name",
    [".hidden", "~$fiche.docx", "fiche.pdf.part", "a.crdownload", "Thumbs.db", ".git/x.pdf", "b~"],
)
def test_temporary_and_system_files_are_not_returns(inbox, tmp_path, name):
    drop(tmp_path, name)
    assert inbox.ready().files == ()


def test_a_link_is_never_followed(inbox, tmp_path_factory, tmp_path):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.pdf"
    secret.write_bytes(PDF)
    (tmp_path / "link.pdf").symlink_to(secret)
    (tmp_path / "folder").symlink_to(secret.parent)
    arrivals = inbox.ready()
    assert arrivals.files == ()
    assert "link.pdf" in arrivals.waiting


def test_a_file_that_grows_waits_for_the_next_run(inbox, tmp_path):
    path = drop(tmp_path, "slow.bin", b"begin", age=0)
    stop = threading.Event()

    def copy():
        while not stop.wait(0.05):
            with path.open("ab") as stream:
                stream.write(b"more")

    thread = threading.Thread(target=copy)
    thread.start()
    try:
        arrivals = inbox.ready()
    finally:
        stop.set()
        thread.join()
    assert (arrivals.files, arrivals.waiting) == ((), ("slow.bin",))


def test_a_fresh_file_with_a_complete_end_need_not_wait(tmp_path):
    drop(tmp_path, "fresh.pdf", age=0)
    started = time.monotonic()
    patient = FolderInbox(tmp_path, lambda: NOON, quiet_seconds=30)
    assert len(patient.ready().files) == 1
    assert time.monotonic() - started < 5


def test_a_fresh_file_without_a_known_end_is_read_once_it_is_quiet(inbox, tmp_path):
    drop(tmp_path, "note.txt", b"hello", age=0)
    assert len(inbox.ready().files) == 1


def test_a_file_dated_in_the_future_is_still_read(inbox, tmp_path):
    drop(tmp_path, "future.txt", b"hello", age=-9999)
    assert len(inbox.ready().files) == 1


def test_removing_takes_the_received_file_and_no_other(inbox, tmp_path):
    path = drop(tmp_path, "a.pdf")
    (source,) = inbox.ready().files
    path.write_bytes(PDF + b"another patient")
    inbox.remove(source)
    assert path.exists()
    path.write_bytes(PDF)
    inbox.remove(source)
    assert not path.exists()
    inbox.remove(source)  # a second time changes nothing


def test_an_absent_folder_is_an_empty_inbox(tmp_path):
    assert FolderInbox(tmp_path / "none", lambda: NOON).ready().files == ()


def test_time_passes_by_the_clock_and_the_pause_handed_in(tmp_path):
    drop(tmp_path, "note.txt", b"hello", age=4)
    paused = []
    patient = FolderInbox(tmp_path, lambda: NOON, quiet_seconds=5, pause=paused.append)
    assert len(patient.ready().files) == 1
    assert paused == [5]
    later = FolderInbox(
        tmp_path, lambda: NOON + dt.timedelta(seconds=2), quiet_seconds=5, pause=paused.append
    )
    assert len(later.ready().files) == 1
    assert paused == [5]
