"""Messages whose files are wrapped: signed, encrypted, packed by Outlook, given by a link."""

from __future__ import annotations

import base64
import contextlib
import random
import shutil
import subprocess
import time
from email.message import EmailMessage

import pytest

from intake.formats.containers.email_message import unpack_email
from intake.formats.registry import open_file
from intake.formats.sniff import FileKind, sniff
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode as Code
from tests.kit import wrapped
from tests.rooms.formats.containers.compound import compound
from tests.rooms.formats.containers.test_outlook import attachment, message, text

FORM = b"%PDF-1.7\n\xff\x00 form \r\n%%EOF" + bytes(range(256)) * 20


def entity(name="fiche.pdf", words="Bonjour, voici la fiche.\n", files=1):
    """Return a message without address or date, as it is signed."""
    made = EmailMessage()
    made.set_content(words)
    for number in range(files):
        made.add_attachment(
            FORM + b"%d" % number, maintype="application", subtype="pdf", filename=name
        )
    return made.as_bytes().replace(b"\n", b"\r\n")


def mail_of(cms, media="application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"):
    return b"".join(
        [b"From: a@b.example\nDate: Tue, 17 Nov 2026 10:20:00 +0100\nContent-Type: ",
         media.encode(), b"\nContent-Transfer-Encoding: base64\n\n", base64.encodebytes(cms)]
    )  # fmt: skip


def found_in(content, name="m.eml"):
    found = open_file(content, name)
    return [m.name for m in found.members], [f.code for f in found.findings]


WAYS = {
    "DER": wrapped.signed,
    "pieces": wrapped.signed_in_pieces,
    "letters": lambda content: base64.encodebytes(wrapped.signed(content)),
    "PEM": lambda content: wrapped.pem(wrapped.signed(content)),
    "CMS": lambda content: wrapped.pem(wrapped.signed_in_pieces(content), "CMS"),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_files_of_a_signed_message_are_the_messages_own(way):
    found = unpack_email(mail_of(WAYS[way](entity())))

    assert [(m.name, m.content) for m in found.members] == [("fiche.pdf", FORM + b"0")]
    assert [f.code for f in found.findings] == [Code.MESSAGE_SIGNED, Code.MESSAGE_TEXT]
    assert found.own_words == 4
    assert found.sent is not None
    assert found.sender == "a@b.example"


@pytest.mark.parametrize("way", WAYS)
def test_a_signed_file_saved_by_itself_is_opened(way):
    cms = WAYS[way](entity(files=2))
    assert sniff(cms).kind is FileKind.SIGNED
    assert found_in(cms, "smime.p7m") == (
        ["fiche.pdf", "fiche.pdf"], [Code.MESSAGE_SIGNED, Code.MESSAGE_TEXT],
    )  # fmt: skip


def test_a_signed_pdf_is_the_one_file_of_its_wrapping():
    found = open_file(wrapped.signed(FORM), "fiche.pdf.p7m")
    assert [(m.name, m.content) for m in found.members] == [("attachment-1.pdf", FORM)]
    assert [f.code for f in found.findings] == [Code.MESSAGE_SIGNED]


def test_a_signed_pdf_in_a_message_is_a_member_of_its_own():
    made = EmailMessage()
    made["From"], made["Date"] = "a@b.example", "Tue, 17 Nov 2026 10:20:00 +0100"
    made.set_content("\n")
    made.add_attachment(
        wrapped.signed(FORM), maintype="application", subtype="pkcs7-mime", filename="f.pdf.p7m"
    )
    assert found_in(made.as_bytes()) == (["f.pdf.p7m"], [])


def test_signatures_around_one_another_are_opened_up_to_a_limit():
    content = entity()
    for _ in range(4):
        head = b"Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\n"
        content = head + base64.encodebytes(wrapped.signed(content))
    assert found_in(mail_of(wrapped.signed(content)))[0] == ["fiche.pdf"]
    with pytest.raises(UnreadableFile) as refused:
        open_file(mail_of(wrapped.signed(head + base64.encodebytes(wrapped.signed(content)))), "m")
    assert (refused.value.code, refused.value.context) == (Code.FILE_LIMIT, {"limit": "depth"})


def clear_signed(inner):
    return b"".join(
        [b'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=S',
         b"\r\n\r\n--S\r\n", inner, b"\r\n--S\r\nContent-Type: application/pkcs7-signature\r\n",
         b"Content-Disposition: attachment; filename=smime.p7s\r\n",
         b"Content-Transfer-Encoding: base64\r\n\r\n", base64.encodebytes(wrapped.signed(None)),
         b"\r\n--S--\r\n"]
    )  # fmt: skip


def test_a_clear_signed_message_is_read_and_its_signature_left_aside():
    found = unpack_email(b"From: a@b.example\r\n" + clear_signed(entity()))
    assert [m.name for m in found.members] == ["fiche.pdf"]
    assert [f.code for f in found.findings] == [Code.MESSAGE_SIGNED, Code.MESSAGE_TEXT]
    assert found.ignored == 1


@pytest.mark.parametrize("is_clear", [True, False])
def test_a_signed_message_of_outlook_is_read(is_clear):
    pytest.importorskip("olefile", reason="the extra `mail` is not installed")
    kind = "multipart/signed" if is_clear else "application/pkcs7-mime"
    content = clear_signed(entity()) if is_clear else wrapped.signed_in_pieces(entity())
    held = attachment("smime.p7m", content, **{"__substg1.0_370E001F": text(kind)})

    found = open_file(compound(message(held)), "m.msg")

    assert [(m.name, m.content) for m in found.members] == [("fiche.pdf", FORM + b"0")]
    assert Code.MESSAGE_SIGNED in [f.code for f in found.findings]


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.999])
def test_a_signed_message_that_was_cut_gives_nothing_and_is_damaged(cut):
    cms = wrapped.signed(entity())
    cms = cms[: int(len(cms) * cut)]
    with pytest.raises(UnreadableFile) as refused:
        open_file(cms, "smime.p7m")
    assert refused.value.code is Code.FILE_DAMAGED
    assert found_in(mail_of(cms)) == (["smime.p7m"], [])


