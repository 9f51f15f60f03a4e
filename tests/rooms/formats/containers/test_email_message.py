"""Email messages as mail programs write them, and as none should."""

from __future__ import annotations

import base64
import datetime as dt
import random
import unicodedata
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest

from intake.formats.containers.decoration import ATTACHED_IMAGE, INLINE_IMAGE
from intake.formats.containers.email_message import unpack_email
from intake.formats.containers.labels import LONGEST
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode

FORM = b"%PDF-1.7\n\xff\x00 form \r\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n"


def message():
    made = EmailMessage()
    made["From"], made["Date"] = "A <A.B@Hopital.example>", "Tue, 17 Nov 2026 10:20:00 +0100"
    made.set_content("Bonjour à tous.\n")
    return made


def add(made, content, media="application/pdf", **more):
    main, sub = media.split("/")
    made.add_attachment(content, maintype=main, subtype=sub, **more)
    return made


def part(header, body=FORM):
    """Return a message with one part whose headers are written by hand."""
    encoded = base64.encodebytes(body)
    return b"".join(
        [b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=zz\n\n",
         b"--zz\nContent-Transfer-Encoding: base64\n", header, b"\n\n", encoded, b"\n--zz--\n"]
    )  # fmt: skip


def names(content):
    return [member.name for member in unpack_email(content).members]


@pytest.mark.parametrize("policy", [default, SMTP])
def test_a_file_comes_with_its_name_the_date_and_the_sender(policy):
    found = unpack_email(add(message(), FORM, filename="fiche été.pdf").as_bytes(policy=policy))

    assert [(m.name, m.content) for m in found.members] == [("fiche été.pdf", FORM)]
    assert found.sender == "a.b@hopital.example"
    assert found.sent == dt.datetime(2026, 11, 17, 9, 20, tzinfo=dt.UTC)
    assert "hopital" not in repr(found)


