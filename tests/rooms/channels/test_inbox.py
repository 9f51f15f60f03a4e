"""The inbox: finished regular files only, in order, taken out only when still the same."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import socket
import threading
import time

import pytest

from intake.channels.folder import handles
from intake.channels.folder.arrived import DEEPEST
from intake.channels.folder.handles import HeldFolder, Spot
from intake.channels.folder.inbox import FolderInbox
from intake.channels.folder.private import RESERVE, PrivateFolder
from intake.model.run import SET_ASIDE, Left, Why
from intake.ports import Arrivals

NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
PDF = b"%PDF-1.7\n...\n%%EOF\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


@pytest.fixture
def inbox(folder):
    return FolderInbox(folder, PrivateFolder(folder.parent / "taken"), lambda: NOON, 0.3)


@pytest.fixture
def secret(tmp_path_factory):
    path = tmp_path_factory.mktemp("elsewhere") / "secret.pdf"
    path.write_bytes(PDF)
    return path


def left(arrivals):
    return {one.name: one.why for one in arrivals.left}


def drop(folder, name, content=PDF, *, age=60.0):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    when = NOON.timestamp() - age
    os.utime(path, (when, when))
    return path


def test_files_come_oldest_first_then_by_name(inbox, folder):
    for name, age in (("b.pdf", 10), ("a.pdf", 10), ("old.pdf", 99)):
        drop(folder, name, age=age)
    for name in ("a.pdf", "b.pdf"):
        os.utime(folder / name, (1_700_000_000, 1_700_000_000))
    os.utime(folder / "old.pdf", (1_600_000_000, 1_600_000_000))
    assert [f.name for f in inbox.ready().files] == ["old.pdf", "a.pdf", "b.pdf"]


def test_a_file_is_known_by_its_bytes_and_the_time_it_was_seen(inbox, folder):
    drop(folder, "sub folder/fiche é.pdf")
    (source,) = inbox.ready().files
    assert source.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (source.name, source.size, source.received) == ("fiche é.pdf", len(PDF), NOON)
    assert b"".join(inbox.chunks(source)) == PDF


@pytest.mark.parametrize(
    "name", ["Thumbs.db", "desktop.ini", ".DS_Store", "~$fiche.docx", "._a.pdf"]
)
def test_what_a_system_writes_by_itself_is_not_even_named(inbox, folder, name):
    drop(folder, name)
    assert inbox.ready() == Arrivals(())


@pytest.mark.parametrize(
    ("name", "told", "why"),
    [
        (".fiche.pdf", ".fiche.pdf", Why.HIDDEN),
        (".git/x.pdf", ".git", Why.HIDDEN),
        ("fiche.tmp", "fiche.tmp", Why.TEMPORARY),
        ("fiche.pdf.part", "fiche.pdf.part", Why.TEMPORARY),
        ("sub/a.crdownload", "a.crdownload", Why.TEMPORARY),
        ("fiche.pdf~", "fiche.pdf~", Why.TEMPORARY),
        (".~lock.fiche.odt#", ".~lock.fiche.odt#", Why.TEMPORARY),
        (".fi\x1b]0;\u202ex.pdf", ".fi\ufffd]0;\ufffdx.pdf", Why.HIDDEN),
    ],
)
def test_hidden_and_unfinished_names_stay_and_are_named(inbox, folder, name, told, why):
    path = drop(folder, name)
    assert inbox.ready() == Arrivals((), (Left(name=told, why=why),))
    assert path.exists()


def test_a_link_is_never_followed(inbox, folder, secret):
    (folder / "link.pdf").symlink_to(secret)
    (folder / "folder").symlink_to(secret.parent)
    assert left(inbox.ready()) == {"folder": Why.FOREIGN, "link.pdf": Why.FOREIGN}
    assert (folder / "link.pdf").is_symlink()


def test_pipes_and_sockets_are_named_and_never_opened(inbox, folder):
    os.mkfifo(folder / "pipe.pdf")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "s"))
        assert left(inbox.ready()) == {"pipe.pdf": Why.FOREIGN, "s": Why.FOREIGN}


def test_a_file_with_another_name_elsewhere_is_refused_and_stays(inbox, folder, secret):
    (folder / "copy.pdf").hardlink_to(secret)
    assert left(inbox.ready()) == {"copy.pdf": Why.SEVERAL_NAMES}
    assert secret.read_bytes() == PDF


def test_a_copy_of_the_key_is_refused_and_stays(folder, tmp_path):
    path = drop(folder, "notes.txt", b"the key of the study")
    refused = frozenset({hashlib.sha256(b"the key of the study").hexdigest()})
    inbox = FolderInbox(folder, PrivateFolder(tmp_path / "taken", refused=refused), lambda: NOON)
    assert left(inbox.ready()) == {"notes.txt": Why.KEY}
    assert path.exists()


def exchanged(folder, secret, action):
    """Return an inbox in which somebody acts while the program waits for a fresh file."""
    drop(folder, "zz.txt", b"fresh", age=0)
    private = PrivateFolder(folder.parent / "taken")
    return FolderInbox(folder, private, lambda: NOON, pause=lambda _: action())


def test_a_folder_exchanged_for_a_link_while_the_program_waits_gives_nothing_away(folder, secret):
    drop(folder, "lot/secret.pdf", PDF)

    def exchange():
        (folder / "lot").rename(folder / ".away")
        (folder / "lot").symlink_to(secret.parent)

    arrivals = exchanged(folder, secret, exchange).ready()
    assert [file.name for file in arrivals.files] == ["zz.txt"]
    assert left(arrivals) == {"secret.pdf": Why.UNFINISHED}
    assert secret.read_bytes() == PDF


def test_a_file_exchanged_for_another_while_the_program_waits_stays(folder, secret):
    path = drop(folder, "a.pdf", PDF)

    def exchange():
        path.unlink()
        path.hardlink_to(secret)

    arrivals = exchanged(folder, secret, exchange).ready()
    assert left(arrivals) == {"a.pdf": Why.UNFINISHED}
    assert secret.stat().st_nlink == 2
    assert path.exists()


def test_a_file_exchanged_at_the_last_moment_is_put_back(inbox, folder, secret, monkeypatch):
    path = drop(folder, "a.pdf", PDF)
    real = HeldFolder.move

    def late(held, name, target, other):
        if held.path == folder and path.exists():
            path.unlink()
            path.symlink_to(secret)
        real(held, name, target, other)

    monkeypatch.setattr(HeldFolder, "move", late)
    assert left(inbox.ready()) == {"a.pdf": Why.UNFINISHED}
    assert path.is_symlink()
    assert secret.read_bytes() == PDF


def test_without_directory_handles_the_same_holds(inbox, folder, secret, monkeypatch):
    monkeypatch.setattr(handles, "HAS_HANDLES", False)
    drop(folder, "sub/a.pdf", PDF)
    (folder / "folder").symlink_to(secret.parent)
    (source,) = (arrivals := inbox.ready()).files
    assert left(arrivals) == {"folder": Why.FOREIGN}
    assert b"".join(inbox.chunks(source)) == PDF
    inbox.remove(source)
    assert inbox.ready().files == ()


def test_the_place_where_files_are_taken_is_the_owners_alone(inbox, folder, tmp_path):
    drop(folder, "a.pdf")
    inbox.ready()
    assert (tmp_path / "taken").stat().st_mode & 0o777 == 0o700


def test_a_file_that_cannot_be_read_stays_where_people_see_it(inbox, folder, monkeypatch):
    path = drop(folder, "a.pdf")

    def refuse(held, name):
        raise PermissionError(13, "denied")

    monkeypatch.setattr(HeldFolder, "open", refuse)
    assert left(inbox.ready()) == {"a.pdf": Why.UNFINISHED}
    assert path.exists()
    assert list((folder.parent / "taken").iterdir()) == []


def test_what_the_disk_has_no_room_for_stays_and_is_named(folder, tmp_path):
    room = 2 * 100 + RESERVE
    private = PrivateFolder(tmp_path / "taken", free=lambda _: room)
    drop(folder, "1.bin", bytes(60), age=90)
    drop(folder, "2.bin", bytes(60), age=80)
    drop(folder, "3.bin", bytes(40), age=70)
    arrivals = FolderInbox(folder, private, lambda: NOON).ready()
    assert [file.name for file in arrivals.files] == ["1.bin", "3.bin"]
    assert left(arrivals) == {"2.bin": Why.NO_ROOM}


def test_a_file_that_is_too_large_is_digested_once_and_copied_nowhere(
    folder, tmp_path, monkeypatch
):
    drop(folder, "lot/lourd.pdf", bytes(2000))
    drop(folder, "lot/bis/lourd.pdf", bytes(2001))
    inbox = FolderInbox(folder, PrivateFolder(tmp_path / "taken", 1000), lambda: NOON)
    read = []
    real = Spot.chunks
    monkeypatch.setattr(Spot, "chunks", lambda spot: read.append(spot.name) or real(spot))
    for source in inbox.ready().files:
        inbox.remove(source)
        inbox.remove(source)  # a second time changes nothing
    assert read == ["lourd.pdf", "lourd.pdf"]
    assert sorted(path.stat().st_size for path in (folder / SET_ASIDE).iterdir()) == [2000, 2001]
    assert list(left(inbox.ready()).values()) == [Why.TOO_LARGE] * 2


def test_nothing_is_set_aside_behind_a_link(folder, tmp_path, secret):
    path = drop(folder, secret.name, bytes(2000))
    inbox = FolderInbox(folder, PrivateFolder(tmp_path / "taken", 1000), lambda: NOON)
    (source,) = inbox.ready().files
    (folder / SET_ASIDE).symlink_to(secret.parent)
    with pytest.raises(PermissionError):
        inbox.remove(source)
    assert path.exists()
    assert [path.name for path in secret.parent.iterdir()] == [secret.name]


def test_folders_within_too_many_others_are_named(inbox, folder):
    drop(folder, "/".join("d" * (DEEPEST + 3)) + "/a.pdf")
    assert left(inbox.ready()) == {"d": Why.FOREIGN}


def test_a_file_that_grows_waits_for_the_next_run(inbox, folder):
    path = drop(folder, "slow.bin", b"begin", age=0)
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
    assert (arrivals.files, left(arrivals)) == ((), {"slow.bin": Why.UNFINISHED})


def test_a_fresh_file_with_a_complete_end_need_not_wait(folder, tmp_path):
    drop(folder, "fresh.pdf", age=0)
    started = time.monotonic()
    patient = FolderInbox(folder, PrivateFolder(tmp_path / "taken"), lambda: NOON, 30)
    assert len(patient.ready().files) == 1
    assert time.monotonic() - started < 5


def test_a_fresh_file_without_a_known_end_is_read_once_it_is_quiet(inbox, folder):
    drop(folder, "note.txt", b"hello", age=0)
    assert len(inbox.ready().files) == 1


def test_a_file_dated_in_the_future_is_still_read(inbox, folder):
    drop(folder, "future.txt", b"hello", age=-9999)
    assert len(inbox.ready().files) == 1


def test_an_absent_folder_is_an_empty_inbox(tmp_path):
    private = PrivateFolder(tmp_path / "taken")
    assert FolderInbox(tmp_path / "none", private, lambda: NOON).ready().files == ()


def test_time_passes_by_the_clock_and_the_pause_handed_in(folder):
    drop(folder, "note.txt", b"hello", age=4)
    paused = []
    private = PrivateFolder(folder.parent / "taken")
    patient = FolderInbox(folder, private, lambda: NOON, 5, paused.append)
    assert len(patient.ready().files) == 1
    assert paused == [5]
    soon = NOON + dt.timedelta(seconds=2)
    later = FolderInbox(folder, private, lambda: soon, 5, paused.append)
    assert len(later.ready().files) == 1
    assert paused == [5]
