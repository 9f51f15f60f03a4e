"""Originals are kept whole, once, under their digest; outbox files are whole or absent."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from intake.channels.files import sweep, write_atomically, write_pieces
from intake.channels.folder.archive import Condition, FolderArchive, Noticed
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
    archive.keep(source, [b"abc"])
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
    with pytest.raises(StoreUnavailable, match="original_missing"):
        FolderArchive(tmp_path).content("0" * 64)


@pytest.mark.parametrize("name", ["{} (1).pdf", "{}.pdf.bak", "{}-1.pdf", "{}.PDF", "0{}.pdf"])
def test_a_file_beside_an_original_is_never_read_for_it(tmp_path, name):
    """As synchronisation programs name copies; whatever sorts first."""
    archive, source = FolderArchive(tmp_path), a_source(b"abc")
    archive.keep(source, [b"abc"])
    kept = archive.path(source)
    other = kept.with_name(name.format(source.sha256))
    other.write_bytes(b"another form")
    assert archive.content(source.sha256) == b"abc"
    assert archive.path(source) == kept
    kept.unlink()
    with pytest.raises(StoreUnavailable, match="original_missing"):
        archive.content(source.sha256)
    missing = Noticed(Condition.MISSING, kept.relative_to(tmp_path).as_posix())
    stranger = Noticed(Condition.STRANGER, other.relative_to(tmp_path).as_posix())
    assert set(archive.examine([source])) == {missing, stranger}


def test_an_original_overwritten_is_refused_and_named(tmp_path):
    archive, source = FolderArchive(tmp_path), a_source(b"abc")
    archive.keep(source, [b"abc"])
    _overwrite(archive.path(source))
    with pytest.raises(StoreUnavailable, match="original_other"):
        archive.content(source.sha256)
    (noticed,) = archive.examine([source])
    assert noticed.condition is Condition.OTHER_BYTES


def test_the_right_bytes_under_another_ending_are_still_the_original(tmp_path):
    archive = FolderArchive(tmp_path)
    first, second = a_source(b"abc", "a.doc"), a_source(b"abc", "a.pdf")
    archive.keep(first, [b"abc"])
    archive.keep(second, [b"abc"])
    _overwrite(archive.path(first))
    assert archive.content(first.sha256) == b"abc"
    assert [n.condition for n in archive.examine([first, second])] == [Condition.OTHER_BYTES]


def test_a_file_that_comes_again_heals_its_original_and_keeps_what_stood_there(tmp_path):
    archive, source = FolderArchive(tmp_path), a_source(b"abc")
    for _ in range(2):
        archive.keep(source, [b"abc"])
        _overwrite(archive.path(source))
    archive.keep(source, [b"abc"])
    assert archive.content(source.sha256) == b"abc"
    assert [n.condition for n in archive.examine([source])] == [Condition.STRANGER] * 2


def test_a_link_in_the_place_of_an_original_is_noticed(tmp_path):
    archive, source = FolderArchive(tmp_path / "originals"), a_source(b"abc")
    archive.keep(source, [b"abc"])
    away = tmp_path / "away.pdf"
    archive.path(source).rename(away)
    archive.path(source).symlink_to(away)
    (noticed,) = archive.examine([source])
    assert noticed.condition is Condition.OTHER_BYTES


def test_what_an_interrupted_run_left_is_no_fault(tmp_path):
    archive, source = FolderArchive(tmp_path), a_source(b"abc")
    archive.keep(source, [b"abc"])
    archive.path(source).with_name(".x.4711.beside.tmp").write_bytes(b"half")
    assert [n.condition for n in archive.examine([])] == [Condition.UNCLAIMED]
    assert list(archive.examine([source])) == []
    assert list(FolderArchive(tmp_path / "nowhere").examine([])) == []


def _overwrite(path):
    path.chmod(0o600)
    path.write_bytes(b"another form")


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
        pytest.raises(StoreUnavailable, match="run_under_way"),
        only_one(tmp_path / "run.lock"),
    ):
        pass
    with only_one(tmp_path / "run.lock"):
        pass


def test_what_a_container_holds_alone_may_be_there_or_not_but_only_as_it_was(tmp_path):
    archive = FolderArchive(tmp_path)
    source = a_source(b"one")
    assert list(archive.examine([], [source])) == []
    archive.keep(source, [b"one"])
    assert list(archive.examine([], [source])) == []
    archive.path(source).chmod(0o600)
    archive.path(source).write_bytes(b"two")
    assert [n.condition for n in archive.examine([], [source])] == [Condition.OTHER_BYTES]
