"""The parts of a message in MIME, as real programs write them: files, texts, what is odd.

A forwarded message is a part, byte for byte but for its line ends; it is opened in turn.
Nothing of the message is decided here.
"""

from __future__ import annotations

import email
import io
import re
import urllib.parse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.errors import CloseBoundaryNotFoundDefect, MessageError
from email.generator import BytesGenerator
from email.header import decode_header, make_header
from email.message import Message
from email.policy import Compat32
from itertools import islice

from intake.formats.containers.decoration import Attached
from intake.formats.containers.transfer import from_base64, from_quoted_printable, without_uuencoded
from intake.model.errors import UnreadableFile, over_limit
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of

MOST_PARTS = 1000
_MOST_DASHED = 20_000
"""Lines that begin as boundaries do, in all: tables and signatures have some."""
_BOUNDARY = re.compile(rb"""boundary\s*=\s*"?([^"\s;]{1,200})""", re.IGNORECASE)
_DASHED = re.compile(rb"^--([^\s][^\r\n]{0,199})", re.MULTILINE)
_REFERENCE = re.compile(rb"cid:([^\s\"'<>)]{1,200})", re.IGNORECASE)
_MESSAGES = {"message/rfc822", "message/global"}
_TEXTS = {"text/plain", "text/html"}
_DECODED = {"base64", "quoted-printable"}
_PERCENT = re.compile(r"%[89A-F][0-9A-F]", re.IGNORECASE)
_LONGEST_HEADER = 2000
_WRONG = (MessageError, LookupError, ValueError, TypeError, OverflowError)
"""What the library lets through for a header that no program should have written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a message is made of, its own texts apart from what is attached."""

    attached: tuple[Attached, ...] = ()
    plain: tuple[str, ...] = field(default=(), repr=False)
    pages: tuple[str, ...] = field(default=(), repr=False)
    """HTML."""
    findings: tuple[Finding, ...] = ()


class _Verbatim(Compat32):
    """Give headers as they stand and write them back unchanged.

    The library's newer policies parse each header into objects, which fails on some of the
    headers met in real mail and rewrites others.
    """

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Return a header as it was received, 8-bit bytes escaped."""
        return value

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return a header as it was received."""
        return f"{name}: {value}{self.linesep}".encode("ascii", "surrogateescape")


@contextmanager
def reading() -> Iterator[None]:
    """Turn what the library lets through into UnreadableFile."""
    try:
        yield
    except RecursionError:
        raise over_limit("depth") from None
    except _WRONG:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from None


def parsed(text: bytes) -> Message:
    """Return a message opened by the library. Raises UnreadableFile for too many parts."""
    _count_boundaries(text)
    policy = _Verbatim(linesep="\r\n" if b"\r\n" in text[:_LONGEST_HEADER] else "\n")
    return email.message_from_bytes(text, policy=policy)


def parts_of(message: Message) -> Parts:
    """Return all that a message holds. To be called while ``reading``."""
    own = list(_own(message))
    leaves = [part for part in own if not _holds_parts(part)]
    texts = [leaf for leaf in leaves if _is_own_text(leaf)]
    plain, encoded = _plain_texts(leaf for leaf in texts if leaf.get_content_subtype() != "html")
    pages = [leaf for leaf in leaves if leaf.get_content_type() == "text/html"]
    references = frozenset(
        found.decode("latin-1") for page in pages for found in _REFERENCE.findall(_decoded(page))
    )
    files = (_attached(leaf, references) for leaf in leaves if not _is_own_text(leaf))
    return Parts(
        attached=(*(file for file in files if file is not None), *encoded),
        plain=plain,
        pages=tuple(_text(leaf) for leaf in texts if leaf.get_content_subtype() == "html"),
        findings=tuple(_findings(own)),
    )


def readable(header: str) -> str:
    """Return a header with the bytes that should not be there as UTF-8, else as Windows'."""
    try:
        written = header.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return header.encode("utf-8", "replace").decode()
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError:
        return written.decode("cp1252", "replace")


def _count_boundaries(text: bytes) -> None:
    """Refuse a message of too many parts before the library makes an object of each."""
    declared = {found[1] for found in islice(_BOUNDARY.finditer(text), MOST_PARTS)}
    lines = Counter[bool]()
    for found in _DASHED.finditer(text):
        line = found[1].rstrip()
        lines[line in declared or line.removesuffix(b"--") in declared] += 1
        if lines[True] > MOST_PARTS or lines[False] > _MOST_DASHED:
            raise over_limit("members")


def _own(part: Message) -> Iterator[Message]:
    """Yield a message and its parts; not those of a forwarded message, which is one part."""
    yield part
    for inner in part.get_payload() if _holds_parts(part) else ():
        if isinstance(inner, Message):
            yield from _own(inner)


def _holds_parts(part: Message) -> bool:
    return part.is_multipart() and part.get_content_maintype() != "message"


