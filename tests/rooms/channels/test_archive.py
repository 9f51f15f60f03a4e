"""Originals are kept whole, once, under their digest; outbox files are whole or absent."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from intake.channels.files import sweep, write_atomically, write_pieces
from intake.channels.folder.archive import FolderArchive
from intake.channels.folder.outbox import FolderOutbox
from intake.model.errors import ChangedFile, StoreUnavailable
from intake.model.receipt import Outcome, Receipt, SourceFile
from intake.workspace.lock import only_one

NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)


def a_source(content, name="Fiche.PDF"):
    return SourceFile(name, hashlib.sha256(content).hexdigest(), len(content), NOON, name)


def test_an_original_is_kept_under_its_digest_with_its_extension(tmp_path):
    archive, source = FolderArchive(tmp_path), a_source(b"abc")
    archive.keep(source, [b"a", b"bc"])
    archive.keep(source, [b"never read again"])
    kept = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert [p.name for p in kept] == [f"{source.sha256}.pdf"]
    assert archive.content(source.sha256) == b"abc"


def test_the_archive_never_shows_a_name(tmp_path):
    archive, source = FolderArchive(tmp_path), a_source(b"abc", "x.DUPONT Marie né 1970")
    archive.keep(source, [b"abc"])
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [source.sha256]


def test_bytes_that_changed_since_they_were_seen_are_refused(tmp_path):
    archive, source = FolderArchive(tmp_path), a_source(b"abc")
    with pytest.raises(ChangedFile):
        archive.keep(source, [b"abX"])
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_an_original_that_is_gone_is_said_so(tmp_path):
    with pytest.raises(StoreUnavailable, match="not in"):
        FolderArchive(tmp_path).content("0" * 64)


def test_a_failed_write_leaves_the_old_file_and_nothing_beside(tmp_path):
    path = tmp_path / "receipt.json"
    write_atomically(path, b"old")

    def pieces():
        yield b"half"
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_pieces(path, pieces())
    assert [p.name for p in tmp_path.iterdir()] == ["receipt.json"]
    assert path.read_bytes() == b"old"


def test_what_a_cut_off_write_left_is_swept_away_and_nothing_else(tmp_path):
    kept = tmp_path / "ab" / "original.tmp"
    write_atomically(kept, b"kept")
    left = kept.with_name(".original.pdf.4711.beside.tmp")
    left.write_bytes(b"half an original")
    sweep(tmp_path)
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["original.tmp"]


def test_publishing_drops_the_files_no_longer_made(tmp_path):
    outbox = FolderOutbox(tmp_path, {})
    outbox.publish("dataset", {"a.csv": b"1", "b.csv": b"2"})
    (tmp_path / "dataset" / "my notes.txt").write_text("kept")
    outbox.publish("dataset", {"a.csv": b"3"})
    names = sorted(p.name for p in (tmp_path / "dataset").iterdir())
    assert names == ["a.csv", "my notes.txt"]
    assert (tmp_path / "dataset" / "a.csv").read_bytes() == b"3"


def test_a_receipt_has_a_folder_of_its_own(tmp_path):
    outbox = FolderOutbox(tmp_path, {"receipt.json": lambda r, _: r.id.encode()})
    receipt = Receipt(id="000007", source=a_source(b"x"), outcome=Outcome.LOADED)
    outbox.deliver(receipt, None)
    outbox.deliver(receipt, None)
    path = tmp_path / "receipts" / "20261102-000007" / "receipt.json"
    assert path.read_bytes() == b"000007"


def test_a_second_run_in_the_same_folder_is_refused(tmp_path):
    with (
        only_one(tmp_path / "run.lock"),
        pytest.raises(StoreUnavailable, match="Another run"),
        only_one(tmp_path / "run.lock"),
    ):
        pass
    with only_one(tmp_path / "run.lock"):
        pass
