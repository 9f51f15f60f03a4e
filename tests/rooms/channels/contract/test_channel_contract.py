"""What every inbox, archive and outbox promises, asked of the folders and of the fakes."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from dataclasses import replace

import pytest

from intake.channels.folder.archive import FolderArchive
from intake.channels.folder.inbox import FolderInbox
from intake.channels.folder.outbox import FolderOutbox
from intake.channels.folder.private import PrivateFolder
from intake.channels.folder.review_folder import ReviewFolder
from intake.model.errors import ChangedFile, StoreUnavailable
from intake.model.file.picture import PagePicture
from intake.model.receipt import Outcome, Receipt, SourceFile
from intake.model.record import Entry
from tests.kit.fakes.archive import MemoryArchive
from tests.kit.fakes.inbox import MemoryInbox
from tests.kit.fakes.outbox import MemoryOutbox, MemoryReview

NOON = dt.datetime(2026, 11, 2, 12, 0, 0, 123456, tzinfo=dt.UTC)

LARGEST = 1000


def a_source(content, name="fiche.pdf"):
    return SourceFile(name, hashlib.sha256(content).hexdigest(), len(content), NOON, name)


class DroppedFolder(FolderInbox):
    """A real inbox into which the tests drop files, each a second after the one before."""

    def __init__(self, root):
        self._folder, self._seconds = root / "inbox", 0
        self._folder.mkdir()
        super().__init__(self._folder, PrivateFolder(root / "taken", LARGEST), lambda: NOON)

    @property
    def files(self):
        return {path.name for path in self._folder.rglob("*") if path.is_file()}

    def drop(self, name, content):
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self._seconds += 1
        moment = NOON.timestamp() - 1000 + self._seconds
        os.utime(path, (moment, moment))


@pytest.fixture(params=["folder", "memory"])
def inbox(request, tmp_path):
    folder = request.param == "folder"
    return DroppedFolder(tmp_path) if folder else MemoryInbox(lambda: NOON, LARGEST)


@pytest.fixture(params=["folder", "memory"])
def archive(request, tmp_path):
    return FolderArchive(tmp_path) if request.param == "folder" else MemoryArchive()


class ReadOutbox(FolderOutbox):
    """A real outbox whose receipts the tests read back by their number."""

    def __init__(self, root):
        super().__init__(root, {"receipt.json": lambda r, d: f"{r.outcome} {d}".encode()})

    def read(self, receipt):
        return (self.folder(receipt) / "receipt.json").read_text("utf-8")


class ReadMemory(MemoryOutbox):
    def read(self, receipt):
        return f"{self.receipts[receipt.id].outcome} {self.forms[receipt.id]}"


@pytest.fixture(params=["folder", "memory"])
def outbox(request, tmp_path):
    return ReadOutbox(tmp_path) if request.param == "folder" else ReadMemory()


class ReadReview(ReviewFolder):
    def __init__(self, root):
        super().__init__(root, lambda entry, _d, pictures: f"{len(pictures)}".encode())

    def shown(self, number):
        page = self.page(number)
        return page.read_text("utf-8") if page.is_file() else None


class ReadMemoryReview(MemoryReview):
    def shown(self, number):
        return str(len(self.pages[number][2])) if number in self.pages else None


@pytest.fixture(params=["folder", "memory"])
def review(request, tmp_path):
    return ReadReview(tmp_path) if request.param == "folder" else ReadMemoryReview()


def test_files_come_in_the_order_in_which_they_were_dropped(inbox):
    for name in ("b.pdf", "a.pdf", "centre/c.pdf"):
        inbox.drop(name, name.encode())
    assert [f.name for f in inbox.ready().files] == ["b.pdf", "a.pdf", "c.pdf"]


def test_a_file_is_known_by_its_bytes_and_the_second_it_was_seen(inbox):
    inbox.drop("fiche.pdf", b"abc")
    (source,) = inbox.ready().files
    assert (source.sha256, source.size) == (hashlib.sha256(b"abc").hexdigest(), 3)
    assert source.received == NOON.replace(microsecond=0)
    assert b"".join(inbox.chunks(source)) == b"abc"


def test_a_file_that_is_gone_cannot_be_read(inbox):
    with pytest.raises(OSError, match=r"none\.pdf"):
        b"".join(inbox.chunks(a_source(b"abc", "none.pdf")))


def test_the_file_received_is_taken_out_and_no_other(inbox):
    inbox.drop("fiche.pdf", b"abc")
    (source,) = inbox.ready().files
    inbox.drop("fiche.pdf", b"abc")
    inbox.remove(source)
    (other,) = inbox.ready().files
    assert other.token != source.token
    inbox.remove(source)  # a second time changes nothing
    assert inbox.ready().files == (other,)
    inbox.remove(other)
    assert inbox.ready().files == ()


def test_what_was_taken_and_not_removed_is_given_again_under_the_same_token(inbox):
    inbox.drop("fiche.pdf", b"abc")
    (source,) = inbox.ready().files
    assert inbox.files in (set(), {})
    inbox.drop("fiche.pdf", b"another patient")
    first, second = inbox.ready().files
    assert first == source
    assert second.size == len(b"another patient")


def test_bytes_that_are_not_those_received_are_not_removed(inbox):
    inbox.drop("fiche.pdf", b"abc")
    (source,) = inbox.ready().files
    inbox.remove(replace(source, sha256="0" * 64))
    assert inbox.ready().files == (source,)


def test_a_file_left_by_an_earlier_version_is_known_by_its_name_in_the_inbox(inbox):
    inbox.drop("fiche.pdf", b"abc")
    inbox.remove(a_source(b"another patient"))
    assert inbox.files
    inbox.remove(a_source(b"abc"))
    assert not inbox.files
    assert inbox.ready().files == ()


def test_a_file_that_is_too_large_is_never_taken_and_set_aside_once_it_has_its_receipt(inbox):
    inbox.drop("lourd.pdf", bytes(LARGEST + 1))
    (source,) = inbox.ready().files
    assert (source.name, source.size, source.token) == ("lourd.pdf", LARGEST + 1, "lourd.pdf")
    assert "lourd.pdf" in inbox.files
    inbox.remove(source)
    assert inbox.ready().files == ()


def test_a_file_dropped_again_is_another_arrival(inbox):
    inbox.drop("fiche.pdf", b"abc")
    inbox.remove(inbox.ready().files[0])
    inbox.drop("fiche.pdf", b"def")
    assert inbox.ready().files[0].size == 3


def test_an_original_is_kept_once_and_given_back(archive):
    source = a_source(b"abc")
    archive.keep(source, [b"a", b"bc"])
    archive.keep(source, [b"never read again"])
    assert archive.content(source.sha256) == b"abc"


def test_bytes_that_are_not_those_announced_are_refused_and_not_kept(archive):
    source = a_source(b"abc")
    with pytest.raises(ChangedFile):
        archive.keep(source, [b"abX"])
    with pytest.raises(StoreUnavailable):
        archive.content(source.sha256)


def test_the_newest_receipt_of_a_number_stands_and_twice_is_the_same(outbox):
    receipt = Receipt(id="000007", source=a_source(b"x"), outcome=Outcome.REVIEW)
    outbox.deliver(receipt, None)
    outbox.deliver(receipt, None)
    assert outbox.read(receipt) == "review None"
    outbox.deliver(Receipt(id="000007", source=a_source(b"x"), outcome=Outcome.LOADED), None)
    assert outbox.read(receipt) == "loaded None"


def test_a_page_is_shown_anew_and_withdrawn_as_often_as_asked(review):
    receipt = Receipt(id="000007", source=a_source(b"x"), outcome=Outcome.REVIEW)
    picture = PagePicture(1, 10, 10, b"png")
    review.show(Entry(receipt=receipt), None, (picture,))
    review.show(Entry(receipt=receipt), None, ())
    assert review.shown("000007") == "0"
    review.withdraw(receipt)
    review.withdraw(receipt)
    assert review.shown("000007") is None