def _is_own_text(part: Message) -> bool:
    """Say whether a part is the message's own text, not a file that holds text."""
    is_file = part.get_content_disposition() == "attachment" or _name(part) is not None
    return part.get_content_maintype() == "text" and not is_file


def _plain_texts(parts: Iterable[Message]) -> tuple[tuple[str, ...], list[Attached]]:
    """Return the plain texts, and the files that were written into them letter by letter."""
    texts: list[str] = []
    files: list[Attached] = []
    for part in parts:
        text, found = without_uuencoded(_decoded(part))
        if part.get_content_type() in _TEXTS:
            texts.append(_in_letters(part, text))
        for name, content in found:
            files.append(Attached(_bytes_as_name(name), "application/octet-stream", content))
    return tuple(texts), files


def _text(part: Message) -> str:
    return _in_letters(part, _decoded(part))


def _in_letters(part: Message, content: bytes) -> str:
    try:
        return content.decode(part.get_content_charset("utf-8"), "replace")
    except _WRONG:
        return content.decode("latin-1")


def _attached(part: Message, references: frozenset[str]) -> Attached | None:
    """Return a part as something attached; None for what is no part of its own."""
    media, name = part.get_content_type(), _name(part)
    if media == "message/partial":
        return None
    if part.get_content_maintype() == "message" and media in _MESSAGES:
        return Attached(name, media, _forwarded(part))
    content_id = str(part.get("Content-ID", "")).strip().strip("<>")
    is_inline = part.get_content_disposition() == "inline" or content_id in references
    file = Attached(name, media, _decoded(part), is_inline)
    return replace(file, link=_elsewhere(part))


def _elsewhere(part: Message) -> str:
    """Return the address of a file that only its place stands for."""
    if part.get_content_type() == "message/external-body":
        return str(part.get_param("url") or "?")
    cloud = str(part.get("X-Mozilla-Cloud-Part", ""))[:_LONGEST_HEADER]
    return cloud or str(part.get("X-Mozilla-External-Attachment-URL", ""))[:_LONGEST_HEADER]


def _name(part: Message) -> str | None:
    """Return the declared name, decoded; as it stands where it cannot be."""
    try:
        written = part.get_filename()
    except _WRONG:
        return ""
    if written is None:
        return None
    named = readable(written)
    try:
        named = str(make_header(decode_header(named)))
    except _WRONG:
        return named
    return _unquoted(named)


def _unquoted(name: str) -> str:
    """Return a name whose letters some program wrote as in web addresses."""
    if not _PERCENT.search(name):
        return name
    try:
        return urllib.parse.unquote(name, errors="strict")
    except UnicodeDecodeError:
        return name


def _bytes_as_name(name: bytes) -> str:
    return readable(name.decode("ascii", "surrogateescape"))


def _decoded(part: Message) -> bytes:
    """Return a part's bytes; a part of parts as it is written."""
    if part.is_multipart():
        inside = part.get_payload()
        return b"".join(_written(inner) for inner in inside if isinstance(inner, Message))
    letters = part.get_payload()
    if _encoding(part) in _DECODED and isinstance(letters, str):
        return _from(_encoding(part), letters.encode("utf-8", "replace"))
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _from(encoding: str, letters: bytes) -> bytes:
    match encoding:
        case "quoted-printable":
            return from_quoted_printable(letters)
        case "base64":
            return from_base64(letters)
        case _:
            return letters


def _encoding(part: Message) -> str:
    return str(part.get("Content-Transfer-Encoding", "")).strip().lower()


def _forwarded(part: Message) -> bytes:
    """Return the bytes of the message that a part holds."""
    inside = part.get_payload() if part.is_multipart() else []
    written = b"".join(_written(inner) for inner in inside if isinstance(inner, Message))
    return _from(_encoding(part), written)  # the standard forbids it, some servers do it


def _written(message: Message) -> bytes:
    target = io.BytesIO()
    BytesGenerator(target, mangle_from_=False, policy=message.policy).flatten(message)
    return target.getvalue()


def _findings(own: Sequence[Message]) -> Iterator[Finding]:
    """Yield what is odd about the whole: files may be missing, a signature is not verified."""
    if any(part.get_content_type() == "multipart/signed" for part in own):
        yield finding_of(FindingCode.MESSAGE_SIGNED)
    partial = next((part for part in own if part.get_content_type() == "message/partial"), None)
    if partial is not None:
        numbers = {key: str(partial.get_param(key, "?")) for key in ("number", "total")}
        context = {k: v for k, v in numbers.items() if v.isdecimal() and len(v) < 4}
        yield finding_of(FindingCode.CONTAINER_CUT, context)
        return
    defects = (defect for part in own[0].walk() for defect in part.defects)
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in defects):
        yield finding_of(FindingCode.CONTAINER_CUT)
