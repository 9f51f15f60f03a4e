"""Zip archives, also those made to exhaust or mislead."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zipfile

import pytest

from intake.formats.containers import zip_archive
from intake.formats.containers.zip_archive import unpack_zip
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode


def zipped(members, method=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", method) as archive:
        warnings.simplefilter("ignore")  # a name given twice is wanted here
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return target.getvalue()


def refusal(content):
    with pytest.raises(UnreadableFile) as refused:
        unpack_zip(content)
    return refused.value.code, refused.value.context.get("limit")


def test_files_keep_their_order_their_bytes_and_the_end_of_their_names():
    made = zipped([("b/é.pdf", b"1"), ("a.pdf", b"22"), ("b/é.pdf", b"3"), ("vide/", b"")])
    found = unpack_zip(made)
    assert [(m.name, m.content) for m in found.members] == [
        ("é.pdf", b"1"), ("a.pdf", b"22"), ("é.pdf", b"3"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\Windows\\passwd"])
def test_a_name_is_never_a_path(name):
    (member,) = unpack_zip(zipped([(name, b"x")])).members
    assert member.name == "passwd"


def test_what_systems_add_is_left_aside_and_counted():
    names = ("__MACOSX/._a.pdf", "d/.DS_Store", "Thumbs.db", "~$a.docx", "a.pdf")
    found = unpack_zip(zipped([(name, b"x") for name in names]))
    assert [member.name for member in found.members] == ["a.pdf"]
    assert found.ignored == 4


def test_a_bomb_is_stopped_at_the_limit(monkeypatch):
    monkeypatch.setattr(zip_archive, "most_unpacked", lambda _: 1 << 20)
    bomb = zipped([("a.pdf", bytes(64 << 20))])
    assert len(bomb) < 100_000
    assert refusal(bomb) == (FindingCode.FILE_LIMIT, "size")


def test_too_many_files_are_refused_as_a_whole():
    assert refusal(zipped([(f"{n}.txt", b"") for n in range(201)])) == (
        FindingCode.FILE_LIMIT, "members",
    )  # fmt: skip
    assert len(unpack_zip(zipped([(f"{n}.txt", b"") for n in range(200)])).members) == 200


@pytest.mark.parametrize("claimed", [1, 2999, 3001, 0x7FFFFFFF])
def test_an_archive_that_lies_about_a_size_is_damaged(claimed):
    content = bytearray(zipped([("a.pdf", b"ab " * 1000)]))
    directory = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, directory + 24, claimed)
    assert refusal(bytes(content))[0] is FindingCode.FILE_DAMAGED


def test_a_changed_byte_is_damage():
    content = bytearray(zipped([("a.pdf", b"abc" * 100)], zipfile.ZIP_STORED))
    content[content.index(b"abcabc") + 5] ^= 1
    assert refusal(bytes(content))[0] is FindingCode.FILE_DAMAGED


def test_a_file_without_a_name_is_called_by_its_place():
    content = zipped([("a", b"%PDF-1.7")])
    for mark, place in ((b"PK\x01\x02", 28), (b"PK\x03\x04", 26)):
        at = content.index(mark)
        name = content.index(b"a", at + 26)
        content = (
            content[: at + place] + b"\0\0" + content[at + place + 2 : name] + content[name + 1 :]
        )
    content = bytearray(content)
    end = content.rindex(b"PK\x05\x06")
    struct.pack_into("<II", content, end + 12, end - content.index(b"PK\x01\x02"),
                     content.index(b"PK\x01\x02"))  # fmt: skip
    assert [member.name for member in unpack_zip(bytes(content)).members] == ["attachment-1.pdf"]


def test_a_protected_archive_is_said_to_be_protected():
    content = bytearray(zipped([("a.pdf", b"x"), ("b.pdf", b"y")]))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(content))[0] is FindingCode.FILE_PROTECTED


def test_an_unknown_compression_is_a_format_not_read_yet():
    content = bytearray(zipped([("a.pdf", b"x" * 50)]))
    for mark, place in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        struct.pack_into("<H", content, content.index(mark) + place, 9)
    assert refusal(bytes(content))[0] is FindingCode.FILE_NOT_YET_READ


def test_no_damage_makes_the_unpacker_fail_otherwise():
    good = zipped([("a.pdf", b"abc" * 500), ("b.pdf", bytes(range(256)))])
    chance = random.Random(3)
    for _ in range(400):
        content = bytearray(good)
        for _ in range(chance.randint(1, 6)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            found = unpack_zip(bytes(content[: chance.choice([len(content), 300])]))
        except UnreadableFile:
            continue
        assert sum(len(member.content) for member in found.members) <= 2000


def test_folders_and_names_of_windows_are_no_files_of_their_own():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("fiches\\", b"")
        archive.writestr("fiches\\a.pdf", b"1")
        archive.writestr("__MACOSX\\._a.pdf", b"2")
        folder = zipfile.ZipInfo("vide")
        folder.external_attr = 0x10
        archive.writestr(folder, b"")
    found = unpack_zip(made.getvalue())
    assert [member.name for member in found.members] == ["a.pdf"]
    assert found.ignored == 1


@pytest.mark.parametrize("letters", ["utf-8", "cp850"])
def test_a_name_that_does_not_say_its_letters_is_read(letters):
    content = zipped([("fich__.pdf" if letters == "utf-8" else "fich_.pdf", b"x")])
    plain = b"fich__.pdf" if letters == "utf-8" else b"fich_.pdf"
    (member,) = unpack_zip(content.replace(plain, "fiché.pdf".encode(letters))).members
    assert member.name == "fiché.pdf"


def test_an_archive_of_zeros_is_stopped_at_a_hundred_times_its_size():
    bomb = zipped([("a.pdf", bytes(64 << 20))], zipfile.ZIP_LZMA)
    assert len(bomb) < 20_000
    assert refusal(bomb) == (FindingCode.FILE_LIMIT, "size")
