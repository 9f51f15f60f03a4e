"""Office packages made to mislead or exhaust are refused with a reason, before any parsing."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile

import pytest

from intake.formats.office.repack import packed, unpacked
from intake.formats.office.zip_guard import open_package, parsed
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode as Code

RELS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Target="a/main.xml" Type="http://x/officeDocument"/>'
    b'<Relationship Id="r2" Target="http://elsewhere" Type="http://x/t" TargetMode="External"/>'
    b"</Relationships>"
)
PARTS = {"a/main.xml": b"<main>words</main>", "_rels/.rels": RELS, "[Content_Types].xml": b"<t/>"}


def refusal(action):
    with pytest.raises(UnreadableFile) as refused:
        action()
    return refused.value.code


def zipped(members, method=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def test_a_package_gives_its_parts_its_main_part_and_no_outside_relation():
    package = open_package(packed(PARTS))

    assert package.main == "a/main.xml"
    assert package.part("a/main.xml") == PARTS["a/main.xml"]
    assert package.xml("a/main.xml").text == "words"
    assert set(package.relations()) == {"r1"}
    assert package.part("nothing") is None
    assert package.active == ()


def test_the_same_parts_give_the_same_bytes_in_any_order():
    content = packed(PARTS)

    assert content == packed(dict(reversed(PARTS.items())))
    assert unpacked(content) == PARTS
    assert zipfile.ZipFile(io.BytesIO(content)).namelist()[0] == "[Content_Types].xml"


@pytest.mark.parametrize("name", ["../a", "/a", "b/../../a", "..\\a"])
def test_a_name_that_leads_out_of_the_package_is_refused(name):
    assert refusal(lambda: open_package(zipped([(name, b"")]))) == Code.FILE_DAMAGED


def test_backslashes_folders_and_case_change_no_part():
    members = [("a\\", b""), ("A\\Main.xml", b"<main>words</main>"), ("_rels\\.rels", RELS)]
    package = open_package(zipped(members))

    assert package.names == {"A/Main.xml", "_rels/.rels"}
    assert package.xml(package.main).text == "words"


def test_two_members_of_one_name_are_refused_whatever_their_case():
    content = zipped([("word/a.xml", b"1"), ("Word/A.xml", b"2")])

    assert refusal(lambda: open_package(content)) == Code.FILE_DAMAGED


def test_too_many_members_are_refused():
    content = zipped((f"m{number}", b"") for number in range(401))

    assert refusal(lambda: open_package(content)) == Code.FILE_LIMIT


def test_a_part_announced_as_too_large_is_refused_unopened():
    content = zipped([("a", bytes(25 << 20))])

    assert refusal(lambda: open_package(content)) == Code.FILE_LIMIT


def test_a_directory_that_lies_about_a_size_is_caught_while_bytes_come_out():
    block = bytes(64 << 20)
    content = bytearray(zipped([("a", block)]))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 1000)
    package = open_package(bytes(content))
    tracemalloc.start()
    started = time.perf_counter()

    assert refusal(lambda: package.part("a")) in {Code.FILE_DAMAGED, Code.FILE_LIMIT}
    assert tracemalloc.get_traced_memory()[1] < 30 << 20
    assert time.perf_counter() - started < 2
    tracemalloc.stop()


def test_parts_that_are_small_alone_and_large_together_are_refused():
    content = zipped((f"m{number}", bytes(20 << 20)) for number in range(4))

    assert refusal(lambda: open_package(content)) == Code.FILE_LIMIT


def test_members_that_share_their_bytes_are_refused():
    content = bytearray(zipped([("a", b"x" * 500), ("b", b"y" * 500)], zipfile.ZIP_STORED))
    second = content.rindex(b"PK\x01\x02")
    content[second + 42 : second + 46] = struct.pack("<I", 10)

    assert refusal(lambda: open_package(bytes(content))) == Code.FILE_DAMAGED


def test_an_encrypted_member_is_said_to_be_protected():
    content = bytearray(zipped([("a", b"x")]))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1

    assert refusal(lambda: open_package(bytes(content))) == Code.FILE_PROTECTED


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
def test_a_cut_package_is_damaged(keep):
    content = packed({**PARTS, "big": bytes(range(256)) * 500})

    assert refusal(lambda: open_package(content[: int(len(content) * keep)])) == Code.FILE_DAMAGED


def test_a_part_with_a_wrong_checksum_is_damaged():
    broken = bytearray(zipped([("a", b"words and words")], zipfile.ZIP_STORED))
    broken[broken.index(b"words")] ^= 1

    assert refusal(lambda: open_package(bytes(broken)).part("a")) == Code.FILE_DAMAGED


@pytest.mark.parametrize(
    "document",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"<!doctype a><a/>",
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16-be"),
        b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE a><a/>',
        b"<a><b></a>",
        b"<a>" * 5000 + b"</a>" * 5000,
        b"",
    ],
    ids=["entity", "lower case", "utf-16", "utf-16-be", "utf-7", "malformed", "deep", "empty"],
)
def test_xml_that_could_swell_or_is_broken_is_not_parsed(document):
    assert refusal(lambda: parsed(document)) == Code.FILE_DAMAGED


def test_a_crowd_of_elements_is_refused_before_it_becomes_a_tree():
    assert refusal(lambda: parsed(b"<a>" + b"<b/>" * 1_500_001 + b"</a>")) == Code.FILE_LIMIT


def test_the_strict_dialect_is_read_as_the_usual_one():
    root = parsed(b'<w:t xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>')

    assert root.tag == "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


@pytest.mark.parametrize(
    "name", ["word/vbaProject.bin", "word/embeddings/o.bin", "xl\\vbaProject.bin"]
)
def test_macros_and_embedded_objects_are_named(name):
    assert open_package(packed({**PARTS, name: b""})).active == (name.replace("\\", "/"),)