def test_a_signature_without_content_is_no_file():
    with pytest.raises(UnreadableFile) as refused:
        open_file(wrapped.signed(None), "smime.p7s")
    assert refused.value.code is Code.FILE_UNKNOWN


PGP = b"-----BEGIN PGP MESSAGE-----\n\nhQEMA1\n-----END PGP MESSAGE-----\n"
PGP_MAIL = (
    b"From: a@b.example\nContent-Type: multipart/encrypted; boundary=E;\n"
    b" protocol=\"application/pgp-encrypted\"\n\n--E\nContent-Type: application/pgp-encrypted\n\n"
    b"Version: 1\n--E\nContent-Type: application/octet-stream; name=encrypted.asc\n\n"
    + PGP + b"--E--\n"
)  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [mail_of(wrapped.encrypted(), "application/pkcs7-mime; smime-type=enveloped-data"), PGP_MAIL],
    ids=["S/MIME", "PGP"],
)
def test_an_encrypted_message_is_said_to_be_encrypted(content):
    assert found_in(content) == ([], [Code.MESSAGE_ENCRYPTED])


def test_an_encrypted_file_saved_by_itself_is_said_to_be_encrypted():
    for content in (wrapped.encrypted(), wrapped.pem(wrapped.encrypted())):
        with pytest.raises(UnreadableFile) as refused:
            open_file(content, "smime.p7m")
        assert refused.value.code is Code.MESSAGE_ENCRYPTED


def test_what_outlook_packs_for_itself_is_unpacked():
    made = EmailMessage()
    made["From"], made["Date"] = "a@b.example", "Tue, 17 Nov 2026 10:20:00 +0100"
    made.set_content("\n")
    packed = wrapped.winmail([("Fiche déjà remplie.pdf", FORM), ("b.pdf", FORM + b"b")])
    made.add_attachment(packed, maintype="application", subtype="ms-tnef", filename="winmail.dat")

    names = ["Fiche déjà remplie.pdf", "b.pdf"]
    assert found_in(made.as_bytes()) == (names, [])
    assert found_in(packed, "winmail.dat") == (names, [])


def test_a_cut_winmail_is_damaged_and_never_half_given():
    packed = wrapped.winmail([("a.pdf", FORM), ("b.pdf", FORM)])
    for size in (20, 500, len(packed) - 1):
        with pytest.raises(UnreadableFile) as refused:
            open_file(packed[:size], "winmail.dat")
        assert refused.value.code is Code.FILE_DAMAGED


@pytest.fixture(scope="module")
def signer(tmp_path_factory):
    """Return a key and its certificate."""
    folder = tmp_path_factory.mktemp("signer")
    key, certificate = folder / "key.pem", folder / "cert.pem"
    make = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=test", "-days", "9"]
    subprocess.run(
        ["openssl", *make, "-keyout", key, "-out", certificate], check=True, capture_output=True
    )
    return key, certificate


