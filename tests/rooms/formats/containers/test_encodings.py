"""Bytes and names as real mail programs write them, right or wrong."""

from __future__ import annotations

import base64
import binascii
import time

import pytest

from intake.formats.containers.email_message import unpack_email
from intake.formats.containers.transfer import from_base64, without_uuencoded
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode

FORM = b"%PDF-1.7\n\xff\x00 form \r\n%%EOF" + bytes(range(256)) * 20


def mail(*parts):
    body = b"".join(b"--zz\n" + part + b"\n" for part in parts)
    return (
        b"From: a@b.example\nDate: Tue, 17 Nov 2026 10:20:00 +0100\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=zz\n\n" + body + b"--zz--\n"
    )


def pdf(body, encoding="base64", name=b'name="f.pdf"'):
    return b"Content-Type: application/pdf; %b\nContent-Transfer-Encoding: %b\n\n%b" % (
        name, encoding.encode(), body,
    )  # fmt: skip


def only(content):
    (member,) = unpack_email(content).members
    return member


@pytest.mark.parametrize("size", [1, 100, 1000, 4096])
def test_base64_in_pieces_with_their_own_padding_is_whole(size):
    pieces = [base64.b64encode(FORM[n : n + size]) for n in range(0, len(FORM), size)]
    assert only(mail(pdf(b"\n".join(pieces)))).content == FORM
    assert from_base64(b"".join(pieces)) == FORM


@pytest.mark.parametrize(
    "odd",
    [
        lambda text: text.replace(b"\n", b"\n\n"),
        lambda text: text.replace(b"\n", b" \r\n\t"),
        lambda text: b"*" + text,
        lambda text: text.rstrip(b"=\n"),
        lambda text: text + b"=\n-- \xe9 \n",
    ],
)
def test_what_is_no_letter_of_base64_is_passed_over(odd):
    text = odd(base64.encodebytes(FORM))
    assert from_base64(text)[: len(FORM)] == FORM


def test_quoted_printable_keeps_its_soft_breaks():
    body = binascii.b2a_qp(FORM, istext=False)
    loose = body.replace(b"=\n", b"= \t\n")
    for text in (body, loose, body.replace(b"\n", b"\r\n"), body.replace(b"=FF", b"=ff")):
        assert only(mail(pdf(text, "quoted-printable"))).content.replace(b"\r\n", b"\n") == (
            FORM.replace(b"\r\n", b"\n")
        )


def uuencoded(name=b"fiche.pdf", content=FORM, mode=b"644"):
    lines = [binascii.b2a_uu(content[n : n + 45]) for n in range(0, len(content), 45)]
    return b"begin %b %b\n%b`\nend\n" % (mode, name, b"".join(lines))


@pytest.mark.parametrize("trim", [bytes, lambda text: text.replace(b" \n", b"\n")])
def test_a_file_written_into_the_text_is_a_member_and_no_words(trim):
    text = b"Content-Type: text/plain\n\nBonjour\n\n" + trim(uuencoded()) + b"\nMerci\n"
    found = unpack_email(mail(text))
    assert [(m.name, m.content) for m in found.members] == [("fiche.pdf", FORM)]
    assert found.own_words == 2


def test_words_that_begin_so_are_no_file():
    text = b"begin 644 times\nand never end\n" * 50
    assert without_uuencoded(text) == (text, [])
    begun = time.perf_counter()
    without_uuencoded(b"begin 644 x\n" + b"M" + b"#" * 60 + b"\n" * 200_000)
    assert time.perf_counter() - begun < 2


NAMES = {
    "two words": b'name="=?utf-8?B?Zmlj?=\n =?utf-8?B?aMOpLnBkZg==?="',
    "a letter in two": b'name="=?utf-8?Q?fich=C3?=\n =?utf-8?Q?=A9.pdf?="',
    "pieces of words": b'name*0="=?utf-8?Q?fich=C3?=";\n name*1="=?utf-8?Q?=A9.pdf?="',
    "quoted rfc 2231": b"name*=\"utf-8''fich%C3%A9.pdf\"",
    "with a language": b"name*=UTF-8'fr'fich%C3%A9.pdf",
    "letter in two pieces": b"name*0*=utf-8''fich%C3; name*1*=%A9.pdf",
    "as in an address": b'name="fich%C3%A9.pdf"',
    "both": b"name*=utf-8''=?utf-8?Q?fich=C3=A9.pdf?=",
    "no quotes": b"name==?iso-8859-1?Q?fich=E9.pdf?=",
}


@pytest.mark.parametrize("kind", NAMES)
def test_names_wrongly_written_are_read(kind):
    assert only(mail(pdf(base64.encodebytes(FORM), name=NAMES[kind]))).name == "fiché.pdf"


FORK = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + bytes(60)


def test_what_a_mac_keeps_beside_a_file_is_no_second_file():
    fork = b"Content-Type: application/applefile; name=f.pdf\n"
    fork += b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(FORK)
    double = b"Content-Type: multipart/appledouble; boundary=aa\n\n--aa\n" + fork
    double += b"\n--aa\n" + pdf(base64.encodebytes(FORM)) + b"\n--aa--\n"

    found = unpack_email(mail(double, fork.replace(b"f.pdf", b"._f.pdf")))

    assert [(m.name, m.content) for m in found.members] == [("f.pdf", FORM)]
    assert found.ignored == 2


def test_one_part_of_a_message_that_was_cut_up_is_said():
    content = (
        b"From: a@b.example\nMIME-Version: 1.0\nSubject: x\n"
        b'Content-Type: message/partial; id="abc"; number=2; total=3\n\n' + base64.encodebytes(FORM)
    )
    found = unpack_email(content)
    (finding,) = found.findings
    assert (finding.code, finding.context) == (
        FindingCode.CONTAINER_CUT, {"number": "2", "total": "3"},
    )  # fmt: skip
    assert found.members == ()


@pytest.mark.parametrize(
    "bomb",
    [
        b"--zz\nContent-Type: text/plain\n\n\n" * 150_000,
        b"--zz\nContent-Type: text/html\n\n<p>\n" * 30_000,
        b"--odd\nContent-Type: text/plain\n\n\n" * 150_000,
    ],
    ids=["text", "HTML", "undeclared"],
)
def test_a_message_of_too_many_parts_is_refused_before_it_is_parsed(bomb):
    content = mail(bomb)
    begun = time.perf_counter()
    with pytest.raises(UnreadableFile) as refused:
        unpack_email(content)
    assert time.perf_counter() - begun < 0.5
    assert refused.value.code is FindingCode.FILE_LIMIT


def test_the_pages_of_a_message_are_searched_once():
    pages = [b"Content-Type: text/html\n\n" + b"<p>cid:x</p>" * 1000 for _ in range(200)]
    begun = time.perf_counter()
    unpack_email(mail(*pages, *(pdf(base64.encodebytes(FORM)) for _ in range(50))))
    assert time.perf_counter() - begun < 5


def test_a_letter_with_dashes_is_no_bomb():
    rows = b"Content-Type: text/plain\n\n" + b"-- a line of a table --\n" * 5000
    assert only(mail(rows, pdf(base64.encodebytes(FORM)))).content == FORM
