"""Files of a part a record: what is rewritten equals what is written anew, and nothing is left."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from intake.channels.folder.record_files import RecordFiles
from intake.model.file.written import RecordLayout, WrittenFile

HEADS = {"a.csv": b"head of a\n", "b.csv": b"", "c.csv": b"c\n"}


def layout(end: str = "1", heads: dict[str, bytes] = HEADS) -> RecordLayout:
    def describe(written):
        return {"told.json": repr(sorted(written.items())).encode()}

    return RecordLayout(heads, describe, {"head": end})


def parts(text: str) -> tuple[bytes, ...]:
    """Return unlike parts of three files, one often empty."""
    return (text.encode() + b"\n", b"" if len(text) % 2 else text.encode(), b"x" * len(text))


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: None)  # nobody cuts the power here
    return RecordFiles(tmp_path / "dataset", tmp_path / "parts")


def anew(tmp_path, records, end="1"):
    folder = tmp_path / "anew"
    RecordFiles(folder).write(layout(end), sorted(records.items()))
    return held(folder)


def test_the_files_are_heads_and_parts_and_what_describes_them(files, tmp_path):
    names = files.write(layout(), [("r1", parts("one")), ("r2", parts("four"))])

    found = held(tmp_path / "dataset")
    assert set(names) == set(found) == {*HEADS, "told.json"}
    assert found["a.csv"] == b"head of a\none\nfour\n"
    assert repr(("a.csv", WrittenFile.of(found["a.csv"]))).encode() in found["told.json"]


@pytest.mark.parametrize("seed", range(8))
def test_any_changes_leave_what_is_written_anew(files, tmp_path, seed):
    chance = random.Random(seed)
    records = {}
    files.write(layout("0"), [])
    for step in range(12):
        named = {f"r{chance.randrange(40):02d}" for _ in range(chance.choice((0, 1, 3, 40)))}
        changes = {
            name: chance.choice((None, records.get(name), parts("z" * chance.randrange(9))))
            for name in named
        }
        records |= changes
        records = {name: part for name, part in records.items() if part is not None}

        assert files.rewrite(layout(str(step)), sorted(changes.items()))

        assert held(tmp_path / "dataset") == anew(tmp_path, records, str(step))
        assert files.made_of() == {"head": str(step)}


def test_changes_that_change_nothing_write_no_file(files, tmp_path):
    files.write(layout(), [("r1", parts("one"))])
    before = {path: path.stat().st_ino for path in (tmp_path / "dataset").iterdir()}

    assert files.rewrite(layout("2"), [("r0", None), ("r1", parts("one"))])

    assert {path: path.stat().st_ino for path in (tmp_path / "dataset").iterdir()} == before
    assert files.made_of() == {"head": "2"}


@pytest.mark.parametrize("name", [*HEADS, "told.json"])
def test_a_file_that_another_program_wrote_or_removed_is_not_as_written(files, tmp_path, name):
    path = tmp_path / "dataset" / name
    for harm in (lambda: path.write_bytes(path.read_bytes() + b"more"), path.unlink):
        files.write(layout(), [("r1", parts("one"))])
        assert files.made_of() is not None
        harm()
        assert files.made_of() is None


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\n\n\n", b'{"made_of": {}, "files": []}\n'])
def test_a_list_of_parts_that_is_damaged_counts_as_none(files, tmp_path, content):
    files.write(layout(), [("r1", parts("one"))])
    (tmp_path / "parts").write_bytes(content)

    assert files.made_of() is None
    assert not files.rewrite(layout(), [])


def test_a_list_of_other_lengths_than_the_files_is_not_believed(files, tmp_path):
    files.write(layout(), [("r1", parts("one"))])
    kept = (tmp_path / "parts").read_bytes()
    files.write(layout(), [("r1", parts("three"))])
    (tmp_path / "parts").write_bytes(kept)

    assert not files.rewrite(layout(), [("r2", parts("two"))])


def test_what_fails_half_way_leaves_the_former_files_and_nothing_beside(files, tmp_path):
    files.write(layout(), [("r1", parts("one"))])
    before = held(tmp_path / "dataset")

    def changes():
        yield "r0", parts("new")
        raise RuntimeError("the reading stops")

    with pytest.raises(RuntimeError):
        files.rewrite(layout("2"), changes())

    assert held(tmp_path / "dataset") == before
    assert files.made_of() == {"head": "1"}


def test_a_swap_that_is_cut_off_is_seen(files, tmp_path, monkeypatch):
    files.write(layout(), [("r1", parts("one"))])
    replaced = []

    def once(source, target):
        if replaced:
            raise PermissionError("open in another program")
        replaced.append(target)
        source.replace(target)

    monkeypatch.setattr("intake.channels.folder.rewriting.replace_file", once)
    with pytest.raises(PermissionError):
        files.rewrite(layout("2"), [("r2", parts("two"))])

    assert files.made_of() is None


def test_tables_no_longer_made_go_and_other_files_stay(files, tmp_path):
    folder = tmp_path / "dataset"
    files.write(layout(), [])
    (folder / "my notes.txt").write_text("kept")

    files.write(layout(heads={"a.csv": b"1"}), [])

    assert set(held(folder)) == {"a.csv", "told.json", "my notes.txt"}


def test_an_export_to_a_persons_folder_drops_nothing_of_theirs(tmp_path):
    theirs = tmp_path / "dataset" / "theirs.csv"
    theirs.parent.mkdir()
    theirs.write_text("theirs")

    RecordFiles(theirs.parent).write(layout(), [])

    assert theirs.read_text() == "theirs"