@pytest.mark.programs
@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
@pytest.mark.parametrize("shape", ["DER", "PEM", "SMIME"])
@pytest.mark.parametrize("way", [("-nodetach",), ("-nodetach", "-stream"), ()], ids=str)
def test_what_openssl_signs_is_read(tmp_path, signer, shape, way):
    (tmp_path / "in").write_bytes(entity())
    key, certificate = signer
    sign = ["cms", "-sign", "-in", "in", "-signer", certificate, "-inkey", key, *way]
    subprocess.run(
        ["openssl", *sign, "-outform", shape, "-out", "out"],
        check=True,
        capture_output=True,
        cwd=tmp_path,
    )
    content = (tmp_path / "out").read_bytes()
    if shape == "SMIME":
        content = b"From: a@b.example\n" + content
    if way == () and shape != "SMIME":
        with pytest.raises(UnreadableFile):
            open_file(content, "smime.p7s")
        return
    assert [m.content for m in open_file(content, "smime.p7m").members] == [FORM + b"0"]


def thunderbird(url):
    return (
        b"From: a@b.example\nDate: Tue, 17 Nov 2026 10:20:00 +0100\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=zz\n\n--zz\nContent-Type: text/plain\n\n\n--zz\n"
        b"Content-Type: application/octet-stream; name=fiche.pdf\n"
        b"X-Mozilla-Cloud-Part: cloudFile; url=" + url + b"\n\n\n--zz--\n"
    )


def page(address):
    made = EmailMessage()
    made["From"], made["Date"] = "a@b.example", "Tue, 17 Nov 2026 10:20:00 +0100"
    made.set_content(f'<p><a href="{address}">fiche.pdf</a></p>', subtype="html")
    return made.as_bytes()


SAFE = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2F1drv.ms%2Fb%2Fs&data=5"
LINKED = {
    "cloud attachment of Thunderbird": (thunderbird(b"https://www.dropbox.com/s/x"), "Dropbox"),
    "OneDrive": (page("https://chu-my.sharepoint.com/:b:/g/x"), "OneDrive"),
    "behind a guard": (page(SAFE), "OneDrive"),
    "Google": (page("https://drive.google.com/file/d/1"), "Google Drive"),
    "WeTransfer": (page("https://we.tl/t-abc"), "WeTransfer"),
    "hospital": (page("https://partage.chu-ville.example/s/abc"), None),
    "external body": (
        b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: message/external-body;\n"
        b" access-type=URL; URL=\"https://we.tl/t-abc\"\n\nContent-Type: application/pdf\n\n",
        "WeTransfer",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", LINKED)
def test_a_link_instead_of_a_file_is_named(kind):
    content, place = LINKED[kind]
    found = unpack_email(content)
    assert found.members == ()
    (finding,) = (f for f in found.findings if f.code == Code.MESSAGE_LINK)
    assert finding.context.get("place") == place


def test_a_cloud_attachment_of_outlook_is_a_link_and_no_empty_file():
    pytest.importorskip("olefile", reason="the extra `mail` is not installed")
    held = attachment("fiche.pdf", b"x")
    del held["__substg1.0_37010102"]
    held["__substg1.0_370D001F"] = text("https://chu-my.sharepoint.com/:b:/g/x")
    held["__properties_version1.0"] = bytes(8) + b"\x03\x00\x05\x37" + bytes(4) + b"\x07" + bytes(7)
    assert found_in(compound(message(held)), "m.msg") == ([], [Code.MESSAGE_LINK])


@pytest.mark.parametrize(
    "address",
    ["https://www.chu-ville.example/service", "https://chu.sharepoint.com", "mailto:a@we.tl"],
)
def test_an_address_of_a_signature_is_no_file(address):
    assert Code.MESSAGE_LINK not in [f.code for f in unpack_email(page(address)).findings]


def test_no_damage_makes_the_unwrapping_fail_otherwise():
    packed = wrapped.winmail([("Fiche déjà.pdf", FORM[:200])])
    wholes = (wrapped.signed(entity()), wrapped.signed_in_pieces(entity(), 90), packed)
    chance = random.Random(11)
    for whole in wholes:
        for _ in range(300):
            content = bytearray(whole)
            for _ in range(chance.randint(1, 6)):
                content[chance.randrange(min(len(content), 400))] = chance.randrange(256)
            with contextlib.suppress(UnreadableFile):
                open_file(bytes(content), "x")


def test_a_signature_of_countless_pieces_is_stopped():
    octets = wrapped.element(0x24, b"\x04\x00" * 3_000_000)
    held = wrapped.element(0xA0, octets)
    begun = time.perf_counter()
    with pytest.raises(UnreadableFile):
        open_file(wrapped.signed_data(wrapped.element(0x30, wrapped.DATA_NAME + held)), "x.p7m")
    assert time.perf_counter() - begun < 5


def test_a_large_signed_message_is_opened_in_time():
    content = entity(files=1).replace(b"--\r\n", b"--\r\n" + b"x" * (20 << 20))
    cms = wrapped.signed_in_pieces(content)
    begun = time.perf_counter()
    assert found_in(cms)[0] == ["fiche.pdf"]
    assert time.perf_counter() - begun < 5
