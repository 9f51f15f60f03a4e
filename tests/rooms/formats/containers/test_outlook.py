"""Outlook messages: attachments, messages within, date and sender."""

from __future__ import annotations

import datetime as dt
import random
import struct
import sys

import pytest

from intake.formats.containers.outlook import unpack_outlook
from intake.formats.registry import open_file
from intake.formats.sniff import FileKind, sniff
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode
from tests.rooms.formats.containers.compound import compound

SENT = dt.datetime(2026, 11, 17, 9, 20, tzinfo=dt.UTC)
FORM = b"%PDF-1.7\n" + b"a form " * 800
LOGO = b"\x89PNG\r\n\x1a\n" + b"\x01" * 5000


@pytest.fixture
def library():
    pytest.importorskip("olefile", reason="the extra `mail` is not installed")


def text(value):
    return value.encode("utf-16-le")


def attachment(name, content, **more):
    return {
        "__substg1.0_3707001F": text(name),
        "__substg1.0_37010102": content,
        "__properties_version1.0": bytes(8),
        **more,
    }


def message(*attachments, sent=SENT, sender="B@Hopital.example", counted=None):
    ticks = (sent - dt.datetime(1601, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1) * 10
    count = len(attachments) if counted is None else counted
    table = (
        bytes(20)
        + count.to_bytes(4, "little")
        + bytes(8)
        + struct.pack("<HHIQ", 0x0040, 0x0039, 6, ticks)
    )
    held = {f"__attach_version1.0_#{n:08X}": held for n, held in enumerate(attachments)}
    smtp = {"__substg1.0_5D01001F": text(sender), "__substg1.0_0037001F": text("Sujet")}
    return {"__properties_version1.0": table, **smtp, **held}


def test_without_the_library_the_refusal_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "olefile", None)
    with pytest.raises(UnreadableFile) as refused:
        open_file(compound(message(attachment("f.pdf", FORM))), "m.msg")
    assert refused.value.code is FindingCode.FILE_NOT_YET_READ
    assert refused.value.context["extra"] == "crf-intake[mail]"


def test_attachments_come_with_their_names_the_date_and_the_sender(library):
    content = compound(message(attachment("fiché.pdf", FORM), attachment("b.pdf", FORM + b"2")))
    assert sniff(content).kind is FileKind.OUTLOOK

    found = unpack_outlook(content)

    assert [(m.name, m.content) for m in found.members] == [
        ("fiché.pdf", FORM), ("b.pdf", FORM + b"2"),
    ]  # fmt: skip
    assert (found.sent, found.sender, found.ignored) == (SENT, "b@hopital.example", 0)


def test_files_of_a_message_within_are_given_and_its_signature_is_not(library):
    logo = attachment("image001.png", LOGO, **{"__substg1.0_370E001F": text("image/png")})
    inner = message(attachment("dedans.pdf", FORM), logo)
    holder = {"__substg1.0_3701000D": inner, "__properties_version1.0": bytes(8)}

    found = unpack_outlook(compound(message(holder)))

    assert [member.name for member in found.members] == ["dedans.pdf"]
    assert found.ignored == 1


def test_a_message_without_a_date_has_none(library):
    zero = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
    assert unpack_outlook(compound(message(sent=zero, sender="EX:/o=x"))).sent is None


def test_a_message_that_lost_an_attachment_says_so(library):
    found = unpack_outlook(compound(message(attachment("f.pdf", FORM), counted=2)))
    assert [finding.code for finding in found.findings] == [FindingCode.CONTAINER_CUT]
    assert unpack_outlook(compound(message(attachment("f.pdf", FORM)))).findings == ()


def test_a_damaged_message_is_refused_never_half_given(library):
    content = compound(message(attachment("f.pdf", FORM)))
    whole = unpack_outlook(content)
    chance = random.Random(7)
    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            unpack_outlook(bytes(damaged))
        except UnreadableFile:
            continue
    for size in (600, 2000, len(content) // 2):
        with pytest.raises(UnreadableFile):
            unpack_outlook(content[:size])
    assert whole.members