NAMES = {
    "rfc 2231": (b"Content-Type: application/pdf; name*=utf-8''fich%C3%A9.pdf", "fiché.pdf"),
    "rfc 2231 in pieces": (
        b"Content-Type: application/pdf\n"
        b"Content-Disposition: attachment; filename*0*=utf-8''fich%C3%A9;\n filename*1=\"-1.pdf\"",
        "fiché-1.pdf",
    ),
    "encoded word": (
        b'Content-Disposition: attachment; filename="=?iso-8859-1?Q?fich=E9.pdf?="', "fiché.pdf",
    ),
    "bare utf-8": ('Content-Disposition: attachment; filename="fiché.pdf"'.encode(), "fiché.pdf"),
    "bare windows": (
        'Content-Disposition: attachment; filename="fiché.pdf"'.encode("cp1252"), "fiché.pdf",
    ),
    "path": (b'Content-Disposition: attachment; filename="../../a\\\\b/c.pdf"', "c.pdf"),
    "none": (b"Content-Type: application/pdf", "attachment-1.pdf"),
    "dots": (b'Content-Disposition: attachment; filename=".."', "attachment-1.pdf"),
    "turned round": (
        "Content-Disposition: attachment; filename=\"a\u202efdp.exe\u0000\"".encode(), "afdp.exe",
    ),
    "unknown charset": (
        b'Content-Disposition: attachment; filename="=?x-none?Q?a.pdf?="', "=?x-none?Q?a.pdf?=",
    ),
    "broken pieces": (
        b"Content-Disposition: attachment; filename*=utf-8''a.pdf; filename*0*=b; filename*x=c",
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", NAMES)
def test_odd_names_become_labels(kind):
    header, name = NAMES[kind]

    (member,) = unpack_email(part(header)).members

    assert member.content == FORM
    assert name is None or member.name == name
    assert "/" not in member.name


def test_a_name_in_separate_accents_stays_as_written():
    name = unicodedata.normalize("NFD", "fiché.pdf")
    assert names(add(message(), FORM, filename=name).as_bytes()) == [name]


def test_a_very_long_name_is_cut_and_keeps_its_end():
    (name,) = names(add(message(), FORM, filename="x" * 300 + ".pdf").as_bytes())
    assert len(name) == LONGEST
    assert name.endswith("….pdf")


def test_a_forwarded_message_is_a_member_byte_for_byte():
    inner = add(message(), FORM, filename="dedans.pdf")
    inner["Subject"] = "un sujet très long " * 9
    outer = message()
    outer.add_attachment(inner)

    (member,) = unpack_email(outer.as_bytes()).members

    assert member.content in outer.as_bytes()
    assert names(member.content) == ["dedans.pdf"]


def test_a_forwarded_message_in_base64_is_followed():
    inner = add(message(), FORM, filename="dedans.pdf").as_bytes()
    (member,) = unpack_email(part(b"Content-Type: message/rfc822", inner)).members
    assert names(member.content) == ["dedans.pdf"]


@pytest.mark.parametrize(
    ("size", "inline", "ignored"),
    [
        (INLINE_IMAGE, True, True),
        (INLINE_IMAGE + 1, True, False),  # a photographed page
        (ATTACHED_IMAGE, False, True),
        (ATTACHED_IMAGE + 1, False, False),
    ],
)
def test_small_images_are_decoration_and_large_ones_may_be_pages(size, inline, ignored):
    image = PNG + bytes(size - len(PNG))
    disposition = "inline" if inline else "attachment"
    made = add(message(), image, "image/png", filename="i.png", disposition=disposition)

    found = unpack_email(made.as_bytes())

    assert (len(found.members), found.ignored) == ((0, 1) if ignored else (1, 0))


def test_an_image_shown_by_the_page_is_decoration():
    made = message()
    made.add_alternative('<p><img src="cid:i1@x"></p>', subtype="html")
    add(made, PNG + bytes(50_000), "image/png", filename="i.png", cid="<i1@x>")
    assert unpack_email(made.as_bytes()).ignored == 1


@pytest.mark.parametrize(
    ("name", "media", "content"),
    [("smime.p7s", "application/pkcs7-signature", b"0\x82\x01"),
     ("carte.vcf", "text/vcard", b"BEGIN:VCARD\r\n"),
     ("visite.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n")],
)  # fmt: skip
def test_signatures_and_cards_are_decoration_but_a_form_so_named_is_not(name, media, content):
    assert unpack_email(add(message(), content, media, filename=name).as_bytes()).ignored == 1
    assert names(add(message(), FORM, media, filename=name).as_bytes()) == [name]


def test_a_form_that_a_program_shows_inline_is_a_member():
    made = add(message(), FORM, filename="f.pdf", disposition="inline")
    assert names(made.as_bytes()) == ["f.pdf"]


def test_attachments_wrapped_by_outlook_are_a_member_to_be_refused_not_lost():
    made = add(message(), b"x\x9f>\x22" * 9, "application/ms-tnef", filename="winmail.dat")
    assert names(made.as_bytes()) == ["winmail.dat"]


def test_a_message_cut_while_sent_is_said_to_be_cut():
    whole = add(message(), FORM * 50, filename="f.pdf").as_bytes()
    assert FindingCode.CONTAINER_CUT not in {f.code for f in unpack_email(whole).findings}
    assert unpack_email(whole[:-40]).findings[0].code == FindingCode.CONTAINER_CUT


def test_a_whole_mailbox_is_not_taken_for_its_first_message():
    one = b"From x Tue Nov 17 10:20:00 2026\n" + message().as_bytes() + b"\n"
    assert unpack_email(one).members == ()
    with pytest.raises(UnreadableFile) as refused:
        unpack_email(one + one)
    assert refused.value.code is FindingCode.FILE_NOT_YET_READ


def test_too_many_files_and_too_deep_a_nesting_are_limits():
    made = message()
    for number in range(201):
        add(made, FORM, filename=f"{number}.pdf")
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)
    )
    for content in (made.as_bytes(), b"From: a@b.example\n" + nested):
        with pytest.raises(UnreadableFile) as refused:
            unpack_email(content)
        assert refused.value.code is FindingCode.FILE_LIMIT


def test_no_damage_makes_the_unpacker_fail_otherwise():
    inner = add(message(), FORM, filename="dedans é.pdf")
    outer = add(message(), FORM, filename="fiche é.pdf")
    outer.add_attachment(inner)
    good = outer.as_bytes()
    chance = random.Random(5)
    for _ in range(400):
        content = bytearray(good)
        for _ in range(chance.randint(1, 30)):
            content[chance.randrange(len(content))] = chance.choice(
                b"\n\r :;*=\"'?<>()\x00\xff%-@,"
            )
        try:
            unpack_email(bytes(content))
        except UnreadableFile:
            continue
